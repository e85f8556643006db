/** Descriptors and what is read and written through them: arguments and result by syscall. Data; src/trace/syscall-args.ts explains the notation. */
export const DESCRIPTORS_SYSCALLS = `
  cachestat fd cstat_range:ptr cstat:ptr flags
  close fd
  close_range fd max_fd:uint flags:close_range
  copy_file_range fd_in off_in:ptr fd_out off_out:ptr len flags -> bytes
  dup fildes -> fd
  dup2 oldfd newfd -> fd
  dup3 oldfd newfd flags:fd_flags -> fd
  fadvise64 fd offset len advice:fadvise
  fadvise64_64 fd offset len:long advice:fadvise
  fallocate fd mode:fallocate offset len:long
  fcntl fd cmd:fcntl_cmd arg -> int
  fcntl64 fd cmd:fcntl_cmd arg -> int
  fdatasync fd
  flock fd cmd:flock
  fsync fd
  ftruncate fd length
  ftruncate64 fd length
  getdents fd dirent:ptr count -> bytes
  getdents64 fd dirent:ptr count -> bytes
  ioctl fd cmd arg -> int
  llseek fd offset_high offset_low result:ptr whence:whence
  lseek fd offset whence:whence -> off
  pipe fildes:ptr
  pipe2 fildes:ptr flags:fd_flags
  pread64 fd buf count pos -> bytes
  preadv fd vec vlen pos_l pos_h -> bytes
  preadv2 fd vec vlen pos_l pos_h flags:rwf -> bytes
  pwrite64 fd buf count pos -> bytes
  pwritev fd vec vlen pos_l pos_h -> bytes
  pwritev2 fd vec vlen pos_l pos_h flags:rwf -> bytes
  read fd buf count -> bytes
  readahead fd offset count
  readv fd vec vlen -> bytes
  sendfile out_fd in_fd offset:ptr count -> bytes
  sendfile64 out_fd in_fd offset:ptr count -> bytes
  splice fd_in off_in:ptr fd_out off_out:ptr len flags:splice -> bytes
  sync
  sync_file_range fd offset nbytes flags:sync_range
  sync_file_range2 fd flags:sync_range offset nbytes
  syncfs fd
  tee fdin fdout len flags:splice -> bytes
  vmsplice fd uiov:ptr nr_segs flags:splice -> bytes
  write fd buf count -> bytes
  writev fd vec vlen -> bytes
`;
