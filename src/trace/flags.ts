/**
 * Every flag table, by kind. The numbers are those of x86 and, but for the `open_arm` variant and the notes in the tables, of every
 * architecture that uses the generic headers.
 */
import { type FlagTable, flagTableText } from './flag-table.js';
import { FILE_FLAGS } from './flag-tables/files.js';
import { MEMORY_FLAGS } from './flag-tables/memory.js';
import { PROCESS_FLAGS } from './flag-tables/processes.js';
import { SIGNAL_FLAGS } from './flag-tables/signals.js';
import { SOCKET_FLAGS } from './flag-tables/sockets.js';
import { SYSTEM_FLAGS } from './flag-tables/system.js';

const TABLES = {
  ...FILE_FLAGS,
  ...MEMORY_FLAGS,
  ...PROCESS_FLAGS,
  ...SIGNAL_FLAGS,
  ...SOCKET_FLAGS,
  ...SYSTEM_FLAGS,
} as const;

/** `open`, `mmap_prot`, `futex` ...: which table an argument is read with. */
export type FlagKind = keyof typeof TABLES;

export const FLAG_TABLES: Readonly<Record<FlagKind, FlagTable>> = TABLES;

export const isFlagKind = (word: string): word is FlagKind => Object.hasOwn(TABLES, word);

/** flagsText('open', 0x80000n) -> `O_RDONLY|O_CLOEXEC`; bits without a name follow in hex, `0` when there is nothing. */
export const flagsText = (kind: FlagKind, value: bigint): string => flagTableText(FLAG_TABLES[kind], value);
