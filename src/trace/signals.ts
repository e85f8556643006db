/**
 * Signals as x86, arm, arm64, riscv, s390 and powerpc number them (include/uapi/asm-generic/signal.h, Linux 6.12).
 * MIPS, SPARC, Alpha and PA-RISC renumber 7, 10, 12 and 16-31.
 */
import { numbered } from './numbered.js';

/** What the kernel does when the disposition is SIG_DFL (include/linux/signal.h, 6.12). */
export type DefaultAction = 'terminate' | 'core' | 'ignore' | 'stop' | 'continue';

const STANDARD = numbered(`
  1 SIGHUP SIGINT SIGQUIT SIGILL SIGTRAP SIGABRT SIGBUS SIGFPE SIGKILL SIGUSR1
  11 SIGSEGV SIGUSR2 SIGPIPE SIGALRM SIGTERM SIGSTKFLT SIGCHLD SIGCONT SIGSTOP SIGTSTP
  21 SIGTTIN SIGTTOU SIGURG SIGXCPU SIGXFSZ SIGVTALRM SIGPROF SIGWINCH SIGIO SIGPWR SIGSYS
`);

const ACTIONS: Readonly<Record<Exclude<DefaultAction, 'terminate'>, readonly number[]>> = {
  core: [3, 4, 5, 6, 7, 8, 11, 24, 25, 31],
  ignore: [17, 23, 28],
  stop: [19, 20, 21, 22],
  continue: [18],
};

/**
 * The kernel's real-time range starts at 32, but glibc keeps 32 (SIGCANCEL) and 33 (SIGSETXID) for its threads and every user-space
 * tool counts from 34. Names follow user space; 32 and 33 stay `SIG32` and `SIG33`, since who uses them is not in the trace.
 */
const FIRST_RT = 34;
const LAST_SIGNAL = 64;

function nameOf(sig: number): string | undefined {
  if (sig < 32) return STANDARD.get(sig);
  if (sig < FIRST_RT) return `SIG${String(sig)}`;
  if (sig === LAST_SIGNAL) return 'SIGRTMAX';
  return sig === FIRST_RT ? 'SIGRTMIN' : `SIGRTMIN+${String(sig - FIRST_RT)}`;
}

function actionOf(sig: number): DefaultAction {
  for (const action of ['core', 'ignore', 'stop', 'continue'] as const) {
    if (ACTIONS[action].includes(sig)) return action;
  }
  return 'terminate';
}

export interface Signal {
  readonly sig: number;
  readonly name: string;
  readonly defaultAction: DefaultAction;
}

/** Signals 1..64 in order. */
export const SIGNALS: readonly Signal[] = Array.from({ length: LAST_SIGNAL }, (_, i) => i + 1).flatMap((sig) => {
  const name = nameOf(sig);
  return name === undefined ? [] : [{ sig, name, defaultAction: actionOf(sig) }];
});

const BY_NUMBER: ReadonlyMap<number, Signal> = new Map(SIGNALS.map((signal) => [signal.sig, signal]));

/** Name of a signal (9 -> `SIGKILL`, 35 -> `SIGRTMIN+1`); undefined for 0 (kill's existence test) and above 64. */
export const signalName = (sig: number): string | undefined => BY_NUMBER.get(sig)?.name;

/** Default action of a signal; undefined where signalName is. */
export const signalDefaultAction = (sig: number): DefaultAction | undefined => BY_NUMBER.get(sig)?.defaultAction;

const ALIASES: Readonly<Record<string, string>> = { SIGIOT: 'SIGABRT', SIGPOLL: 'SIGIO', SIGCLD: 'SIGCHLD' };

/**
 * The name of a signal as people write it: `9`, `SIGKILL`, `kill`, `SIGRTMIN+3`, `rtmax-1`, `34`. Undefined when there is no such
 * signal. SIGIOT and SIGPOLL are other names of SIGABRT and SIGIO.
 */
export function readSignal(text: string): string | undefined {
  if (/^\d+$/.test(text)) return signalName(Number(text));
  const name = text.toUpperCase().replace(/^(SIG)?/, 'SIG');
  const real = /^SIGRT(?:MIN(?:\+(\d+))?|MAX(?:-(\d+))?)$/.exec(name);
  if (real !== null) {
    const sig = name.startsWith('SIGRTMIN') ? FIRST_RT + Number(real[1] ?? 0) : LAST_SIGNAL - Number(real[2] ?? 0);
    return sig >= FIRST_RT ? signalName(sig) : undefined;
  }
  const known = ALIASES[name] ?? name;
  return SIGNALS.find((signal) => signal.name === known)?.name;
}
