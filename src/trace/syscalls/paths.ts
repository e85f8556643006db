/** Paths, directories, mounts, attributes: arguments and result by syscall. Data; src/trace/syscall-args.ts explains the notation. */
export const PATHS_SYSCALLS = `
  access filename mode:access
  chdir filename
  chmod filename mode
  chown,chown16 filename user group
  chroot filename
  creat pathname mode -> fd
  faccessat dfd filename mode:access
  faccessat2 dfd filename mode:access flags:at_access
  fchdir fd
  fchmod fd mode
  fchmodat dfd filename mode
  fchmodat2 dfd filename mode flags:at
  fchown,fchown16 fd user group
  fchownat dfd filename user group flag:at
  fgetxattr fd name value size -> bytes
  flistxattr fd list size -> bytes
  fremovexattr fd name
  fsconfig fd cmd:fsconfig_cmd _key:ptr _value:ptr aux:int
  fsetxattr fd name value size flags:xattr
  fsmount fs_fd flags:fsmount attr_flags -> fd
  fsopen _fs_name:ptr flags:fsopen -> fd
  fspick dfd path flags -> fd
  fstat fd statbuf
  fstat64 fd statbuf
  fstatat64 dfd filename statbuf flag:at
  fstatfs fd buf
  fstatfs64 fd sz buf
  futimesat,futimesat_time32 dfd filename utimes
  getcwd buf size -> bytes
  getxattr pathname name value size -> bytes
  getxattrat dfd pathname at_flags:at name uargs usize -> bytes
  lchown,lchown16 filename user group
  lgetxattr pathname name value size -> bytes
  link oldname newname
  linkat olddfd oldname newdfd newname flags:at
  listmount req:ptr mnt_ids:ptr nr_mnt_ids:size flags -> count
  listxattr pathname list size -> bytes
  listxattrat dfd pathname at_flags:at list size -> bytes
  llistxattr pathname list size -> bytes
  lremovexattr pathname name
  lsetxattr pathname name value size flags:xattr
  lstat filename statbuf
  lstat64 filename statbuf
  mkdir pathname mode
  mkdirat dfd pathname mode
  mknod filename mode dev
  mknodat dfd filename mode dev
  mount dev_name dir_name type:ptr flags:mount data:ptr
  mount_setattr dfd path flags:at uattr:ptr usize
  move_mount from_dfd from_pathname:ptr to_dfd to_pathname:ptr flags:move_mount
  name_to_handle_at dfd name handle:ptr mnt_id:ptr flag:at_handle
  newfstat fd statbuf
  newfstatat dfd filename statbuf flag:at
  newlstat filename statbuf
  newstat filename statbuf
  oldumount name
  open filename flags:open mode -> fd
  open_by_handle_at mountdirfd handle:ptr flags:open -> fd
  open_tree dfd filename flags:open_tree -> fd
  openat dfd filename flags:open mode -> fd
  openat2 dfd filename how:ptr usize -> fd
  pivot_root new_root:ptr put_old:ptr
  quotactl cmd special:ptr id:id addr:ptr -> int
  quotactl_fd fd cmd id:id addr:ptr -> int
  readlink path buf bufsiz -> bytes
  readlinkat dfd pathname buf bufsiz -> bytes
  removexattr pathname name
  removexattrat dfd pathname at_flags:at name
  rename oldname newname
  renameat olddfd oldname newdfd newname
  renameat2 olddfd oldname newdfd newname flags:rename
  rmdir pathname
  setxattr pathname name value size flags:xattr
  setxattrat dfd pathname at_flags:at name uargs usize
  stat filename statbuf
  stat64 filename statbuf
  statfs pathname buf
  statfs64 pathname sz buf
  statmount req:ptr buf bufsize flags
  statx dfd filename flags:at mask:statx_mask buffer:ptr
  symlink oldname newname
  symlinkat oldname newdfd newname
  sysfs option:int arg1 arg2 -> int
  truncate path length
  truncate64 path length
  umount name flags:umount
  unlink pathname
  unlinkat dfd pathname flag:at_unlink
  uselib library:ptr
  ustat dev ubuf
  utime,utime32 filename times:ptr
  utimensat,utimensat_time32 dfd filename utimes flags:at
  utimes,utimes_time32 filename utimes
  vhangup
`;
