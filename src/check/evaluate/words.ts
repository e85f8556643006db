/** Sentences and pieces of SQL that several kinds of rules share. */
import { formatCount } from '../../base/format-time.js';
import { literal } from '../../base/sql-text.js';
import type { Outcome } from '../verdict.js';

export const plural = (count: number, one: string, many = `${one}s`): string =>
  `${formatCount(count)} ${count === 1 ? one : many}`;

type Told = Pick<Outcome, 'expected' | 'found'> & Partial<Outcome>;
const outcome = (status: Outcome['status'], told: Told): Outcome => ({
  evidence: [],
  more: [],
  absence: false,
  ...told,
  status,
});

export const passed = (told: Told): Outcome => outcome('passed', told);
export const failed = (told: Told): Outcome => outcome('failed', told);
export const notApplicable = (told: Told): Outcome => outcome('not-applicable', told);

/** All must pass; what failed is told before what could not be told. */
export function joinOutcomes(outcomes: readonly Outcome[]): Outcome {
  const status = (['failed', 'not-applicable'] as const).find((each) => outcomes.some((one) => one.status === each));
  const telling = status === undefined ? outcomes : outcomes.filter((one) => one.status === status);
  return {
    status: status ?? 'passed',
    expected: outcomes.map((one) => one.expected).join('; '),
    found: telling.map((one) => one.found).join('; '),
    evidence: telling.flatMap((one) => one.evidence),
    more: telling.find((one) => one.more.length > 0)?.more ?? [],
    absence: outcomes.some((one) => one.absence),
  };
}

/** Rows that are shown as evidence. */
export const SHOWN = 5;

/**
 * A glob as a regular expression of DuckDB: `**` is any text, `*` any text without a slash, `?` one character that is no slash.
 * For names, where a slash is a character like any other, `*` is any text.
 */
export function globPattern(glob: string, paths: boolean): string {
  const part = (piece: string): string => {
    if (piece === '**') return '.*';
    if (piece === '*') return paths ? '[^/]*' : '.*';
    if (piece === '?') return paths ? '[^/]' : '.';
    return piece.replace(/[.+^${}()|[\]\\]/g, '\\$&');
  };
  return glob
    .split(/(\*\*|\*|\?)/)
    .map(part)
    .join('');
}

/** A condition that holds when the SQL value matches one of the globs. */
export const matchesAny = (value: string, globs: readonly string[], paths: boolean): string =>
  globs.length === 0
    ? 'false'
    : `regexp_full_match(${value}, ${literal(`(?s)${globs.map((glob) => `(?:${globPattern(glob, paths)})`).join('|')}`)})`;

/** Whether a word matches a pattern in which `*` stands for any text. Linear, whatever the pattern. */
export function matchesStar(pattern: string, word: string): boolean {
  let [at, star, mark] = [0, -1, 0];
  for (let i = 0; i < word.length; ) {
    if (pattern[at] === '*') [star, mark, at] = [at, i, at + 1];
    else if (pattern[at] === word[i]) [at, i] = [at + 1, i + 1];
    else if (star >= 0) {
      mark += 1;
      [at, i] = [star + 1, mark];
    } else return false;
  }
  while (pattern[at] === '*') at += 1;
  return at === pattern.length;
}
