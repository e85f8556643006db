import { flagMacros, flagViews } from './vocabulary/flag-sql.js';
import { nameMacros, nameViews } from './vocabulary/names.js';
import { syscallMacros, syscallViews } from './vocabulary/syscall-sql.js';

/**
 * SQL that a new store runs once: schema `ref` with the kernel's vocabulary as relations, and macros that name numbers.
 * Both come from the tables in src/trace, so that SQL and TypeScript say the same. They are plain expressions over constants, stored in
 * the file: they work in any DuckDB (1.3 or later) that opens it.
 *
 * Names, NULL where a number has none:
 * - errno_name(n), signal_name(sig), signal_default_action(sig), signal_code_name(sig, code), ethertype_name(protocol), softirq_name(vec)
 *
 * Flags as `O_RDONLY|O_CLOEXEC`, NULL for NULL:
 * - open_flags_text(v), mmap_prot_text(v), mmap_flags_text(v), clone_flags_text(v), wait_options_text(v), sa_flags_text(v)
 * - flags_text(kind, v) for any table of ref.flag; `open_arm` and `open_powerpc` are the variants of `open`
 *
 * Syscalls, by the kernel's name without `sys_`:
 * - syscall_args_text(name, a0, a1, a2, a3, a4, a5, keys): six UBIGINT (NULL when absent) and the printed argument names (VARCHAR[];
 *   NULL for raw_syscalls, where the names come from the table)
 * - syscall_ret_text(name, ret UBIGINT): `-ENOENT`, `3`, `0x7f...`
 * - syscall_errno(ret UBIGINT [, name]): the error number, NULL when there is none; with the name it does not take a file offset or a
 *   uid below 2^32 for the error of a 32-bit kernel
 */
export function vocabularySql(): string {
  return [
    'CREATE SCHEMA ref;',
    ...nameViews(),
    ...flagViews(),
    ...syscallViews(),
    ...nameMacros(),
    ...flagMacros(),
    ...syscallMacros(),
  ].join('\n\n');
}
