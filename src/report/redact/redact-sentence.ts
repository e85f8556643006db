/** Sentences that ftrail made around values of the trace: the values are known, so they are found and replaced. */
import type { Pseudonyms } from './pseudonyms.js';

export interface KnownNames {
  readonly comms: readonly string[];
  readonly paths: readonly string[];
}

/** Words of our own sentences: a comm that is one of them is replaced only where a pid follows it. */
const OWN_WORDS = new Set(
  `a alive an and are as at before bytes call calls capture child code core cpu death delivered dies died dumped end ended enter enters
exec execs execve exit exited exits exact fault file fork forked forks from generated handler ignored in inferred is it its kernel kill
killed line lines lost map maps memory mmap new no not of on open opened opens parent pid process processes program reap reaped reaps read
return returned returns run running runs send sends sent signal signals stack stat task tasks that the thread time timer to
unknown until wait waits was were what which who with write zombie`.split(/\s+/),
);

/** A name that could be a word or a number of ours. */
const isCommon = (name: string): boolean =>
  name.length < 2 || /^[\d.]+$/.test(name) || OWN_WORDS.has(name.toLowerCase());

const escapePattern = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
const edge = (char: string | undefined, look: string): string => (char !== undefined && /[\w]/.test(char) ? look : '');

export type SentenceRedactor = (text: string) => string;

/** One pattern over all known names, the longest first, so that no name is cut out of a longer one. */
export function sentenceRedactor({ comms, paths }: KnownNames, names: Pseudonyms): SentenceRedactor {
  const kinds = new Map<string, (text: string) => string>();
  for (const comm of comms) if (comm.trim() !== '') kinds.set(comm, (text) => names.comm(text));
  for (const path of paths) if (path.trim() !== '' && !kinds.has(path)) kinds.set(path, (text) => names.path(text));
  const originals = [...kinds.keys()].sort((a, b) => b.length - a.length || (a < b ? -1 : 1));
  if (originals.length === 0) return (text) => text;
  const patterns = originals.map((name) => {
    const start = edge(name[0], '(?<![\\w])');
    const end = isCommon(name) ? '(?= \\d)' : edge(name.at(-1), '(?![\\w])');
    return `${start}${escapePattern(name)}${end}`;
  });
  const pattern = new RegExp(patterns.join('|'), 'gu');
  return (text) => text.replace(pattern, (name) => kinds.get(name)?.(name) ?? name);
}
