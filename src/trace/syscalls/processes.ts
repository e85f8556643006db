/** Processes, threads, scheduling, limits: arguments and result by syscall. Data; src/trace/syscall-args.ts explains the notation. */
export const PROCESSES_SYSCALLS = `
  capget header:ptr dataptr:ptr
  capset header:ptr data:ptr
  clone clone_flags:clone newsp parent_tidptr child_tidptr tls -> pid
  clone3 uargs size -> pid
  execve filename argv envp
  execveat fd:dfd filename argv envp flags:at_exec
  exit error_code:int -> none
  exit_group error_code:int -> none
  fork -> pid
  futex,futex_time32 uaddr op:futex val:uint utime uaddr2 val3:uint -> count
  futex_requeue waiters:ptr flags nr_wake:int nr_requeue:int -> count
  futex_wait uaddr val:size mask flags:futex2 timeout:ptr clockid
  futex_waitv waiters:ptr nr_futexes:uint flags timeout:ptr clockid -> int
  futex_wake uaddr mask nr:int flags:futex2 -> count
  get_robust_list pid head_ptr:ptr len_ptr:ptr
  getcpu cpup:ptr nodep:ptr unused:ptr
  getegid,getegid16 -> id
  geteuid,geteuid16 -> id
  getgid,getgid16 -> id
  getgroups,getgroups16 gidsetsize:int grouplist:ptr -> count
  getpgid pid -> pid
  getpgrp -> pid
  getpid -> pid
  getppid -> pid
  getpriority which:prio_which who:int -> int
  getresgid,getresgid16 rgidp:ptr egidp:ptr sgidp:ptr
  getresuid,getresuid16 ruidp:ptr euidp:ptr suidp:ptr
  getrlimit resource:rlimit rlim:ptr
  getrusage who:rusage ru
  getsid pid -> pid
  gettid -> pid
  getuid,getuid16 -> id
  ioprio_get which:ioprio_which who:int -> int
  ioprio_set which:ioprio_which who:int ioprio
  kcmp pid1 pid2 type:kcmp idx1 idx2 -> int
  membarrier cmd:membarrier flags cpu_id:int -> int
  nice increment:int -> int
  pidfd_getfd pidfd fd flags -> fd
  pidfd_open pid flags:pidfd -> fd
  prctl option:prctl arg2 arg3 arg4 arg5 -> int
  prlimit64 pid resource:rlimit new_rlim:ptr old_rlim:ptr
  ptrace request:ptrace pid addr data -> hex
  rseq rseq:ptr rseq_len:uint flags:rseq sig:hex
  sched_get_priority_max policy:sched_policy -> int
  sched_get_priority_min policy:sched_policy -> int
  sched_getaffinity pid len user_mask_ptr:ptr -> bytes
  sched_getattr pid uattr:ptr usize:uint flags
  sched_getparam pid param:ptr
  sched_getscheduler pid -> int
  sched_rr_get_interval,sched_rr_get_interval_time32 pid interval:ptr
  sched_setaffinity pid len user_mask_ptr:ptr
  sched_setattr pid uattr:ptr flags
  sched_setparam pid param:ptr
  sched_setscheduler pid policy:sched_policy param:ptr
  sched_yield
  seccomp op:seccomp_op flags:seccomp uargs -> int
  set_robust_list head len
  set_tid_address tidptr -> pid
  setfsgid,setfsgid16 gid -> id
  setfsuid,setfsuid16 uid -> id
  setgid,setgid16 gid
  setgroups,setgroups16 gidsetsize:int grouplist:ptr
  setns fd flags:unshare
  setpgid pid pgid
  setpriority which:prio_which who:int niceval:int
  setregid,setregid16 rgid egid
  setresgid,setresgid16 rgid egid sgid
  setresuid,setresuid16 ruid euid suid
  setreuid,setreuid16 ruid euid
  setrlimit resource:rlimit rlim:ptr
  setsid -> pid
  setuid,setuid16 uid
  times tbuf:ptr -> off
  umask mask:mode -> mode
  unshare unshare_flags:unshare
  vfork -> pid
  wait4 upid stat_addr options:wait_options ru -> pid
  waitid which:wait_which upid infop options:waitid_options ru
  waitpid pid stat_addr options:wait_options -> pid
`;
