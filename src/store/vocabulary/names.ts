/** Error and signal vocabulary as reference tables and macros. */
import { ERRNO_NAMES } from '../../trace/errno.js';
import { GENERIC_CODES, SIGNAL_CODES } from '../../trace/signal-codes.js';
import { SIGNALS } from '../../trace/signals.js';
import { constantTable, lookup, macro } from './literals.js';

export function nameTables(): string[] {
  const codes = [...SIGNAL_CODES].flatMap(([sig, names]) =>
    [...names].map(([code, name]) => [sig, code, name] as const),
  );
  return [
    constantTable('ref.errno', 'errno INTEGER, name VARCHAR', [...ERRNO_NAMES]),
    constantTable(
      'ref.signal',
      'sig INTEGER, name VARCHAR, default_action VARCHAR',
      SIGNALS.map(({ sig, name, defaultAction }) => [sig, name, defaultAction]),
    ),
    // sig is NULL for the codes that every signal shares.
    constantTable('ref.signal_code', 'sig INTEGER, code INTEGER, name VARCHAR', codes),
    `INSERT INTO ref.signal_code SELECT NULL, code, name FROM (VALUES ${[...GENERIC_CODES]
      .map(([code, name]) => `(${String(code)}, '${name}')`)
      .join(', ')}) AS generic(code, name);`,
  ];
}

/** Value 2^64-4095, the smallest that is an error; see syscallErrno for the rule of 32-bit kernels. */
const ERROR_64 = '18446744073709547521';
const SYSCALL_ERRNO = `CASE
  WHEN ret >= ${ERROR_64}::UBIGINT THEN CAST(18446744073709551615::UBIGINT - ret AS INTEGER) + 1
  WHEN ret BETWEEN 4294963201::UBIGINT AND 4294967295::UBIGINT THEN CAST(4294967296::UBIGINT - ret AS INTEGER)
END`;

export function nameMacros(): string[] {
  const signals = new Map(SIGNALS.map(({ sig, name }) => [sig, name]));
  const actions = new Map(SIGNALS.map(({ sig, defaultAction }) => [sig, defaultAction]));
  const bySignal = [...SIGNAL_CODES].map(([sig, names]) => `WHEN sig = ${String(sig)} THEN ${lookup('code', names)}`);
  return [
    macro('errno_name(n)', lookup('n', ERRNO_NAMES)),
    macro('signal_name(sig)', lookup('sig', signals)),
    macro('signal_default_action(sig)', lookup('sig', actions)),
    macro('signal_code_name(sig, code)', `coalesce(${lookup('code', GENERIC_CODES)}, CASE ${bySignal.join('\n')} END)`),
    macro('syscall_errno(ret)', SYSCALL_ERRNO),
  ];
}
