/** Numbers from 424 on are the same on every architecture here (scripts/syscall.tbl, Linux 6.12; from 463 Linux 6.13-7.0). Data: a numbered list (src/trace/numbered.ts). */
export const RECENT = `
  424 pidfd_send_signal io_uring_setup io_uring_enter io_uring_register open_tree move_mount
  430 fsopen fsconfig fsmount fspick pidfd_open clone3 close_range openat2 pidfd_getfd faccessat2
  440 process_madvise epoll_pwait2 mount_setattr quotactl_fd landlock_create_ruleset landlock_add_rule
  landlock_restrict_self memfd_secret process_mrelease futex_waitv
  450 set_mempolicy_home_node cachestat fchmodat2 map_shadow_stack futex_wake futex_wait futex_requeue statmount
  listmount lsm_get_self_attr
  460 lsm_set_self_attr lsm_list_modules mseal setxattrat getxattrat listxattrat removexattrat open_tree_attr
  file_getattr file_setattr
  470 listns rseq_slice_yield
`;
