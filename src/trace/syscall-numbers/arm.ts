/** 32-bit arm, EABI (arch/arm/tools/syscall.tbl, Linux 6.12; from 983041 arch/arm/include/uapi/asm/unistd.h). Data: a numbered list (src/trace/numbered.ts). */
export const ARM = `
  0 restart_syscall exit fork read write open close 8 creat link
  10 unlink execve chdir 14 mknod chmod lchown16 19 lseek
  20 getpid mount 23 setuid16 getuid16 26 ptrace 29 pause 33 access nice 36 sync kill rename mkdir
  40 rmdir dup pipe times 45 brk setgid16 getgid16 49 geteuid16
  50 getegid16 acct umount 54 ioctl fcntl 57 setpgid 60 umask chroot ustat dup2 getppid getpgrp setsid sigaction
  70 setreuid16 setregid16 sigsuspend sigpending sethostname setrlimit 77 getrusage gettimeofday settimeofday
  80 getgroups16 setgroups16 83 symlink 85 readlink uselib swapon reboot 91 munmap truncate ftruncate fchmod
  fchown16 getpriority setpriority 99 statfs
  100 fstatfs 103 syslog setitimer getitimer newstat newlstat newfstat 111 vhangup 114 wait4 swapoff sysinfo 118
  fsync sigreturn
  120 clone setdomainname newuname 124 adjtimex_time32 mprotect sigprocmask 128 init_module delete_module 131
  quotactl getpgid fchdir bdflush sysfs personality 138 setfsuid16 setfsgid16
  140 llseek getdents select flock msync readv writev getsid fdatasync _sysctl
  150 mlock munlock mlockall munlockall sched_setparam sched_getparam sched_setscheduler sched_getscheduler
  sched_yield sched_get_priority_max
  160 sched_get_priority_min sched_rr_get_interval_time32 nanosleep_time32 mremap setresuid16 getresuid16 168 poll
  nfsservctl
  170 setresgid16 getresgid16 prctl rt_sigreturn rt_sigaction rt_sigprocmask rt_sigpending rt_sigtimedwait_time32
  rt_sigqueueinfo rt_sigsuspend
  180 pread64 pwrite64 chown16 getcwd capget capset sigaltstack sendfile 190 vfork getrlimit mmap2 truncate64
  ftruncate64 stat64 lstat64 fstat64 lchown getuid
  200 getgid geteuid getegid setreuid setregid getgroups setgroups fchown setresuid getresuid
  210 setresgid getresgid chown setuid setgid setfsuid setfsgid getdents64 pivot_root mincore
  220 madvise fcntl64 224 gettid readahead setxattr lsetxattr fsetxattr getxattr
  230 lgetxattr fgetxattr listxattr llistxattr flistxattr removexattr lremovexattr fremovexattr tkill sendfile64
  240 futex_time32 sched_setaffinity sched_getaffinity io_setup io_destroy io_getevents_time32 io_submit io_cancel
  exit_group lookup_dcookie
  250 epoll_create epoll_ctl epoll_wait remap_file_pages 256 set_tid_address timer_create timer_settime32
  timer_gettime32
  260 timer_getoverrun timer_delete clock_settime32 clock_gettime32 clock_getres_time32 clock_nanosleep_time32
  statfs64 fstatfs64 tgkill utimes_time32
  270 arm_fadvise64_64 pciconfig_iobase pciconfig_read pciconfig_write mq_open mq_unlink mq_timedsend_time32
  mq_timedreceive_time32 mq_notify mq_getsetattr
  280 waitid socket bind connect listen accept getsockname getpeername socketpair send
  290 sendto recv recvfrom shutdown setsockopt getsockopt sendmsg recvmsg semop semget
  300 old_semctl msgsnd msgrcv msgget old_msgctl shmat shmdt shmget old_shmctl add_key
  310 request_key keyctl semtimedop_time32 vserver ioprio_set ioprio_get inotify_init inotify_add_watch
  inotify_rm_watch mbind
  320 get_mempolicy set_mempolicy openat mkdirat mknodat fchownat futimesat_time32 fstatat64 unlinkat renameat
  330 linkat symlinkat readlinkat fchmodat faccessat pselect6_time32 ppoll_time32 unshare set_robust_list
  get_robust_list
  340 splice sync_file_range2 tee vmsplice move_pages getcpu epoll_pwait kexec_load utimensat_time32 signalfd
  350 timerfd_create eventfd fallocate timerfd_settime32 timerfd_gettime32 signalfd4 eventfd2 epoll_create1 dup3
  pipe2
  360 inotify_init1 preadv pwritev rt_tgsigqueueinfo perf_event_open recvmmsg_time32 accept4 fanotify_init
  fanotify_mark prlimit64
  370 name_to_handle_at open_by_handle_at clock_adjtime32 syncfs sendmmsg setns process_vm_readv process_vm_writev
  kcmp finit_module
  380 sched_setattr sched_getattr renameat2 seccomp getrandom memfd_create bpf execveat userfaultfd membarrier
  390 mlock2 copy_file_range preadv2 pwritev2 pkey_mprotect pkey_alloc pkey_free statx rseq io_pgetevents_time32
  400 migrate_pages kexec_file_load 403 clock_gettime clock_settime clock_adjtime clock_getres clock_nanosleep
  timer_gettime timer_settime
  410 timerfd_gettime timerfd_settime utimensat pselect6 ppoll 416 io_pgetevents recvmmsg mq_timedsend
  mq_timedreceive
  420 semtimedop rt_sigtimedwait futex sched_rr_get_interval 983041 breakpoint cacheflush usr26 usr32 set_tls
  get_tls
`;
