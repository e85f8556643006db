/**
 * Reads a numbered list of words: a number sets the counter, every word takes it and counts on.
 * `1 EPERM ENOENT 35 EDEADLK` is 1, 2 and 35. Large tables stay short, diffable and typed this way.
 */
export function numbered(text: string): ReadonlyMap<number, string> {
  const names = new Map<number, string>();
  let next = 0;
  for (const word of text.split(/\s+/)) {
    if (word === '') continue;
    if (/^-?(0x[0-9a-f]+|\d+)$/i.test(word)) {
      next = word.startsWith('-') ? -Number(word.slice(1)) : Number(word);
      continue;
    }
    if (names.has(next)) throw new Error(`numbered list: ${String(next)} is both ${names.get(next) ?? ''} and ${word}`);
    names.set(next, word);
    next += 1;
  }
  return names;
}
