/** Decides whether an item of the page passes the filters. Pure, so that it can be tested without a page. */
export interface Filter {
  /** Words that must all occur, lower case. */
  readonly words: readonly string[];
  readonly pid: string;
  readonly signal: string;
  readonly cpu: string;
  /** Seconds of the trace's clock. */
  readonly from: number | null;
  readonly to: number | null;
}

/** What an item is known to be about. A field that the item does not have is looked for in its words. */
export interface Facets {
  /** Lower case. */
  readonly text: string;
  readonly pids: readonly string[] | null;
  readonly signals: readonly string[] | null;
  readonly cpus: readonly string[] | null;
  /** Seconds. */
  readonly times: readonly number[] | null;
}

export const isIdle = (filter: Filter): boolean =>
  filter.words.length === 0 &&
  filter.pid + filter.signal + filter.cpu === '' &&
  filter.from === null &&
  filter.to === null;

export function matches(facets: Facets, filter: Filter): boolean {
  if (!filter.words.every((word) => facets.text.includes(word))) return false;
  if (filter.pid !== '' && !(facets.pids?.includes(filter.pid) ?? hasWord(facets.text, filter.pid))) return false;
  if (
    filter.signal !== '' &&
    !(facets.signals?.includes(filter.signal) ?? hasWord(facets.text, filter.signal.toLowerCase()))
  ) {
    return false;
  }
  if (filter.cpu !== '' && facets.cpus !== null && !facets.cpus.includes(filter.cpu)) return false;
  return inTime(facets.times, filter);
}

/** An item lasts from its first time to its last. One without a time is kept: it is not known to lie outside. */
export function inTime(times: readonly number[] | null, { from, to }: Pick<Filter, 'from' | 'to'>): boolean {
  if (times === null || times.length === 0) return true;
  return (from === null || Math.max(...times) >= from) && (to === null || Math.min(...times) <= to);
}

/** `5441` in `a.out 5441 was` and `bash-5441`, not in `15441`. */
export function hasWord(text: string, word: string): boolean {
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    if (!/[a-z0-9_]/.test(text[at - 1] ?? ' ') && !/[a-z0-9_]/.test(text[at + word.length] ?? ' ')) return true;
  }
  return false;
}

export const splitWords = (query: string): string[] =>
  query
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
