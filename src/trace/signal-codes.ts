/**
 * si_code of signal_generate and signal_deliver (include/uapi/asm-generic/siginfo.h, Linux 6.12).
 * The event prints 0 (SI_USER) for every signal without siginfo too: broken pipe, parent death, cgroup.kill. The name of the code is
 * not the cause of the signal.
 */
import { numbered } from './numbered.js';

/** Codes that mean the same for every signal. */
export const GENERIC_CODES: ReadonlyMap<number, string> = numbered(`
  -60 SI_ASYNCNL
  -7 SI_DETHREAD SI_TKILL SI_SIGIO SI_ASYNCIO SI_MESGQ SI_TIMER SI_QUEUE SI_USER
  128 SI_KERNEL
`);

/** SIGTRAP of a tracer's event: the code is SIGTRAP | event << 8 (include/uapi/linux/ptrace.h, 6.12). */
const PTRACE_EVENTS = numbered(
  '1 PTRACE_EVENT_FORK PTRACE_EVENT_VFORK PTRACE_EVENT_CLONE PTRACE_EVENT_EXEC PTRACE_EVENT_VFORK_DONE PTRACE_EVENT_EXIT ' +
    'PTRACE_EVENT_SECCOMP 128 PTRACE_EVENT_STOP',
);
const SIGTRAP = 5;

/** Positive codes by signal number. Another signal's positive code has no name: what it means depends on who sent it. */
export const SIGNAL_CODES: ReadonlyMap<number, ReadonlyMap<number, string>> = new Map([
  [
    4,
    numbered('1 ILL_ILLOPC ILL_ILLOPN ILL_ILLADR ILL_ILLTRP ILL_PRVOPC ILL_PRVREG ILL_COPROC ILL_BADSTK ILL_BADIADDR'),
  ],
  [
    SIGTRAP,
    new Map([
      ...numbered('1 TRAP_BRKPT TRAP_TRACE TRAP_BRANCH TRAP_HWBKPT TRAP_UNK TRAP_PERF'),
      ...[...PTRACE_EVENTS].map(([event, name]): [number, string] => [SIGTRAP | (event << 8), name]),
    ]),
  ],
  [7, numbered('1 BUS_ADRALN BUS_ADRERR BUS_OBJERR BUS_MCEERR_AR BUS_MCEERR_AO')],
  [
    8,
    numbered(
      '1 FPE_INTDIV FPE_INTOVF FPE_FLTDIV FPE_FLTOVF FPE_FLTUND FPE_FLTRES FPE_FLTINV FPE_FLTSUB 14 FPE_FLTUNK FPE_CONDTRAP',
    ),
  ],
  [
    11,
    numbered(
      '1 SEGV_MAPERR SEGV_ACCERR SEGV_BNDERR SEGV_PKUERR SEGV_ACCADI SEGV_ADIDERR SEGV_ADIPERR SEGV_MTEAERR SEGV_MTESERR SEGV_CPERR',
    ),
  ],
  [17, numbered('1 CLD_EXITED CLD_KILLED CLD_DUMPED CLD_TRAPPED CLD_STOPPED CLD_CONTINUED')],
  [29, numbered('1 POLL_IN POLL_OUT POLL_MSG POLL_ERR POLL_PRI POLL_HUP')],
  [31, numbered('1 SYS_SECCOMP SYS_USER_DISPATCH')],
]);

/** Name of an si_code given the signal (17, 2 -> `CLD_KILLED`); undefined when it has none. */
export const signalCodeName = (sig: number, code: number): string | undefined =>
  GENERIC_CODES.get(code) ?? SIGNAL_CODES.get(sig)?.get(code);
