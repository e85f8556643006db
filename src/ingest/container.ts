/** What a trace's text can be wrapped in: a function from a line of the file to the line of the trace in it. */
export interface Container {
  readonly name: string;
  /** The line without its line break; null: it holds no line of the trace. */
  line(bytes: Buffer): Buffer | null;
}

const CR = 0x0d;

/** Lines that end in CR LF. */
export const carriageReturns = (): Container => ({
  name: 'crlf',
  line: (bytes) => (bytes[bytes.length - 1] === CR ? bytes.subarray(0, -1) : bytes),
});

/** A quotation mark or tab in front of every line. */
export const prefixed = (prefix: Buffer): Container => ({
  name: 'quoted',
  line: (bytes) => (bytes.subarray(0, prefix.length).equals(prefix) ? bytes.subarray(prefix.length) : bytes),
});

const ENTITIES: Readonly<Record<string, string>> = {
  '&lt;': '<',
  '&gt;': '>',
  '&amp;': '&',
  '&quot;': '"',
  '&#39;': "'",
  '&nbsp;': ' ',
};

/** Source of a web page, or text copied from one: entities, and no-break spaces for blanks. */
export const webPage = (): Container => ({
  name: 'pasted',
  line: (bytes) =>
    Buffer.from(
      bytes
        .toString('latin1')
        .replaceAll('\u00c2\u00a0', ' ')
        .replace(/&(?:lt|gt|amp|quot|#39|nbsp);/g, (entity) => ENTITIES[entity] as string),
      'latin1',
    ),
});
