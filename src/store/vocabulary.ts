import { nameMacros, nameTables } from './vocabulary/names.js';

/**
 * SQL that a new store runs once: schema `ref` with the kernel's vocabulary as tables, and macros that name numbers.
 * Both come from the tables in src/trace, so that SQL and TypeScript say the same. Macros are plain expressions over constants:
 * they are stored in the file and work in any DuckDB that opens it.
 *
 * Macros (NULL where the number has no name):
 * - errno_name(n), signal_name(sig), signal_default_action(sig), signal_code_name(sig, code)
 * - syscall_errno(ret UBIGINT): the error number in a return value, NULL when there is none
 */
export function vocabularySql(): string {
  return ['CREATE SCHEMA ref;', ...nameTables(), ...nameMacros()].join('\n\n');
}
