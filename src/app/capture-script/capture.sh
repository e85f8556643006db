
# ---- What follows is the same in every script that ftrail makes. ----

# The command keeps the surroundings that this script was started in.
HIS_UMASK=$(umask) HIS_PATH=${PATH:-/bin} HIS_LOCALE=${LC_ALL:-}
export LC_ALL=C PATH="$HIS_PATH:/usr/sbin:/usr/bin:/sbin:/bin"
umask 077
PHASE=setup STOP='' T='' I='' O='' W='' MOUNTED='' OWN='' P='' COMMANDED='' CODE=''

say() { printf 'ftrail: %s\n' "$*" >&2; }
die() { say "$*"; exit 1; }

# A target may have busybox alone, without links to its parts.
for tool in cat grep sed mkdir rmdir rm mv sleep tar gzip mount umount uname date dmesg id; do
  if ! command -v "$tool" >/dev/null 2>&1 && command -v busybox >/dev/null 2>&1 && busybox "$tool" --help >/dev/null 2>&1; then
    eval "$tool() { busybox $tool \"\$@\"; }"
  fi
done
have() { command -v "$1" >/dev/null 2>&1; }
for tool in cat grep sed mkdir rmdir rm mv sleep; do have "$tool" || die "this target has no $tool: nothing was changed"; done

# Writing that may be refused: the answer of the kernel counts, not its words.
put() { { printf '%s\n' "$1" > "$2"; } 2>/dev/null; }
append() { { printf '%s\n' "$1" >> "$2"; } 2>/dev/null; }
enabled() { printf '%s\n' "$*" >> "$W/c/enabled"; }
missing() { printf '%s\n' "$*" >> "$W/c/missing"; say "missing: $*"; }

# started PID: when it started, in clock ticks; a pid and this number together are never given out twice.
started() {
  line=''
  { read -r line < "/proc/$1/stat"; } 2>/dev/null || return 1
  # shellcheck disable=SC2086  # the fields are to be parted
  set -- ${line##*) }
  [ $# -ge 20 ] || return 1
  STATE=$1
  shift 19
  STARTED=$1
}
runs() { started "$1" && [ "$STATE" != Z ] && [ "$STATE" != X ]; }
# since MAJOR MINOR: is this kernel of that version or later?
since() {
  release=$(cat /proc/sys/kernel/osrelease 2>/dev/null)
  major=${release%%.*} minor=${release#*.}
  minor=${minor%%[!0-9]*}
  case $major:$minor in :* | *: | *[!0-9:]*) return 0 ;; esac
  [ "$major" -gt "$1" ] || { [ "$major" -eq "$1" ] && [ "$minor" -ge "$2" ]; }
}
# Hundredths of a second since boot.
uptime_now() { read -r up _ < /proc/uptime; up=${up%.*}${up#*.}; NOW=${up#"${up%%[!0]*}"}; NOW=${NOW:-0}; }

# ---- Putting everything back. ----

# restore_from FILE: lines of FILE-BELOW-TRACEFS and VALUE, the first written is the oldest value.
restore_from() {
  while read -r file value; do
    case $file in /* | *..*) continue ;; esac
    put "$value" "$T/$file" || say "could not set $file back to '$value'"
  done < "$1"
}

remove_instance() {
  put 0 "$1/tracing_on"
  put 0 "$1/events/enable"
  for again in 1 2 3 4 5; do
    rmdir "$1" 2>/dev/null && return 0
    [ -d "$1" ] || return 0
    sleep "$again"
  done
  say "could not remove $1; tracing is off in it"
  return 1
}

# remove_probes GROUP: only what was defined under this name. Appending: a plain > would remove the probes of everybody.
remove_probes() {
  [ -e "$T/kprobe_events" ] || return 0
  [ ! -e "$T/events/$1/enable" ] || put 0 "$T/events/$1/enable"
  grep "^[a-z0-9]*:$1/" "$T/kprobe_events" 2>/dev/null | sed 's/^[a-z0-9]*:\([^ ]*\) .*/\1/' | while read -r event; do
    append "-:$event" "$T/kprobe_events" || say "could not remove the probe $event"
  done
}

restore() {
  [ -n "$T" ] || return 0
  if [ -n "$OWN" ]; then
    for d in "$O" "$I"; do [ -z "$d" ] || [ ! -d "$d" ] || remove_instance "$d"; done
  elif [ -n "$I" ]; then
    put 0 "$I/tracing_on"
    # The tracer itself last: nothing is recorded while the rest is set back.
    if [ -e "$W/restore" ]; then
      sed '1!G;h;$!d' "$W/restore" > "$W/restore.back"
      restore_from "$W/restore.back"
      rm -f "$W/restore" "$W/restore.back"
    fi
  fi
  I='' O=''
  remove_probes "ftrail_$ME"
  if [ -n "$MOUNTED" ]; then
    umount "$MOUNTED" 2>/dev/null || say "could not unmount $MOUNTED"
    MOUNTED=''
  fi
  T=''
}

finish() {
  code=$1
  trap '' INT TERM HUP PIPE
  trap - EXIT
  restore
  [ -z "$W" ] || [ -n "${KEEP:-}" ] || rm -rf "$W"
  exit "$code"
}

on_signal() {
  case $PHASE in
    record)
      STOP=$1
      # Ctrl-C is for the command as well; its end is part of the story.
      if [ "$1" = INT ] && [ -n "$JOBS" ] && [ -n "$P" ] && [ -z "$FORWARDED" ]; then
        FORWARDED=yes STOP=''
        kill -INT "-$P" 2>/dev/null || STOP=$1
      fi
      ;;
    *) say "stopped by SIG$1"; finish "$2" ;;
  esac
}
JOBS='' FORWARDED=''
trap 'finish $?' EXIT
trap 'on_signal INT 130' INT
trap 'on_signal TERM 143' TERM
trap 'on_signal HUP 129' HUP
trap 'on_signal PIPE 141' PIPE

started $$ || die "/proc is not mounted: nothing was changed"
ME=$$_$STARTED

# ---- Where tracing is. ----

is_tracefs() { [ -e "$1/tracing_on" ] && [ -d "$1/events" ]; }

find_tracefs() {
  if [ -n "${FTRAIL_TRACEFS:-}" ]; then
    T=$FTRAIL_TRACEFS
    is_tracefs "$T" || { T=''; die "FTRAIL_TRACEFS=$FTRAIL_TRACEFS is no tracefs"; }
    return
  fi
  for d in /sys/kernel/tracing /sys/kernel/debug/tracing; do
    if is_tracefs "$d"; then T=$d; return; fi
  done
  while read -r _ d type _; do
    case $type in
      tracefs) if is_tracefs "$d"; then T=$d; return; fi ;;
      debugfs) if is_tracefs "$d/tracing"; then T=$d/tracing; return; fi ;;
    esac
  done < /proc/mounts
  if [ "$(id -u 2>/dev/null || echo 0)" != 0 ]; then die "tracing is for root: run this as root"; fi
  have mount || die "tracefs is not mounted, and there is no mount"
  if [ -d /sys/kernel/tracing ] && mount -t tracefs nodev /sys/kernel/tracing 2>/dev/null; then
    MOUNTED=/sys/kernel/tracing T=/sys/kernel/tracing
  elif [ -d /sys/kernel/debug ] && mount -t debugfs nodev /sys/kernel/debug 2>/dev/null; then
    MOUNTED=/sys/kernel/debug T=/sys/kernel/debug/tracing
  fi
  if [ -z "$T" ] || ! is_tracefs "$T"; then die "no tracefs: this kernel is built without ftrace, or locked down"; fi
}

# A place for what is gathered; never one that somebody else has made.
make_work_folder() {
  for BASE in "${FTRAIL_TMP:-${TMPDIR:-/tmp}}" /tmp /var/tmp /run /dev/shm .; do
    W=$BASE/ftrail-$ME
    if mkdir "$W" 2>/dev/null && mkdir "$W/c" "$W/c/stats" "$W/c/maps"; then return; fi
  done
  W=''
  die "no folder to write to: set TMPDIR"
}

# What runs left behind that were killed with -9: their names tell who made them, and whether that process is gone.
gone() {
  case $1 in *[!0-9_]* | _* | *_ | *_*_*) return 1 ;; *_*) ;; *) return 1 ;; esac
  ! { started "${1%_*}" && [ "$STARTED" = "${1#*_}" ]; }
}
clean_leftovers() {
  for d in "$T"/instances/ftrail-*; do
    name=${d##*/ftrail-}
    if [ -d "$d" ] && gone "${name%-others}"; then
      say "removing what a killed run left: ${d##*/}"
      remove_instance "$d"
    fi
  done
  for d in "$BASE"/ftrail-*; do
    if [ -d "$d" ] && [ ! -h "$d" ] && [ -O "$d" ] && gone "${d##*/ftrail-}"; then
      if [ -f "$d/restore" ]; then
        say "putting back what a killed run changed"
        put 0 "$T/tracing_on"
        sed '1!G;h;$!d' "$d/restore" > "$W/back" && restore_from "$W/back"
      fi
      [ ! -f "$d/mounted" ] || MOUNTED=$(cat "$d/mounted")
      rm -rf "$d"
    fi
  done
  [ ! -e "$T/kprobe_events" ] || sed -n 's/^[a-z0-9]*:ftrail_\([0-9_]*\)\/.*/\1/p' "$T/kprobe_events" 2>/dev/null | while read -r name; do
    if gone "$name"; then remove_probes "ftrail_$name"; fi
  done
}

# Own buffers, where the kernel has them (3.10). Before 5.17 a stack trigger of an instance may write to the main buffer
# (kernel/trace/trace_events_trigger.c), so there the main buffer it is, if nobody uses it.
make_instance() {
  if [ -z "${FTRAIL_MAIN_BUFFER:-}" ] && [ -d "$T/instances" ] && { [ -z "$STACKS" ] || since 5 17; }; then
    OWN=yes I=$T/instances/ftrail-$ME
    if mkdir "$I" 2>/dev/null; then
      put 0 "$I/tracing_on"
      return
    fi
    OWN='' I=''
  fi
  read -r tracer < "$T/current_tracer" 2>/dev/null
  if [ "${tracer:-nop}" != nop ] || [ -n "$(cat "$T/set_event" 2>/dev/null)" ]; then
    die "the main buffer is in use by somebody else, and there can be no other: nothing was changed"
  fi
  say "recording in the main buffer: what it holds now is lost"
  I=$T
  change tracing_on 0
}

# change FILE VALUE [DIR]: sets it, and in the main buffer remembers what it was.
change() {
  dir=${3:-$I}
  [ -e "$dir/$1" ] || return 1
  if [ -z "$OWN" ]; then
    old=$(cat "$dir/$1" 2>/dev/null) || return 1
    case $old in
      *expanded:*) old=${old##*expanded: } old=${old%%)*} ;;
      *\[*\]*) old=${old#*\[} old=${old%%\]*} ;;
      *'
'*) old=$(printf '%s' "$old" | sed ':a;N;$!ba;s/\n/ /g') ;;
    esac
    printf '%s %s\n' "$1" "$old" >> "$W/restore"
  fi
  put "$2" "$dir/$1"
}

# ---- What the plan is made of. ----

# both OTHERS COMMAND...: in the own buffer, and with "others" in that of everybody else too.
everywhere() {
  others=$1
  shift
  "$@" "$I" || return 1
  if [ "$others" = others ] && [ -n "$O" ]; then "$@" "$O"; fi
  return 0
}
enable_in() { if [ -z "$OWN" ]; then change "events/$1/enable" 1; else put 1 "$2/events/$1/enable"; fi; }
stack_in() {
  if grep -q '^stacktrace' "$2/events/$1/trigger" 2>/dev/null; then return 0; fi
  append stacktrace "$2/events/$1/trigger" || return 1
  [ -n "$OWN" ] || printf '%s %s\n' "events/$1/trigger" '!stacktrace' >> "$W/restore"
}

# event NAME STACK OTHERS
event() {
  if [ ! -e "$I/events/$1/enable" ]; then missing "event $1: this kernel does not have it"; return 0; fi
  if ! everywhere "$3" enable_in "$1"; then missing "event $1: cannot be enabled"; return 0; fi
  enabled "event $1"
  [ "$2" = stack ] || return 0
  if everywhere "$3" stack_in "$1"; then enabled "stack of $1"; else missing "stack of $1: this kernel does not take the trigger"; fi
}

# syscalls OTHERS NAME...; "all" for all of them
syscalls() {
  others=$1
  shift
  if [ ! -d "$I/events/syscalls" ]; then
    if [ -e "$I/events/raw_syscalls/sys_enter/enable" ]; then
      [ -n "${RAW:-}" ] || { RAW=yes; event raw_syscalls/sys_enter '' ''; event raw_syscalls/sys_exit '' ''; }
    else
      [ -n "${RAW:-}" ] || { RAW=yes; missing "system calls: this kernel does not trace them"; }
    fi
    return 0
  fi
  if [ "$1" = all ]; then event syscalls '' ''; return 0; fi
  on='' off=''
  for name; do
    if [ -e "$I/events/syscalls/sys_enter_$name/enable" ] && everywhere "$others" enable_in "syscalls/sys_enter_$name" &&
      everywhere "$others" enable_in "syscalls/sys_exit_$name"; then on="$on $name"; else off="$off $name"; fi
  done
  [ -z "$on" ] || enabled "system calls$on"
  [ -z "$off" ] || enabled "(this machine has no system calls$off)"
}

# Registers of arguments at the entry of a function, for kernels without $argN (before 4.20).
registers() {
  case $(uname -m 2>/dev/null) in
    x86_64) R1=%di R2=%si R3=%dx ;;
    aarch64) R1=%x0 R2=%x1 R3=%x2 ;;
    arm*) R1=%r0 R2=%r1 R3=%r2 ;;
    riscv*) R1=%a0 R2=%a1 R3=%a2 ;;
    ppc*) R1=%gpr3 R2=%gpr4 R3=%gpr5 ;;
    s390x) R1=%r2 R2=%r3 R3=%r4 ;;
    *) R1='' R2='' R3='' ;;
  esac
}

# The lines of the symbols that the plan can use, read once.
read_symbols() {
  [ -n "$SYMBOLS" ] || return 0
  grep -E "^[0-9a-f]+ [tTwW] ($SYMBOLS)([[:space:]]|\$)" /proc/kallsyms > "$W/c/symbols" 2>/dev/null
  grep -E "^($SYMBOLS)([[:space:]]|\$)" "$T/available_filter_functions" > "$W/functions" 2>/dev/null
  registers
}
has_symbol() { grep -q -E "^([0-9a-f]+ [tTwW] )?$1([[:space:]]|\$)" "$W/c/symbols" "$W/functions" 2>/dev/null; }

# probe KIND NAME SYMBOL ARGS: true when the kernel takes it. KIND p is the entry of the function, r its return.
probe() {
  [ -e "$T/kprobe_events" ] || return 1
  has_symbol "$3" || return 1
  # shellcheck disable=SC2016  # $arg1 is the kernel's word
  named=$(printf '%s' "$4" | sed 's/@\([0-9]\)/$arg\1/g')
  placed=$(printf '%s' "$4" | sed "s/@1/$R1/g;s/@2/$R2/g;s/@3/$R3/g")
  for given in "$named" "$placed"; do
    for args in "$given" "$(printf '%s' "$given" | sed 's/:ustring/:string/g')"; do
      if append "$1:ftrail_$ME/$2 $3 $args" "$T/kprobe_events"; then
        if put 1 "$I/events/ftrail_$ME/$2/enable"; then
          enabled "probe $1:$2 $3 $args"
          return 0
        fi
        append "-:ftrail_$ME/$2" "$T/kprobe_events"
      fi
    done
  done
  return 1
}
no_probe() {
  if [ -e "$T/kprobe_events" ]; then missing "probe $1: this kernel has or takes none of $2"
  else missing "probe $1: this kernel has no kprobes"; fi
}

# option NAME VALUE MAJOR MINOR: on kernels since that version
option() {
  since "$3" "$4" || return 0
  if [ ! -e "$I/options/$1" ]; then missing "option $1: this kernel does not have it"; return 0; fi
  if change "options/$1" "$2"; then enabled "option $1=$2"; else missing "option $1: cannot be set"; fi
  if [ -n "$O" ]; then put "$2" "$O/options/$1"; fi
}

# buffer KB: for each CPU; less where memory does not suffice
buffer() {
  kb=$1
  while ! change buffer_size_kb "$kb"; do
    kb=$((kb / 2))
    [ "$kb" -ge 64 ] || { missing "buffer: its size cannot be set"; return 0; }
  done
  [ "$kb" = "$1" ] || missing "buffer of $1 KB for each CPU: memory suffices for $kb KB"
  enabled "buffer $kb KB for each CPU"
  if [ -n "$O" ]; then put "$kb" "$O/buffer_size_kb"; fi
}

# ---- Of whom. ----

# Children are followed. The script itself and what it starts are left out.
choose_tasks() {
  if [ -n "$TARGET" ]; then
    runs "$TARGET" || die "there is no process $TARGET: nothing is recorded"
    TIDS=''
    for d in /proc/"$TARGET"/task/*; do TIDS="$TIDS ${d##*/}"; done
    TIDS=${TIDS# }
  fi
  [ -z "$TARGET$COMMAND" ] || [ "$BY_TASK" = yes ] || say "packets pass in the context of any task: everybody is recorded"
  if [ "$BY_TASK" = yes ] && [ -n "$TARGET$COMMAND" ]; then
    if [ ! -e "$I/set_event_pid" ]; then missing "choice of tasks: this kernel records everybody"; return; fi
    CHOSEN=yes
    change options/event-fork 1 || missing "children: this kernel does not follow them"
    if [ -n "$TARGET" ]; then change set_event_pid "$TIDS" || die "the tasks of process $TARGET cannot be chosen"
    else change set_event_pid $$ || die "the command cannot be chosen"; put '' "$I/set_event_pid"; fi
    if [ -n "$O" ]; then
      put 1 "$O/options/event-fork"
      if ! put "$$ ${TIDS:-}" "$O/set_event_notrace_pid"; then
        remove_instance "$O"
        O=''
      fi
    fi
  elif [ -e "$I/set_event_notrace_pid" ]; then
    change set_event_notrace_pid $$ && change options/event-fork 1
  fi
}

# A second buffer for what everybody else does to the chosen tasks: sending signals, waiting (set_event_notrace_pid: 5.7).
make_others() {
  [ -n "$OTHERS" ] && [ -n "$OWN" ] && [ "$BY_TASK" = yes ] && [ -n "$TARGET$COMMAND" ] || return 0
  if [ -e "$I/set_event_notrace_pid" ] && mkdir "$I-others" 2>/dev/null; then
    O=$I-others
    put 0 "$O/tracing_on"
  else missing "what others do to the chosen tasks: this kernel cannot record it beside them"; fi
}

# ---- Recording. ----

# Short, because a sleep outlives a script that is killed.
nap() { sleep "$1" >/dev/null 2>&1 & NAP=$!; wait "$NAP"; }

# Files of user space behind the addresses, as long as the tasks live.
copy_maps() {
  if [ -n "${CHOSEN:-}" ]; then list=$(cat "$I/set_event_pid" 2>/dev/null)
  else list=''; for d in /proc/[0-9]*; do list="$list ${d##*/}"; done; fi
  count=0
  for p in $list; do
    [ "$count" -lt 100 ] || break
    [ "$p" != $$ ] || continue
    if { cat "/proc/$p/maps" > "$W/maps"; } 2>/dev/null && [ -s "$W/maps" ]; then
      mv "$W/maps" "$W/c/maps/$p"
      count=$((count + 1))
    fi
  done
}

# The shell below starts the command, so that its birth, its end and who waited for it are in the trace.
start_command() {
  # Jobs of their own keep the usual handling of Ctrl-C; without a terminal a command starts with SIGINT ignored.
  set -m 2>/dev/null
  (
    umask "$HIS_UMASK"
    PATH=$HIS_PATH
    if [ -n "$HIS_LOCALE" ]; then LC_ALL=$HIS_LOCALE; else unset LC_ALL; fi
    # shellcheck disable=SC2016  # expanded by the inner shell
    exec sh -c 'if [ -n "$1" ]; then { echo $$ > "$1/set_event_pid"; } 2>/dev/null; fi
      if [ -n "$5" ]; then { echo 1 > "$5/tracing_on"; } 2>/dev/null; fi
      echo 1 > "$2/tracing_on"; sh -c "$3"; { echo $? > "$4"; } 2>/dev/null' ftrail \
      "${CHOSEN:+$I}" "$I" "$COMMAND" "$W/code" "$O" < /dev/null
  ) &
  P=$!
  case $- in *m*) JOBS=yes; set +m ;; esac 2>/dev/null
}

record() {
  uptime_now
  BEGAN=$NOW
  PHASE=record
  if [ -n "$COMMAND" ]; then COMMANDED=yes; start_command
  else
    [ -z "$O" ] || put 1 "$O/tracing_on"
    put 1 "$I/tracing_on" || die "tracing cannot be switched on"
  fi
  short=1
  if sleep 0.01 2>/dev/null; then short=0.2; fi
  say "recording${RECORD_SECONDS:+ for $RECORD_SECONDS s}${COMMAND:+ while the command runs}; Ctrl-C ends it and saves"
  while [ -z "$STOP" ]; do
    uptime_now
    past=$((NOW - BEGAN))
    if [ -n "$RECORD_SECONDS" ]; then
      left=$((RECORD_SECONDS * 100 - past))
      [ "$left" -gt 0 ] || break
    else left=6000; fi
    if [ -n "$COMMAND" ]; then
      if [ -e "$W/code" ] || ! runs "$P"; then break; fi
    elif [ -n "$TARGET" ] && ! started "$TARGET"; then break
    fi
    if [ -n "$TARGET$COMMAND" ]; then
      [ -z "${CHOSEN:-}" ] || copy_maps
      if [ "$past" -lt 200 ]; then nap "$short"; else nap 1; fi
    elif [ "$left" -ge 6000 ]; then nap 60
    elif [ "$left" -ge 100 ]; then nap $((left / 100))
    else nap "$short"; fi
  done
  put 0 "$I/tracing_on"
  [ -z "$O" ] || put 0 "$O/tracing_on"
  [ -z "${NAP:-}" ] || kill "$NAP" 2>/dev/null
  PHASE=save
  uptime_now
  if [ -n "$STOP" ]; then say "stopped by SIG$STOP after $(((NOW - BEGAN) / 100)) s"; fi
  if [ -n "$COMMAND" ]; then
    if [ -e "$W/code" ]; then read -r CODE < "$W/code"; say "the command ended with $CODE"
    elif runs "$P"; then say "the command goes on (process $P)"; fi
  fi
}

# ---- Saving. ----

save_trace() { # BUFFER NAME
  if have gzip; then gzip -c < "$1/trace" > "$W/c/$2.gz"; else cat "$1/trace" > "$W/c/$2"; fi || die "the trace cannot be saved: is $BASE full?"
  mkdir -p "$W/c/stats${2#trace}"
  for c in "$1"/per_cpu/cpu*; do cat "$c/stats" > "$W/c/stats${2#trace}/${c##*/}" 2>/dev/null; done
}

# A table of all functions is large: only where an address of one stands in the trace without its name.
save_symbols() {
  if grep -q -E '(=> |location=|call_site=|<- )<?(0x)?(ffff[0-9a-e][0-9a-f]{11}|ffffffff[0-9a-e][0-9a-f]{7}|[89a-f][0-9a-f]{7}([^0-9a-f]|$))' "$I/trace"; then
    grep ' [tTwW] ' /proc/kallsyms > "$W/c/kallsyms" 2>/dev/null || missing "symbols: /proc/kallsyms cannot be read"
  fi
}

gather() {
  [ -z "$O" ] || save_trace "$O" trace.others
  save_trace "$I" trace
  save_symbols
  copy_maps
  clock=$(cat "$I/trace_clock" 2>/dev/null)
  printf '%s\n' "$clock" > "$W/c/trace_clock"
  clock=${clock#*\[} clock=${clock%%\]*}
  uname -a > "$W/c/uname" 2>/dev/null
  dmesg > "$W/c/dmesg" 2>/dev/null || { rm -f "$W/c/dmesg"; missing "kernel log: it cannot be read"; }
  {
    printf 'format 1\nftrail %s\npurpose %s\n' "$FTRAIL" "$PURPOSE"
    printf 'kernel %s\n' "$(uname -r 2>/dev/null)"
    printf 'machine %s\n' "$(uname -m 2>/dev/null)"
    printf 'clock %s\n' "$clock"
    printf 'buffer %s\n' "${OWN:+own}"
    printf 'recorded_cs %s\n' "$((NOW - BEGAN))"
    printf 'ended_by %s\n' "${STOP:-itself}"
    [ -z "$TARGET" ] || printf 'pid %s\n' "$TARGET"
    [ -z "$COMMANDED" ] || printf 'exec_pid %s\nexec_code %s\n' "$P" "${CODE:-unknown}"
    printf 'date %s\n' "$(date -u '+%Y-%m-%dT%H:%M:%SZ' 2>/dev/null)"
    sed 's/^\([^ ]*\).*/uptime \1/' /proc/uptime
  } > "$W/c/ftrail-capture"
}

pack() {
  say "packing"
  list=ftrail-capture
  for f in enabled missing uname trace_clock symbols kallsyms dmesg maps stats stats.others trace.others trace.others.gz trace trace.gz; do
    if [ -e "$W/c/$f" ]; then list="$list $f"; fi
  done
  if ! have tar; then
    KEEP=yes
    say "there is no tar: the files stay in $W/c; pack that folder elsewhere"
    printf '%s\n' "$W/c"
    return 0
  fi
  stamp=$(date '+%Y%m%d-%H%M%S' 2>/dev/null)
  OUT=${1:-ftrail-$PURPOSE-${stamp:-$$}.tar.gz}
  if ! have gzip; then
    OUT=${OUT%.gz}
    say "there is no gzip: the archive is $OUT"
  fi
  if ! put '' "$OUT.part"; then
    OUT=$BASE/${OUT##*/}
    put '' "$OUT.part" || die "the archive cannot be written"
  fi
  # shellcheck disable=SC2086  # a list of names without blanks
  if { (cd "$W/c" && tar -cf - $list) || printf 'torn\n' > "$W/torn"; } | if have gzip; then gzip -c; else cat; fi > "$OUT.part" && [ ! -e "$W/torn" ]; then
    mv "$OUT.part" "$OUT"
    say "done; where ftrail is: ftrail report ${OUT##*/}"
    printf '%s\n' "$OUT"
  else
    rm -f "$OUT.part"
    die "the archive cannot be written: is the disk full?"
  fi
}

find_tracefs
make_work_folder
[ -z "$MOUNTED" ] || printf '%s\n' "$MOUNTED" > "$W/mounted"
clean_leftovers
make_instance
make_others
buffer "$BUFFER_KB"
[ -n "$OWN" ] || put '' "$I/trace"
read_symbols
choose_tasks
plan
[ -s "$W/c/enabled" ] || die "nothing could be enabled"
record
gather
restore
pack "$@"
