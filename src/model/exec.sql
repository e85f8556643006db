-- execve: enter and return of one pid, with the path that sched_process_exec prints between them. A thread that is not the
-- leader enters under its own pid and returns under the leader's.
CREATE OR REPLACE TEMP TABLE exec_call AS
WITH call AS (
  SELECT s.enter_event_id, s.exit_event_id, s.pid, s.exit_ts, s.enter_ts
  FROM syscall_row s JOIN syscall_name n USING (syscall_id)
  WHERE s.capture_id = getvariable('capture_id') AND n.name IN ('execve', 'execveat')
    AND (s.ret = 0 OR s.exit_event_id IS NULL)
),
seen AS (
  SELECT event_id, ts, filename, task_pid, old_pid FROM ev.sched_process_exec
  WHERE event_id BETWEEN getvariable('first_event') AND getvariable('last_event') AND task_pid IS NOT NULL
),
-- The enter is the latest open one of the pid that called (old_pid), the return the next one of the pid that goes on.
by_event AS (
  SELECT s.event_id, s.ts, s.filename, s.task_pid AS pid, s.old_pid, a.enter_event_id, a.enter_ts
  FROM seen s ASOF LEFT JOIN (FROM call WHERE enter_event_id IS NOT NULL) a ON a.pid = s.old_pid AND s.event_id >= a.enter_event_id
),
full_event AS (
  SELECT e.event_id, e.ts, e.filename, e.pid, e.enter_event_id, e.enter_ts, x.exit_event_id, x.exit_ts
  FROM by_event e ASOF LEFT JOIN (FROM call WHERE exit_event_id IS NOT NULL) x ON x.pid = e.pid AND e.event_id <= x.exit_event_id
)
SELECT pid, enter_event_id, enter_ts, event_id, ts AS event_ts, exit_event_id, exit_ts, filename FROM full_event
UNION ALL
SELECT c.pid, c.enter_event_id, c.enter_ts, NULL, NULL, c.exit_event_id, c.exit_ts, NULL
FROM call c
WHERE c.exit_event_id IS NOT NULL AND NOT EXISTS (FROM full_event f WHERE f.exit_event_id = c.exit_event_id);

CREATE OR REPLACE TEMP TABLE exec AS
SELECT l.task_id, c.* EXCLUDE (pid), coalesce(c.exit_ts, c.event_ts) AS done_ts, coalesce(c.event_id, c.exit_event_id) AS at_event_id
FROM (SELECT *, coalesce(event_id, exit_event_id) AS place FROM exec_call) c
ASOF JOIN (FROM life WHERE capture_id = getvariable('capture_id')) l ON l.pid = c.pid AND c.place >= l.from_event_id;

-- Names come from event bodies; the comm column is only what was saved when the file was read.
CREATE OR REPLACE TEMP TABLE task_name AS
WITH seen AS (
  SELECT coalesce(task_pid, pid) AS pid, event_id, newcomm AS comm FROM ev.task_rename WHERE newcomm IS NOT NULL
  UNION ALL SELECT task_pid, event_id, left(parse_filename(filename), 15) FROM ev.sched_process_exec WHERE task_pid IS NOT NULL
  UNION ALL SELECT task_pid, event_id, task_comm FROM ev.sched_process_exit WHERE task_pid IS NOT NULL
  UNION ALL SELECT child_pid, event_id, child_comm FROM ev.sched_process_fork WHERE child_pid IS NOT NULL
  UNION ALL SELECT target_pid, event_id, target_comm FROM ev.signal_generate WHERE target_pid IS NOT NULL
)
SELECT l.task_id, arg_max(s.comm, s.event_id) AS comm
FROM (FROM seen WHERE event_id BETWEEN getvariable('first_event') AND getvariable('last_event')) s
ASOF JOIN (FROM life WHERE capture_id = getvariable('capture_id')) l ON l.pid = s.pid AND s.event_id >= l.from_event_id
GROUP BY l.task_id
