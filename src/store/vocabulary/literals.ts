/** Pieces of SQL text made of constants: literals, reference tables, look-ups. */

/** A VARCHAR literal. */
const text = (value: string): string => `'${value.replaceAll("'", "''")}'`;

type Cell = string | number | bigint;
const literal = (value: Cell): string => (typeof value === 'string' ? text(value) : String(value));

/** `CREATE TABLE` with its rows; `columns` is the SQL of the column list. */
export function constantTable(name: string, columns: string, rows: readonly (readonly Cell[])[]): string {
  const values = rows.map((row) => `(${row.map(literal).join(', ')})`).join(',\n');
  return `CREATE TABLE ${name} (${columns});\nINSERT INTO ${name} VALUES\n${values};`;
}

/** Numbers this far apart start a new list: a shorter hole is cheaper as NULLs. */
const HOLE = 16;

/**
 * Expression for the word that belongs to a number, NULL when it has none. A constant list read by position costs the same for
 * every row, where a CASE of a hundred arms costs a hundred comparisons.
 */
export function lookup(argument: string, words: ReadonlyMap<number, string>): string {
  const numbers = [...words.keys()].sort((a, b) => a - b);
  const runs: { first: number; last: number }[] = [];
  for (const n of numbers) {
    const run = runs.at(-1);
    if (run !== undefined && n - run.last <= HOLE) run.last = n;
    else runs.push({ first: n, last: n });
  }
  const arms = runs.map(({ first, last }) => {
    if (first === last) return `WHEN ${argument} = ${String(first)} THEN ${text(words.get(first) ?? '')}`;
    const list = Array.from({ length: last - first + 1 }, (_, i) => words.get(first + i));
    const items = list.map((word) => (word === undefined ? 'NULL' : text(word))).join(', ');
    const position =
      first === 1 ? `CAST(${argument} AS BIGINT)` : `CAST(${argument} AS BIGINT) - (${String(first - 1)})`;
    return `WHEN ${argument} BETWEEN ${String(first)} AND ${String(last)} THEN [${items}][${position}]`;
  });
  return `CASE ${arms.join(' ')} END`;
}

/** `CREATE MACRO name(parameters) AS body`. */
export const macro = (head: string, body: string): string => `CREATE MACRO ${head} AS\n${body};`;
