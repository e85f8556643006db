#!/bin/bash
# Runs in the guest: every script of /scenarios/cs-*.sh under busybox alone, beside what it is to record, and holds what tracefs
# says before against what it says after. The rig's lib.sh gives begin; $O is the folder of results.
. /scenarios/lib.sh
SH="/bin/busybox sh"
TRACING=/sys/kernel/tracing

state() {
  for f in tracing_on current_tracer set_event set_event_pid set_event_notrace_pid kprobe_events trace_clock; do echo "== $f"; cat $TRACING/$f; done
  for f in $TRACING/options/*; do echo "${f##*/} $(cat $f)"; done
  ls $TRACING/instances; ls -d $TRACING/events/ftrail* /tmp/ftrail* 2>/dev/null
}
compare() { cmp -s $O/before $O/after && echo same > $O/restored || diff $O/before $O/after > $O/restored; }
run() { # NAME SCRIPT
  begin $1
  state > $O/before 2>&1
  (cd /tmp; PATH=/bin $SH $2 $O/capture.tar.gz > $O/stdout 2> $O/stderr; echo $? > $O/rc)
  state > $O/after 2>&1
  compare
  echo "RIG: $1 rc=$(cat $O/rc) restored: $(head -1 $O/restored)"
}
recording() { until grep -q 'Ctrl-C ends it' /out/$1 2>/dev/null; do sleep 0.3; done; sleep 0.5; }
with_target() { sed "s/^TARGET=.*/TARGET='$1'/" /scenarios/cs-life-pid.sh; }

run cs-life /scenarios/cs-life.sh

(cd /root; exec ./a.out) & A=$!
sleep 1
with_target $A > /tmp/life-pid.sh
(recording cs-life-pid/stderr; kill -9 $A) &
run cs-life-pid /tmp/life-pid.sh &
R=$!
wait $A 2>/dev/null
wait $R

(recording cs-signals/stderr; bash -c 'kill -TERM $$') &
run cs-signals /scenarios/cs-signals.sh
run cs-files /scenarios/cs-files.sh

for m in veth; do [ -f /modules/$m.ko ] && insmod /modules/$m.ko; done
ip link add veth0 type veth peer name veth1
unshare -n sleep 1000 & NS=$!
sleep 1
ip link set veth1 netns $NS; ip link set veth0 up; ip addr add 10.9.1.1/24 dev veth0
nsenter -t $NS -n sh -c 'ip link set lo up; ip link set veth1 up; ip addr add 10.9.1.2/24 dev veth1'
(recording cs-packets/stderr; ping -c 1 -W 2 10.9.1.2; echo hello > /dev/udp/127.0.0.1/7001) > /dev/null 2>&1 &
run cs-packets /scenarios/cs-packets.sh
kill $NS

run cs-calls /scenarios/cs-calls.sh
(recording cs-sched/stderr; wl mini 2) > /dev/null 2>&1 &
run cs-sched /scenarios/cs-sched.sh

# Stopped in the middle. (Not by SIGINT: what init starts in the background ignores it, and so does all that follows.)
for sig in TERM HUP; do
  begin cs-stop-$sig
  state > $O/before 2>&1
  (cd /tmp; exec env PATH=/bin $SH /scenarios/cs-life-pid.sh $O/capture.tar.gz > $O/stdout 2> $O/stderr) &
  C=$!
  recording cs-stop-$sig/stderr
  kill -$sig $C
  wait $C
  echo $? > $O/rc
  state > $O/after 2>&1
  compare
  echo "RIG: stop $sig rc=$(cat $O/rc) restored: $(head -1 $O/restored)"
done

# Killed, and run again.
begin cs-kill9
state > $O/before 2>&1
(cd /tmp; exec env PATH=/bin $SH /scenarios/cs-packets.sh $O/capture.tar.gz > $O/stdout 2> $O/stderr) & C=$!
recording cs-kill9/stderr
kill -9 $C
wait $C 2>/dev/null
{ ls $TRACING/instances; grep -c ftrail $TRACING/kprobe_events; } > $O/left
(cd /tmp; PATH=/bin $SH /scenarios/cs-files.sh $O/again.tar.gz > $O/stdout 2> $O/stderr; echo $? > $O/rc)
state > $O/after 2>&1
compare
echo "RIG: kill -9 left $(cat $O/left | tr '\n' ' ') then rc=$(cat $O/rc) restored: $(head -1 $O/restored)"

export FTRAIL_MAIN_BUFFER=1
run cs-main-buffer /scenarios/cs-life.sh
unset FTRAIL_MAIN_BUFFER

# Nothing is mounted.
begin cs-unmounted
umount $TRACING; umount /sys/kernel/debug/tracing 2>/dev/null; umount /sys/kernel/debug
cat /proc/mounts > $O/before
(cd /tmp; PATH=/bin $SH /scenarios/cs-files.sh $O/capture.tar.gz > $O/stdout 2> $O/stderr; echo $? > $O/rc)
cat /proc/mounts > $O/after
compare
echo "RIG: unmounted rc=$(cat $O/rc) restored: $(head -1 $O/restored)"
true
