/** Flag tables as SQL: a macro for each of the common ones, and one expression that reads any table by its number. */
import { type FlagEntry, type FlagTable, flagTableText, type RestStyle } from '../../trace/flag-table.js';
import { FLAG_TABLES, type FlagKind } from '../../trace/flags.js';
import { COMMON_FLAGS } from './common-flags.js';
import { bind, constantList, constantView, macro, positionIn, ubigint } from './literals.js';

/** The order fixes the number (from 1) of a table in the SQL below. */
export const FLAG_KINDS = Object.keys(FLAG_TABLES) as FlagKind[];
const TABLES = FLAG_KINDS.map((kind) => FLAG_TABLES[kind]);

const widthMask = ({ width }: FlagTable): bigint => (1n << BigInt(width)) - 1n;
const isOneBit = ({ bits, mask }: FlagEntry): boolean => bits === mask && bits !== 0n && (bits & (bits - 1n)) === 0n;

const restSql: Readonly<Record<RestStyle, (rest: string) => string>> = {
  hex: (rest) => `printf('0x%x', ${rest})`,
  octal: (rest) => `'0' || format('{:o}', ${rest})`,
  decimal: (rest) => `CAST(CAST(${rest} AS BIGINT) - (CAST(${rest} >> 31 AS BIGINT) << 32) AS VARCHAR)`,
};

/** Values whose text is worked out beforehand: each name, each bit with each value of a small field, and what programs use. */
const SMALL_FIELD = 16;
function likelyValues(kind: FlagKind): Set<bigint> {
  const { entries } = FLAG_TABLES[kind];
  const fields = entries.filter((entry) => !isOneBit(entry));
  const bits = entries.filter(isOneBit);
  const both = fields.length <= SMALL_FIELD ? fields.flatMap((field) => bits.map((bit) => field.bits | bit.bits)) : [];
  return new Set([0n, ...entries.map((entry) => entry.bits), ...both, ...(COMMON_FLAGS[kind] ?? [])]);
}
const likelyTexts = (kind: FlagKind): [bigint, string][] =>
  [...likelyValues(kind)].map((value) => [value, flagTableText(FLAG_TABLES[kind], value)]);

const REST_STYLES: readonly RestStyle[] = ['hex', 'octal', 'decimal'];
const entryList = ({ entries }: FlagTable): readonly string[] =>
  entries.map(({ bits, mask, name }) => `{b: ${String(bits)}, m: ${String(mask)}, n: ${name}}`);
const ENTRY = 'STRUCT(b UBIGINT, m UBIGINT, n VARCHAR)';

/** Text of any value, entry by entry: `entries` is the list, `word` the value in its width, `styled` shows the rest `r`. */
function searchedText(entries: string, word: string, styled: string): string {
  const matching = `list_filter(${entries}, lambda __e: ${word} & __e.m = __e.b)`;
  const rest = `${word} - CAST(coalesce(list_sum(list_transform(__m, lambda __e: __e.b)), 0) AS UBIGINT)`;
  const tail = bind('__r', rest, `CASE WHEN __r > 0 THEN ${styled} END`);
  const names = `nullif(array_to_string(list_transform(__m, lambda __e: __e.n), '|'), '')`;
  return bind('__m', matching, `coalesce(nullif(concat_ws('|', ${names}, ${tail}), ''), '0')`);
}

/**
 * Text of `v` by one table. A trace holds few different values: nearly all are found whole in one look-up, at a fraction of the
 * price of the search.
 */
function tableText(kind: FlagKind): string {
  const table = FLAG_TABLES[kind];
  const likely = likelyTexts(kind);
  const found = `${constantList(
    likely.map(([, name]) => name),
    'VARCHAR',
  )}[${positionIn(
    likely.map(([value]) => String(value)),
    'CAST(__w AS VARCHAR)',
  )}]`;
  const searched = searchedText(constantList(entryList(table), ENTRY), '__w', restSql[table.rest]('__r'));
  return bind(
    '__w',
    `TRY_CAST(v AS UBIGINT) & ${ubigint(widthMask(table))}`,
    `CASE WHEN __w IS NOT NULL THEN coalesce(${found}, ${searched}) END`,
  );
}

const ENTRIES = constantList(TABLES.map(entryList), `${ENTRY}[]`);
const WIDTHS = constantList(TABLES.map(widthMask), 'UBIGINT');
const RESTS = constantList(
  TABLES.map(({ rest }) => REST_STYLES.indexOf(rest)),
  'UTINYINT',
);
const LIKELY = FLAG_KINDS.flatMap((kind, i) =>
  likelyTexts(kind).map(([value, name]) => ({ key: `${String(i + 1)}:${String(value)}`, name })),
);

/** The same by the table number `table`; both arguments are short expressions (they stand in many places) and never NULL. */
export function anyTableText(table: string, v: string): string {
  const word = `(${v} & ${WIDTHS}[${table}])`;
  const names = LIKELY.map(({ name }) => name);
  const keys = LIKELY.map(({ key }) => key);
  const found = `${constantList(names, 'VARCHAR')}[${positionIn(keys, `(${table} || ':' || ${word})`)}]`;
  const styled = REST_STYLES.map((style, i) => `WHEN ${RESTS}[${table}] = ${String(i)} THEN ${restSql[style]('__r')}`);
  return `coalesce(${found}, ${searchedText(`${ENTRIES}[${table}]`, word, `CASE ${styled.join(' ')} END`)})`;
}

/** Macros of their own: name -> table. */
const MACROS: Readonly<Record<string, FlagKind>> = {
  open_flags_text: 'open',
  mmap_prot_text: 'mmap_prot',
  mmap_flags_text: 'mmap_flags',
  clone_flags_text: 'clone',
  wait_options_text: 'wait_options',
  sa_flags_text: 'sa_flags',
};

export const flagMacros = (): string[] =>
  Object.entries(MACROS).map(([name, kind]) => macro(name, { params: 'v', body: tableText(kind) }));

/** `ref.flag`: a name is in the text when `v & mask = value`. */
export const flagViews = (): string[] => [
  constantView(
    'ref.flag',
    ['kind VARCHAR', 'value UBIGINT', 'mask UBIGINT', 'name VARCHAR'],
    FLAG_KINDS.flatMap((kind) => FLAG_TABLES[kind].entries.map(({ bits, mask, name }) => [kind, bits, mask, name])),
  ),
];
