/**
 * Text from a trace made safe to show on a terminal or in a log: control bytes, escape sequences, bytes that are not
 * UTF-8 (see utf8.ts) and characters that reorder or hide text become visible escapes. Printable text stays as it is.
 */
const UNSAFE =
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\uef80-\uefff\ufeff\ufff9-\ufffb]/g;

const NAMED: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t', '\u001b': '\\e' };

export function visible(text: string): string {
  return text.replace(UNSAFE, (char) => {
    const named = NAMED[char];
    if (named !== undefined) return named;
    const code = char.charCodeAt(0);
    if (code >= 0xef80 && code <= 0xefff) return `\\x${(code - 0xef80 + 0x80).toString(16)}`;
    return code < 0x100 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u{${code.toString(16)}}`;
  });
}
