/** Clocks and timers: arguments and result by syscall. Data; src/trace/syscall-args.ts explains the notation. */
export const TIME_SYSCALLS = `
  adjtimex,adjtimex_time32 txc_p:ptr -> int
  alarm seconds:uint -> int
  clock_adjtime,clock_adjtime32 which_clock utx:ptr -> int
  clock_getres,clock_getres_time32 which_clock tp
  clock_gettime,clock_gettime32 which_clock tp
  clock_nanosleep,clock_nanosleep_time32 which_clock flags:timer rqtp rmtp
  clock_settime,clock_settime32 which_clock tp
  getitimer which:itimer value
  gettimeofday tv tz
  nanosleep,nanosleep_time32 rqtp rmtp
  setitimer which:itimer value ovalue:ptr
  settimeofday tv tz
  stime,stime32 tptr:ptr
  time,time32 tloc:ptr -> off
  timer_create which_clock timer_event_spec:ptr created_timer_id:ptr
  timer_delete timer_id:int
  timer_getoverrun timer_id:int -> count
  timer_gettime,timer_gettime32 timer_id:int setting:ptr
  timer_settime,timer_settime32 timer_id:int flags:timer new_setting:ptr old_setting:ptr
  timerfd_create clockid flags:timerfd -> fd
  timerfd_gettime,timerfd_gettime32 ufd otmr:ptr
  timerfd_settime,timerfd_settime32 ufd flags:timerfd_set utmr:ptr otmr:ptr
`;
