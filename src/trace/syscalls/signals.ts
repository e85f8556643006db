/** Signals: arguments and result by syscall. Data; src/trace/syscall-args.ts explains the notation. */
export const SIGNALS_SYSCALLS = `
  kill pid sig
  pause
  pidfd_send_signal pidfd sig info:ptr flags:pidfd_signal
  restart_syscall -> int
  rt_sigaction sig act oact sigsetsize
  rt_sigpending uset:ptr sigsetsize
  rt_sigprocmask how:sigmask_how nset oset sigsetsize
  rt_sigqueueinfo pid sig uinfo
  rt_sigreturn -> hex
  rt_sigsuspend unewset:ptr sigsetsize
  rt_sigtimedwait,rt_sigtimedwait_time32 uthese:ptr uinfo uts:ptr sigsetsize -> sig
  rt_tgsigqueueinfo tgid pid sig uinfo
  sgetmask -> hex
  sigaction sig act oact
  sigaltstack uss:ptr uoss:ptr
  signal sig handler:ptr -> hex
  signalfd ufd user_mask:ptr sizemask -> fd
  signalfd4 ufd user_mask:ptr sizemask flags:signalfd -> fd
  sigpending uset:ptr
  sigprocmask how:sigmask_how nset oset
  sigsuspend mask
  ssetmask newmask -> hex
  tgkill tgid pid sig
  tkill pid sig
`;
