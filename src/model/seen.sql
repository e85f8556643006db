-- Events that several steps read, their text taken apart once.
CREATE OR REPLACE TEMP TABLE generate_seen AS
SELECT event_id, ts, cpu, comm, pid, sig, errno, code, target_comm, target_pid, grp, res
FROM ev.signal_generate
WHERE event_id BETWEEN getvariable('first_event') AND getvariable('last_event') AND sig IS NOT NULL;

CREATE OR REPLACE TEMP TABLE deliver_seen AS
SELECT event_id, ts, pid, comm, sig, code, sa_handler
FROM ev.signal_deliver
WHERE event_id BETWEEN getvariable('first_event') AND getvariable('last_event') AND sig IS NOT NULL;

CREATE OR REPLACE TEMP TABLE fork_seen AS
SELECT event_id, ts, pid AS parent_pid, child_pid, child_comm, 'fork' AS kind, NULL::UBIGINT AS clone_flags
FROM ev.sched_process_fork
WHERE event_id BETWEEN getvariable('first_event') AND getvariable('last_event') AND child_pid IS NOT NULL
UNION ALL
SELECT event_id, ts, pid, task_pid, task_comm, 'newtask', clone_flags
FROM ev.task_newtask
WHERE event_id BETWEEN getvariable('first_event') AND getvariable('last_event') AND task_pid IS NOT NULL;

CREATE OR REPLACE TEMP TABLE exec_seen AS
SELECT event_id, ts, filename, task_pid AS pid, old_pid
FROM ev.sched_process_exec
WHERE event_id BETWEEN getvariable('first_event') AND getvariable('last_event') AND task_pid IS NOT NULL;

CREATE OR REPLACE TEMP TABLE exit_seen AS
SELECT event_id, ts, task_pid AS pid, task_comm AS comm
FROM ev.sched_process_exit
WHERE event_id BETWEEN getvariable('first_event') AND getvariable('last_event') AND task_pid IS NOT NULL;

CREATE OR REPLACE TEMP TABLE free_seen AS
SELECT event_id, ts, task_pid AS pid
FROM ev.sched_process_free
WHERE event_id BETWEEN getvariable('first_event') AND getvariable('last_event') AND task_pid IS NOT NULL;

CREATE OR REPLACE TEMP TABLE rename_seen AS
SELECT event_id, coalesce(task_pid, pid) AS pid, newcomm AS comm
FROM ev.task_rename
WHERE event_id BETWEEN getvariable('first_event') AND getvariable('last_event') AND newcomm IS NOT NULL;

-- What a task's own pid is, as its namespace counts it: a difference to the pid of the line tells a namespace or, for getpid,
-- a thread.
CREATE OR REPLACE TEMP TABLE own_pid_seen AS
SELECT s.pid, s.exit_event_id AS event_id, n.name = 'getpid' AS of_process, s.ret::BIGINT AS said
FROM syscall_row s JOIN syscall_name n USING (syscall_id)
WHERE s.capture_id = getvariable('capture_id') AND n.name IN ('gettid', 'set_tid_address', 'getpid')
  AND s.exit_event_id IS NOT NULL AND s.ret BETWEEN 1 AND 2147483647;

-- Do syscalls of this pid speak of pids as all the other events do? No row: the capture does not tell. A parent is in the
-- namespace of its child or in one above it.
CREATE OR REPLACE TEMP TABLE pid_view AS
WITH RECURSIVE told AS (
  SELECT pid, bool_and(said = pid) AS global FROM own_pid_seen WHERE NOT of_process GROUP BY pid
),
up AS (
  SELECT pid FROM told WHERE global
  UNION
  SELECT f.parent_pid FROM up JOIN fork_seen f ON f.child_pid = up.pid
)
SELECT pid, bool_and(global) AS global FROM (FROM told UNION ALL SELECT pid, true FROM up) GROUP BY pid;

-- Lines of a SystemTap log of signals.
CREATE OR REPLACE TEMP TABLE stap_seen AS
SELECT event_id, sig::INTEGER AS sig, target_comm, target_pid::INTEGER AS target_pid, sender_comm, sender_pid::INTEGER AS sender_pid
FROM ev.stap_signal
WHERE event_id BETWEEN getvariable('first_event') AND getvariable('last_event') AND sig IS NOT NULL AND target_pid IS NOT NULL
