/** Modules, keys, BPF, security, machine: arguments and result by syscall. Data; src/trace/syscall-args.ts explains the notation. */
export const SYSTEM_SYSCALLS = `
  acct name
  add_key _type:ptr _description:ptr _payload:ptr plen ringid:int -> int
  arch_prctl option:arch_prctl arg2
  bpf cmd:bpf_cmd uattr:ptr size -> int
  delete_module name_user:ptr flags:delete_module
  finit_module fd uargs flags:finit_module
  get_thread_area u_info:ptr
  gethostname name len
  getrandom ubuf len flags:getrandom -> bytes
  init_module umod:ptr len uargs
  ioperm from num:size turn_on:int
  iopl level:uint
  kexec_file_load kernel_fd initrd_fd cmdline_len:size cmdline_ptr:ptr flags
  kexec_load entry nr_segments:size segments:ptr flags
  keyctl option:keyctl arg2 arg3 arg4 arg5 -> int
  landlock_add_rule ruleset_fd rule_type:int rule_attr:ptr flags
  landlock_create_ruleset attr:ptr size flags -> fd
  landlock_restrict_self ruleset_fd flags
  lsm_get_self_attr attr:uint ctx:ptr size:ptr flags -> count
  lsm_list_modules ids:ptr size:ptr flags -> count
  lsm_set_self_attr attr:uint ctx:ptr size flags
  modify_ldt func:int ptr:ptr bytecount:size -> int
  newuname name
  olduname name
  perf_event_open attr_uptr:ptr pid cpu:int group_fd flags:perf_open -> fd
  personality personality:personality -> hex
  reboot magic1 magic2 cmd:reboot arg:ptr
  request_key _type:ptr _description:ptr _callout_info:ptr destringid:int -> int
  set_thread_area u_info:ptr
  setdomainname name len
  sethostname name len
  swapoff specialfile
  swapon specialfile swap_flags:swapon
  sysinfo info:ptr
  syslog type:int buf len -> bytes
  uname name
`;
