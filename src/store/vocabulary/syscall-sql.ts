/** Arguments and results of syscalls as macros; src/trace/syscall-text.ts says the same in TypeScript. */
import { ERRNO_NAMES } from '../../trace/errno.js';
import { SIGNALS } from '../../trace/signals.js';
import { type ArgKind, KIND_BY_NAME, type ResultKind, SCALAR_KINDS, SYSCALLS } from '../../trace/syscall-args.js';
import { anyTableText, FLAG_KINDS } from './flag-sql.js';
import { bind, constantList, constantView, lookup, macro, positionIn, ubigint } from './literals.js';

/** Numbers (from 1) of the kinds: the scalar ones, then the flag tables. */
const KINDS: readonly ArgKind[] = [...SCALAR_KINDS, ...FLAG_KINDS];
const kindNumber = (kind: ArgKind): number => KINDS.indexOf(kind) + 1;
const HEX = kindNumber('hex');

const NAMES = [...SYSCALLS.keys()];
const ALL = [...SYSCALLS.values()];
const NUMBER = positionIn(NAMES, 'name');
const ARG_KINDS = `${constantList(
  ALL.map(({ args }) => args.map(({ kind }) => kindNumber(kind))),
  'UTINYINT[]',
)}[${NUMBER}]`;
const ARG_NAMES = `${constantList(
  ALL.map(({ args }) => args.map((arg) => arg.name)),
  'VARCHAR[]',
)}[${NUMBER}]`;
const kindByName = (key: string): string =>
  `${constantList([...KIND_BY_NAME.values()].map(kindNumber), 'UTINYINT')}[${positionIn([...KIND_BY_NAME.keys()], key)}]`;

const LOW = ubigint(0xffffffffn);
const signalNames = new Map(SIGNALS.map(({ sig, name }) => [sig, name]));

/** Text of the value `v` of a scalar kind. */
function scalarText(kind: (typeof SCALAR_KINDS)[number], v: string): string {
  const low = `(${v} & ${LOW})`;
  const signed = `CAST(CAST(${low} AS BIGINT) - (CAST(${low} >> 31 AS BIGINT) << 32) AS VARCHAR)`;
  switch (kind) {
    case 'hex':
      return `printf('0x%x', ${v})`;
    case 'ptr':
      return `if(${v} = 0, 'NULL', printf('0x%x', ${v}))`;
    case 'int':
    case 'fd':
    case 'pid':
      return signed;
    case 'dfd':
      return `if(${low} = ${ubigint(BigInt.asUintN(32, -100n))}, 'AT_FDCWD', ${signed})`;
    case 'uint':
      return `CAST(${low} AS VARCHAR)`;
    case 'size':
      return `CAST(${v} AS VARCHAR)`;
    case 'long':
      return `if(${v} >= ${ubigint(1n << 63n)}, CAST(CAST(${v} AS HUGEINT) - ${String(1n << 64n)} AS VARCHAR), CAST(${v} AS VARCHAR))`;
    case 'sig':
      return `coalesce(${lookup(low, signalNames)}, ${signed})`;
    case 'mode':
      return `if(${v} & 65535 = 0, '0', '0' || format('{:o}', ${v} & 65535))`;
    case 'id':
      return `if(${low} = ${LOW}, '-1', CAST(${low} AS VARCHAR))`;
  }
}

/** Text of the value `v` of the kind number `kind`. Kinds with the same text share an arm; the frequent ones stand first. */
function argText(kind: string, v: string): string {
  const arms = new Map<string, number[]>();
  for (const scalar of ['fd', 'size', 'ptr', 'hex', 'dfd', ...SCALAR_KINDS] as const) {
    const sql = scalarText(scalar, v);
    const number = kindNumber(scalar);
    const numbers = arms.get(sql) ?? [];
    if (!numbers.includes(number)) arms.set(sql, [...numbers, number]);
  }
  const when = [...arms].map(([sql, numbers]) => `WHEN ${kind} IN (${numbers.join(', ')}) THEN ${sql}`);
  return `CASE WHEN ${v} IS NULL THEN '?'
  ${when.join('\n  ')}
  ELSE ${anyTableText(`(${kind} - ${String(SCALAR_KINDS.length)})`, v)} END`;
}

function argsText(): string {
  const values = `[${[0, 1, 2, 3, 4, 5].map((i) => `CAST(a${String(i)} AS UBIGINT)`).join(', ')}]`;
  const names = `coalesce(keys, ${ARG_NAMES}, ['a0', 'a1', 'a2', 'a3', 'a4', 'a5'])`;
  // Nearly every row prints the names of the table; only the others pay for the search by name.
  const byName = `coalesce(__s.k[list_position(__s.n, __k)], __s.k[__i], ${kindByName('__k')}, ${String(HEX)})`;
  const searched = bind(
    '__s',
    `{k: ${ARG_KINDS}, n: ${ARG_NAMES}}`,
    `list_transform(keys, lambda __k, __i: ${byName})`,
  );
  const kinds = `CASE WHEN keys IS NULL OR keys = ${ARG_NAMES}
  THEN coalesce(${ARG_KINDS}, [${Array(6).fill(HEX).join(', ')}]) ELSE ${searched} END`;
  return `array_to_string(list_transform(list_zip(${names}, ${kinds}, ${values}, true), lambda __x:
  __x[1] || ': ' || ${argText('__x[2]', '__x[3]')}), ', ')`;
}

const RESULT_KINDS = [...new Set(ALL.map(({ result }) => result))];
const RESULT = `${constantList(
  ALL.map(({ result }) => RESULT_KINDS.indexOf(result) + 1),
  'UTINYINT',
)}[${NUMBER}]`;
/** Condition on the number of a result kind; NULL, an unknown syscall, is in none. */
const resultIn = (result: string, ...kinds: readonly ResultKind[]): string =>
  `coalesce(${result} IN (${kinds.map((kind) => String(RESULT_KINDS.indexOf(kind) + 1)).join(', ')}), false)`;

/** From 2^64-4095 on a value is an error; see syscallErrno for the rule of 32-bit kernels. */
const errno = (anyLowNumber: string): string => `CASE
  WHEN ret >= ${ubigint((1n << 64n) - 4095n)} THEN CAST(${ubigint((1n << 64n) - 1n)} - ret AS INTEGER) + 1
  WHEN ret BETWEEN ${ubigint((1n << 32n) - 4095n)} AND ${LOW}${anyLowNumber} THEN CAST(${LOW} - ret AS INTEGER) + 1
END`;
const errnoOf = (result: string): string => errno(` AND NOT ${resultIn(result, 'off', 'hex', 'id', 'mode')}`);

function retText(): string {
  const plain = `CASE
    WHEN ${resultIn('__s.k', 'addr', 'hex')} OR (__s.k IS NULL AND ret > ${LOW}) THEN ${scalarText('hex', 'ret')}
    WHEN ${resultIn('__s.k', 'mode')} THEN ${scalarText('mode', 'ret')}
    WHEN ${resultIn('__s.k', 'id')} THEN ${scalarText('id', 'ret')}
    WHEN ${resultIn('__s.k', 'sig')} THEN ${scalarText('sig', 'ret')}
    ELSE CAST(ret AS VARCHAR) END`;
  const error = `'-' || coalesce(${lookup('__s.e', ERRNO_NAMES)}, CAST(__s.e AS VARCHAR))`;
  return bind(
    '__s',
    bind('__k', RESULT, `{k: __k, e: ${errnoOf('__k')}}`),
    `CASE WHEN __s.e IS NULL THEN ${plain} ELSE ${error} END`,
  );
}

export const syscallMacros = (): string[] => [
  macro('syscall_errno', { params: 'ret', body: errno('') }, { params: 'ret, name', body: errnoOf(RESULT) }),
  macro('syscall_args_text', { params: 'name, a0, a1, a2, a3, a4, a5, keys', body: argsText() }),
  macro('syscall_ret_text', { params: 'name, ret', body: retText() }),
  macro('flags_text', {
    params: 'kind, v',
    body: bind(
      '__w',
      `{k: ${positionIn(FLAG_KINDS, 'kind')}, v: TRY_CAST(v AS UBIGINT)}`,
      `CASE WHEN __w.k IS NOT NULL AND __w.v IS NOT NULL THEN ${anyTableText('__w.k', '__w.v')} END`,
    ),
  }),
];

/** `ref.syscall_arg`: what each argument is; `kind` is one of ref.flag or of the scalar kinds. */
export const syscallViews = (): string[] => [
  constantView(
    'ref.syscall_arg',
    ['syscall VARCHAR', 'position INTEGER', 'name VARCHAR', 'kind VARCHAR'],
    [...SYSCALLS].flatMap(([syscall, { args }]) => args.map(({ name, kind }, i) => [syscall, i, name, kind])),
  ),
];
