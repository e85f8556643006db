/** Flags of signal handling and of time (include/uapi/asm-generic/signal*.h, linux/time.h, linux/timerfd.h, Linux 6.12). */
import { choices, flags } from '../flag-table.js';

export const SIGNAL_FLAGS = {
  /** signal_deliver prints it as hex. SA_IMMUTABLE is the kernel's own: the handler was forced back to the default. */
  sa_flags: flags(
    `1 SA_NOCLDSTOP 2 SA_NOCLDWAIT 4 SA_SIGINFO 0x400 SA_UNSUPPORTED 0x800 SA_EXPOSE_TAGBITS 0x800000 SA_IMMUTABLE 0x4000000 SA_RESTORER
    0x8000000 SA_ONSTACK 0x10000000 SA_RESTART 0x40000000 SA_NODEFER 0x80000000 SA_RESETHAND`,
    { width: 64 },
  ),
  sigmask_how: choices('0 SIG_BLOCK SIG_UNBLOCK SIG_SETMASK'),
  clock: choices(
    `0 CLOCK_REALTIME CLOCK_MONOTONIC CLOCK_PROCESS_CPUTIME_ID CLOCK_THREAD_CPUTIME_ID CLOCK_MONOTONIC_RAW CLOCK_REALTIME_COARSE
     CLOCK_MONOTONIC_COARSE CLOCK_BOOTTIME CLOCK_REALTIME_ALARM CLOCK_BOOTTIME_ALARM CLOCK_SGI_CYCLE CLOCK_TAI`,
  ),
  timer: flags('1 TIMER_ABSTIME'),
  timerfd: flags('0o4000 TFD_NONBLOCK 0o2000000 TFD_CLOEXEC'),
  timerfd_set: flags('1 TFD_TIMER_ABSTIME 2 TFD_TIMER_CANCEL_ON_SET'),
  itimer: choices('0 ITIMER_REAL ITIMER_VIRTUAL ITIMER_PROF'),
} as const;
