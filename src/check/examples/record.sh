#!/bin/sh
# Runs a command while the kernel records what the rules need; the trace is the last argument before `--`.
#   sudo sh record.sh run.trace -- ./a.out
set -eu
tracefs=${TRACEFS:-/sys/kernel/tracing}
out=$1
shift 2
echo 0 >"$tracefs/tracing_on"
echo 8192 >"$tracefs/buffer_size_kb"
: >"$tracefs/trace"
events='signal sched/sched_process_fork sched/sched_process_exec sched/sched_process_exit syscalls/sys_enter_exit_group
  syscalls/sys_enter_wait4 syscalls/sys_exit_wait4'
for event in $events; do
  echo 1 >"$tracefs/events/$event/enable"
done
echo 1 >"$tracefs/tracing_on"
code=0
"$@" || code=$?
echo 0 >"$tracefs/tracing_on"
cat "$tracefs/trace" >"$out"
for event in $events; do
  echo 0 >"$tracefs/events/$event/enable"
done
echo "recorded $out, the command ended with $code" >&2
