/** 64-bit powerpc (arch/powerpc/kernel/syscalls/syscall.tbl, Linux 6.12). Data: a numbered list (src/trace/numbered.ts). */
export const PPC64 = `
  0 restart_syscall exit fork read write open close waitpid creat link
  10 unlink execve chdir time mknod chmod lchown break oldstat lseek
  20 getpid mount umount setuid getuid stime ptrace alarm oldfstat pause
  30 utime stty gtty access nice ftime sync kill rename mkdir
  40 rmdir dup pipe times prof brk setgid getgid signal geteuid
  50 getegid acct umount lock ioctl fcntl mpx setpgid ulimit oldolduname
  60 umask chroot ustat dup2 getppid getpgrp setsid sigaction sgetmask ssetmask
  70 setreuid setregid sigsuspend sigpending sethostname setrlimit getrlimit getrusage gettimeofday settimeofday
  80 getgroups setgroups select symlink oldlstat readlink uselib swapon reboot readdir
  90 mmap munmap truncate ftruncate fchmod fchown getpriority setpriority profil statfs
  100 fstatfs ioperm socketcall syslog setitimer getitimer newstat newlstat newfstat olduname
  110 iopl vhangup idle vm86 wait4 swapoff sysinfo ipc fsync sigreturn
  120 clone setdomainname newuname modify_ldt adjtimex mprotect sigprocmask create_module init_module
  delete_module
  130 get_kernel_syms quotactl getpgid fchdir bdflush sysfs ppc64_personality afs_syscall setfsuid setfsgid
  140 llseek getdents select flock msync readv writev getsid fdatasync _sysctl
  150 mlock munlock mlockall munlockall sched_setparam sched_getparam sched_setscheduler sched_getscheduler
  sched_yield sched_get_priority_max
  160 sched_get_priority_min sched_rr_get_interval nanosleep mremap setresuid getresuid query_module poll
  nfsservctl setresgid
  170 getresgid prctl rt_sigreturn rt_sigaction rt_sigprocmask rt_sigpending rt_sigtimedwait rt_sigqueueinfo
  rt_sigsuspend pread64
  180 pwrite64 chown getcwd capget capset sigaltstack sendfile64 getpmsg putpmsg vfork
  190 getrlimit readahead 198 pciconfig_read pciconfig_write
  200 pciconfig_iobase multiplexer getdents64 pivot_root 205 madvise mincore gettid tkill setxattr
  210 lsetxattr fsetxattr getxattr lgetxattr fgetxattr listxattr llistxattr flistxattr removexattr lremovexattr
  220 fremovexattr futex sched_setaffinity sched_getaffinity 225 tuxcall 227 io_setup io_destroy io_getevents
  230 io_submit io_cancel set_tid_address fadvise64 exit_group lookup_dcookie epoll_create epoll_ctl epoll_wait
  remap_file_pages
  240 timer_create timer_settime timer_gettime timer_getoverrun timer_delete clock_settime clock_gettime
  clock_getres clock_nanosleep swapcontext
  250 tgkill utimes statfs64 fstatfs64 255 rtas sys_debug_setcontext 258 migrate_pages mbind
  260 get_mempolicy set_mempolicy mq_open mq_unlink mq_timedsend mq_timedreceive mq_notify mq_getsetattr
  kexec_load add_key
  270 request_key keyctl waitid ioprio_set ioprio_get inotify_init inotify_add_watch inotify_rm_watch spu_run
  spu_create
  280 pselect6 ppoll unshare splice tee vmsplice openat mkdirat mknodat fchownat
  290 futimesat newfstatat unlinkat renameat linkat symlinkat readlinkat fchmodat faccessat get_robust_list
  300 set_robust_list move_pages getcpu epoll_pwait utimensat signalfd timerfd_create eventfd sync_file_range2
  fallocate
  310 subpage_prot timerfd_settime timerfd_gettime signalfd4 eventfd2 epoll_create1 dup3 pipe2 inotify_init1
  perf_event_open
  320 preadv pwritev rt_tgsigqueueinfo fanotify_init fanotify_mark prlimit64 socket bind connect listen
  330 accept getsockname getpeername socketpair send sendto recv recvfrom shutdown setsockopt
  340 getsockopt sendmsg recvmsg recvmmsg accept4 name_to_handle_at open_by_handle_at clock_adjtime syncfs
  sendmmsg
  350 setns process_vm_readv process_vm_writev finit_module kcmp sched_setattr sched_getattr renameat2 seccomp
  getrandom
  360 memfd_create bpf execveat switch_endian userfaultfd membarrier 378 mlock2 copy_file_range
  380 preadv2 pwritev2 kexec_file_load statx pkey_alloc pkey_free pkey_mprotect rseq io_pgetevents 392 semtimedop
  semget semctl shmget shmctl shmat shmdt msgget
  400 msgsnd msgrcv msgctl
`;
