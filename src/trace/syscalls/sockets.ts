/** Sockets: arguments and result by syscall. Data; src/trace/syscall-args.ts explains the notation. */
export const SOCKETS_SYSCALLS = `
  accept fd upeer_sockaddr:ptr upeer_addrlen:ptr -> fd
  accept4 fd upeer_sockaddr:ptr upeer_addrlen:ptr flags:sock_flags -> fd
  bind fd umyaddr:ptr addrlen:int
  connect fd uservaddr:ptr addrlen:int
  getpeername fd usockaddr:ptr usockaddr_len:ptr
  getsockname fd usockaddr:ptr usockaddr_len:ptr
  getsockopt fd level:sock_level optname:int optval optlen
  listen fd backlog:int
  recv fd ubuf size flags:msg -> bytes
  recvfrom fd ubuf size flags:msg addr:ptr addr_len:ptr -> bytes
  recvmmsg,recvmmsg_time32 fd mmsg vlen flags:msg timeout:ptr -> count
  recvmsg fd msg flags:msg -> bytes
  send fd buff len flags:msg -> bytes
  sendmmsg fd mmsg vlen flags:msg -> count
  sendmsg fd msg flags:msg -> bytes
  sendto fd buff len flags:msg addr:ptr addr_len:int -> bytes
  setsockopt fd level:sock_level optname:int optval optlen:int
  shutdown fd how:shutdown
  socket family:family type:sock_type protocol:int -> fd
  socketpair family:family type:sock_type protocol:int usockvec:ptr
`;
