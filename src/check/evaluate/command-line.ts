/** A command that a person can paste into a shell, whatever is in the names. */
export function commandLine(words: readonly string[], capture: string): string {
  if (words.length === 0) return '';
  return ['ftrail', ...words.map((word) => (word === 'CAPTURE' ? capture : word))].map(shellWord).join(' ');
}

function shellWord(word: string): string {
  if (/^[\w@%+=:,./-]+$/.test(word)) return word;
  // One line, so that it survives being copied from a log.
  return `'${word.replace(/\s*\n\s*/g, ' ').replaceAll("'", "'\\''")}'`;
}
