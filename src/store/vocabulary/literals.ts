/** Pieces of SQL made of constants: literals, reference tables, look-ups. */

/** A VARCHAR literal. */
const text = (value: string): string => `'${value.replaceAll("'", "''")}'`;

/** 64 bits do not fit into a signed literal of every expression: spell the type. */
export const ubigint = (value: bigint): string => `${String(value)}::UBIGINT`;

type Item = string | number | bigint | null | readonly Item[];

/** Text of a list as DuckDB casts it. The tables hold no quote and no backslash (else this would have to escape them). */
function item(value: Item): string {
  if (value === null) return 'NULL';
  if (typeof value === 'object') return `[${value.map(item).join(',')}]`;
  const word = String(value);
  if (/["\\]/.test(word)) throw new Error(`constant list: ${word} needs escaping`);
  return /[\s,'[\](){}]/.test(word) ? `"${word}"` : word;
}

/** A constant list out of one string literal: quicker to bind than an expression per item. */
export const constantList = (items: readonly Item[], type: string): string => `CAST(${text(item(items))} AS ${type}[])`;

/**
 * A reference relation: a view of constant columns. As a table each would take a block of 256 KiB in every store.
 * `columns` is `name TYPE` in the order of the rows' cells.
 */
export function constantView(name: string, columns: readonly string[], rows: readonly (readonly Item[])[]): string {
  const lists = columns.map((column, i) => {
    const [label = '', type = ''] = column.split(' ');
    const cells = rows.map((row) => row[i] ?? null);
    return `unnest(${constantList(cells, type)}) AS ${label}`;
  });
  return `CREATE VIEW ${name} AS SELECT\n${lists.join(',\n')};`;
}

/**
 * Position (from 1) of a word in a list, NULL when it is not there. A cast to ENUM looks the word up in a hash table, in the same time for
 * every list; list_position and CASE compare with one after the other.
 */
export const positionIn = (words: readonly string[], expression: string): string =>
  `(enum_code(TRY_CAST(${expression} AS ENUM(${words.map(text).join(',')}))) + 1)`;

/**
 * Evaluates `value` once and hands it to `body` by name: a macro's argument is else evaluated wherever the body mentions it.
 * Names of lambda parameters begin with `__`: they would hide a column or an alias of the same name that the caller passes in.
 */
export const bind = (name: string, value: string, body: string): string =>
  `list_transform([${value}], lambda ${name}: ${body})[1]`;

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
    const list = Array.from({ length: last - first + 1 }, (_, i) => words.get(first + i) ?? null);
    const range = `${argument} BETWEEN ${String(first)} AND ${String(last)}`;
    return `WHEN ${range} THEN ${constantList(list, 'VARCHAR')}[CAST(${argument} AS BIGINT) - (${String(first - 1)})]`;
  });
  return `CASE ${arms.join(' ')} END`;
}

/** `CREATE MACRO`; a macro may have several bodies, one per number of parameters. */
export const macro = (name: string, ...bodies: readonly { readonly params: string; readonly body: string }[]): string =>
  `CREATE MACRO ${name}${bodies.map(({ params, body }) => `(${params}) AS\n${body}`).join(',\n')};`;
