/** 64-bit s390 (arch/s390/kernel/syscalls/syscall.tbl, Linux 6.12). Data: a numbered list (src/trace/numbered.ts). */
export const S390X = `
  1 exit fork read write open close restart_syscall creat link
  10 unlink execve chdir 14 mknod chmod 19 lseek
  20 getpid mount oldumount 26 ptrace alarm 29 pause
  30 utime 33 access nice 36 sync kill rename mkdir
  40 rmdir dup pipe times 45 brk 48 signal 51 acct umount 54 ioctl fcntl 57 setpgid 60 umask chroot ustat dup2
  getppid getpgrp setsid sigaction 72 sigsuspend sigpending sethostname setrlimit 77 getrusage gettimeofday
  settimeofday 83 symlink 85 readlink uselib swapon reboot readdir
  90 old_mmap munmap truncate ftruncate fchmod 96 getpriority setpriority 99 statfs
  100 fstatfs 102 socketcall syslog setitimer getitimer newstat newlstat newfstat 110 lookup_dcookie vhangup idle
  114 wait4 swapoff sysinfo s390_ipc fsync sigreturn
  120 clone setdomainname newuname 124 adjtimex mprotect sigprocmask create_module init_module delete_module
  130 get_kernel_syms quotactl getpgid fchdir bdflush sysfs s390_personality afs_syscall 141 getdents select flock
  msync readv writev getsid fdatasync _sysctl
  150 mlock munlock mlockall munlockall sched_setparam sched_getparam sched_setscheduler sched_getscheduler
  sched_yield sched_get_priority_max
  160 sched_get_priority_min sched_rr_get_interval nanosleep mremap 167 query_module poll nfsservctl 172 prctl
  rt_sigreturn rt_sigaction rt_sigprocmask rt_sigpending rt_sigtimedwait rt_sigqueueinfo rt_sigsuspend
  180 pread64 pwrite64 183 getcwd capget capset sigaltstack sendfile64 getpmsg putpmsg
  190 vfork getrlimit 198 lchown getuid
  200 getgid geteuid getegid setreuid setregid getgroups setgroups fchown setresuid getresuid
  210 setresgid getresgid chown setuid setgid setfsuid setfsgid pivot_root mincore madvise
  220 getdents64 222 readahead 224 setxattr lsetxattr fsetxattr getxattr lgetxattr fgetxattr
  230 listxattr llistxattr flistxattr removexattr lremovexattr fremovexattr gettid tkill futex sched_setaffinity
  240 sched_getaffinity tgkill 243 io_setup io_destroy io_getevents io_submit io_cancel exit_group epoll_create
  250 epoll_ctl epoll_wait set_tid_address fadvise64_64 timer_create timer_settime timer_gettime timer_getoverrun
  timer_delete clock_settime
  260 clock_gettime clock_getres clock_nanosleep 265 statfs64 fstatfs64 remap_file_pages mbind get_mempolicy
  270 set_mempolicy mq_open mq_unlink mq_timedsend mq_timedreceive mq_notify mq_getsetattr kexec_load add_key
  request_key
  280 keyctl waitid ioprio_set ioprio_get inotify_init inotify_add_watch inotify_rm_watch migrate_pages openat
  mkdirat
  290 mknodat fchownat futimesat newfstatat unlinkat renameat linkat symlinkat readlinkat fchmodat
  300 faccessat pselect6 ppoll unshare set_robust_list get_robust_list splice sync_file_range tee vmsplice
  310 move_pages getcpu epoll_pwait utimes fallocate utimensat signalfd timerfd eventfd timerfd_create
  320 timerfd_settime timerfd_gettime signalfd4 eventfd2 inotify_init1 pipe2 dup3 epoll_create1 preadv pwritev
  330 rt_tgsigqueueinfo perf_event_open fanotify_init fanotify_mark prlimit64 name_to_handle_at open_by_handle_at
  clock_adjtime syncfs setns
  340 process_vm_readv process_vm_writev s390_runtime_instr kcmp finit_module sched_setattr sched_getattr
  renameat2 seccomp getrandom
  350 memfd_create bpf s390_pci_mmio_write s390_pci_mmio_read execveat userfaultfd membarrier recvmmsg sendmmsg
  socket
  360 socketpair bind connect listen accept4 getsockopt setsockopt getsockname getpeername sendto
  370 sendmsg recvfrom recvmsg shutdown mlock2 copy_file_range preadv2 pwritev2 s390_guarded_storage statx
  380 s390_sthyi kexec_file_load io_pgetevents rseq pkey_mprotect pkey_alloc pkey_free 392 semtimedop semget
  semctl shmget shmctl shmat shmdt msgget
  400 msgsnd msgrcv msgctl
`;
