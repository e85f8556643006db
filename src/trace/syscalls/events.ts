/** Polling, events, asynchronous I/O: arguments and result by syscall. Data; src/trace/syscall-args.ts explains the notation. */
export const EVENTS_SYSCALLS = `
  epoll_create size -> fd
  epoll_create1 flags:epoll_create -> fd
  epoll_ctl epfd op:epoll_op fd event
  epoll_pwait epfd events maxevents:int timeout:int sigmask sigsetsize -> count
  epoll_pwait2 epfd events maxevents:int timeout:ptr sigmask sigsetsize -> count
  epoll_wait epfd events maxevents:int timeout:int -> count
  eventfd count:uint -> fd
  eventfd2 count:uint flags:eventfd -> fd
  fanotify_init flags event_f_flags:open -> fd
  fanotify_mark fanotify_fd flags mask dfd pathname -> int
  inotify_add_watch fd pathname mask:inotify_mask -> int
  inotify_init -> fd
  inotify_init1 flags:inotify -> fd
  inotify_rm_watch fd wd:int
  io_cancel ctx_id iocb:ptr result:ptr
  io_destroy ctx
  io_getevents,io_getevents_time32 ctx_id min_nr:long nr:long events timeout:ptr -> count
  io_pgetevents,io_pgetevents_time32 ctx_id min_nr:long nr:long events timeout:ptr usig:ptr -> count
  io_setup nr_events:uint ctxp:ptr
  io_submit ctx_id nr:long iocbpp:ptr -> count
  io_uring_enter fd to_submit:uint min_complete:uint flags:io_uring_enter argp argsz -> count
  io_uring_register fd opcode:uint arg:ptr nr_args:uint -> int
  io_uring_setup entries:uint params:ptr -> fd
  poll ufds nfds:uint timeout_msecs:int -> count
  ppoll,ppoll_time32 ufds nfds:uint tsp sigmask sigsetsize -> count
  pselect6,pselect6_time32 n:int inp outp exp tsp sig:ptr -> count
  select n:int inp outp exp tvp:ptr -> count
  userfaultfd flags:userfaultfd -> fd
`;
