/** Memory: arguments and result by syscall. Data; src/trace/syscall-args.ts explains the notation. */
export const MEMORY_SYSCALLS = `
  brk brk -> hex
  get_mempolicy policy:ptr nmask:ptr maxnode addr flags:get_mempolicy
  madvise start len_in behavior:madvise
  map_shadow_stack addr size flags -> addr
  mbind start len mode:mempolicy nmask:ptr maxnode flags:mbind
  memfd_create uname:ptr flags:memfd -> fd
  memfd_secret flags:fd_flags -> fd
  migrate_pages pid maxnode old_nodes:ptr new_nodes:ptr -> count
  mincore start len vec
  mlock start len
  mlock2 start len flags:mlock
  mlockall flags:mlockall
  mmap addr len prot:mmap_prot flags:mmap_flags fd off -> addr
  mmap2 addr len prot:mmap_prot flags:mmap_flags fd pgoff -> addr
  mmap_pgoff addr len prot:mmap_prot flags:mmap_flags fd pgoff -> addr
  move_pages pid nr_pages:size pages:ptr nodes:ptr status:ptr flags:mbind -> count
  mprotect start len prot:mmap_prot
  mremap addr old_len new_len flags:mremap new_addr -> addr
  mseal start len flags
  msync start len flags:msync
  munlock start len
  munlockall
  munmap addr len
  pkey_alloc flags init_val:pkey -> int
  pkey_free pkey:int
  pkey_mprotect start len prot:mmap_prot pkey:int
  process_madvise pidfd vec vlen behavior:madvise flags -> bytes
  process_mrelease pidfd flags
  process_vm_readv pid lvec:ptr liovcnt:size rvec:ptr riovcnt:size flags -> bytes
  process_vm_writev pid lvec:ptr liovcnt:size rvec:ptr riovcnt:size flags -> bytes
  remap_file_pages start size prot:mmap_prot pgoff flags:mmap_flags
  set_mempolicy mode:mempolicy nmask:ptr maxnode
  set_mempolicy_home_node start len home_node flags
`;
