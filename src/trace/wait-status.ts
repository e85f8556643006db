import { signalName } from './signals.js';

/** The status that wait4 stores (include/uapi/linux/wait.h and the W* macros of libc). */
export type WaitStatus =
  | { readonly kind: 'exited'; readonly code: number }
  | { readonly kind: 'killed'; readonly sig: number; readonly coreDumped: boolean }
  | { readonly kind: 'stopped'; readonly sig: number; readonly ptraceEvent: number }
  | { readonly kind: 'continued' };

const CONTINUED = 0xffff;
const STOPPED = 0x7f;
const CORE_DUMPED = 0x80;

const signalWord = (sig: number): string => signalName(sig) ?? `signal ${String(sig)}`;

/** Reads a wait status; a ptrace stop carries its event above the signal (0x0004057f: SIGTRAP, PTRACE_EVENT_EXEC 4). */
export function waitStatus(status: number): WaitStatus {
  if (status === CONTINUED) return { kind: 'continued' };
  const sig = status & 0x7f;
  if (sig === 0) return { kind: 'exited', code: (status >> 8) & 0xff };
  if (sig === STOPPED) return { kind: 'stopped', sig: (status >> 8) & 0xff, ptraceEvent: (status >> 16) & 0xff };
  return { kind: 'killed', sig, coreDumped: (status & CORE_DUMPED) !== 0 };
}

/** `exited 3`, `killed by SIGSEGV (core dumped)`, `stopped by SIGSTOP`, `continued`. */
export function waitStatusText(status: number): string {
  const read = waitStatus(status);
  switch (read.kind) {
    case 'exited':
      return `exited ${String(read.code)}`;
    case 'killed':
      return `killed by ${signalWord(read.sig)}${read.coreDumped ? ' (core dumped)' : ''}`;
    case 'stopped':
      return `stopped by ${signalWord(read.sig)}`;
    case 'continued':
      return 'continued';
  }
}
