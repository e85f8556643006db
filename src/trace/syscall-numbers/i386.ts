/** 32-bit x86 (arch/x86/entry/syscalls/syscall_32.tbl, Linux 6.12). Data: a numbered list (src/trace/numbered.ts). */
export const I386 = `
  0 restart_syscall exit fork read write open close waitpid creat link
  10 unlink execve chdir time32 mknod chmod lchown16 break stat lseek
  20 getpid mount oldumount setuid16 getuid16 stime32 ptrace alarm fstat pause
  30 utime32 stty gtty access nice ftime sync kill rename mkdir
  40 rmdir dup pipe times prof brk setgid16 getgid16 signal geteuid16
  50 getegid16 acct umount lock ioctl fcntl mpx setpgid ulimit olduname
  60 umask chroot ustat dup2 getppid getpgrp setsid sigaction sgetmask ssetmask
  70 setreuid16 setregid16 sigsuspend sigpending sethostname setrlimit old_getrlimit getrusage gettimeofday
  settimeofday
  80 getgroups16 setgroups16 old_select symlink lstat readlink uselib swapon reboot old_readdir
  90 old_mmap munmap truncate ftruncate fchmod fchown16 getpriority setpriority profil statfs
  100 fstatfs ioperm socketcall syslog setitimer getitimer newstat newlstat newfstat uname
  110 iopl vhangup idle vm86old wait4 swapoff sysinfo ipc fsync sigreturn
  120 clone setdomainname newuname modify_ldt adjtimex_time32 mprotect sigprocmask create_module init_module
  delete_module
  130 get_kernel_syms quotactl getpgid fchdir bdflush sysfs personality afs_syscall setfsuid16 setfsgid16
  140 llseek getdents select flock msync readv writev getsid fdatasync _sysctl
  150 mlock munlock mlockall munlockall sched_setparam sched_getparam sched_setscheduler sched_getscheduler
  sched_yield sched_get_priority_max
  160 sched_get_priority_min sched_rr_get_interval_time32 nanosleep_time32 mremap setresuid16 getresuid16 vm86
  query_module poll nfsservctl
  170 setresgid16 getresgid16 prctl rt_sigreturn rt_sigaction rt_sigprocmask rt_sigpending rt_sigtimedwait_time32
  rt_sigqueueinfo rt_sigsuspend
  180 ia32_pread64 ia32_pwrite64 chown16 getcwd capget capset sigaltstack sendfile getpmsg putpmsg
  190 vfork getrlimit mmap_pgoff ia32_truncate64 ia32_ftruncate64 stat64 lstat64 fstat64 lchown getuid
  200 getgid geteuid getegid setreuid setregid getgroups setgroups fchown setresuid getresuid
  210 setresgid getresgid chown setuid setgid setfsuid setfsgid pivot_root mincore madvise
  220 getdents64 fcntl64 224 gettid ia32_readahead setxattr lsetxattr fsetxattr getxattr
  230 lgetxattr fgetxattr listxattr llistxattr flistxattr removexattr lremovexattr fremovexattr tkill sendfile64
  240 futex_time32 sched_setaffinity sched_getaffinity set_thread_area get_thread_area io_setup io_destroy
  io_getevents_time32 io_submit io_cancel
  250 ia32_fadvise64 252 exit_group lookup_dcookie epoll_create epoll_ctl epoll_wait remap_file_pages
  set_tid_address timer_create
  260 timer_settime32 timer_gettime32 timer_getoverrun timer_delete clock_settime32 clock_gettime32
  clock_getres_time32 clock_nanosleep_time32 statfs64 fstatfs64
  270 tgkill utimes_time32 ia32_fadvise64_64 vserver mbind get_mempolicy set_mempolicy mq_open mq_unlink
  mq_timedsend_time32
  280 mq_timedreceive_time32 mq_notify mq_getsetattr kexec_load waitid 286 add_key request_key keyctl ioprio_set
  290 ioprio_get inotify_init inotify_add_watch inotify_rm_watch migrate_pages openat mkdirat mknodat fchownat
  futimesat_time32
  300 fstatat64 unlinkat renameat linkat symlinkat readlinkat fchmodat faccessat pselect6_time32 ppoll_time32
  310 unshare set_robust_list get_robust_list splice ia32_sync_file_range tee vmsplice move_pages getcpu
  epoll_pwait
  320 utimensat_time32 signalfd timerfd_create eventfd ia32_fallocate timerfd_settime32 timerfd_gettime32
  signalfd4 eventfd2 epoll_create1
  330 dup3 pipe2 inotify_init1 preadv pwritev rt_tgsigqueueinfo perf_event_open recvmmsg_time32 fanotify_init
  fanotify_mark
  340 prlimit64 name_to_handle_at open_by_handle_at clock_adjtime32 syncfs sendmmsg setns process_vm_readv
  process_vm_writev kcmp
  350 finit_module sched_setattr sched_getattr renameat2 seccomp getrandom memfd_create bpf execveat socket
  360 socketpair bind connect listen accept4 getsockopt setsockopt getsockname getpeername sendto
  370 sendmsg recvfrom recvmsg shutdown userfaultfd membarrier mlock2 copy_file_range preadv2 pwritev2
  380 pkey_mprotect pkey_alloc pkey_free statx arch_prctl io_pgetevents_time32 rseq 393 semget semctl shmget
  shmctl shmat shmdt msgget
  400 msgsnd msgrcv msgctl clock_gettime clock_settime clock_adjtime clock_getres clock_nanosleep timer_gettime
  timer_settime
  410 timerfd_gettime timerfd_settime utimensat pselect6 ppoll 416 io_pgetevents recvmmsg mq_timedsend
  mq_timedreceive
  420 semtimedop rt_sigtimedwait futex sched_rr_get_interval
`;
