-- execve: enter and return of one pid, with the path that sched_process_exec prints between them. A thread that is not the
-- leader enters under its own pid and returns under the leader's.
CREATE OR REPLACE TEMP TABLE exec_call AS
WITH call AS (
  SELECT s.enter_event_id, s.exit_event_id, s.pid, s.exit_ts, s.enter_ts
  FROM syscall_row s JOIN syscall_name n USING (syscall_id)
  WHERE s.capture_id = getvariable('capture_id') AND n.name IN ('execve', 'execveat')
    AND (s.ret = 0 OR s.exit_event_id IS NULL)
),
-- The enter is the latest open one of the pid that called (old_pid), the return the next one of the pid that goes on.
by_event AS (
  SELECT s.event_id, s.ts, s.filename, s.pid, s.old_pid, a.enter_event_id, a.enter_ts
  FROM exec_seen s ASOF LEFT JOIN (FROM call WHERE enter_event_id IS NOT NULL) a ON a.pid = s.old_pid AND s.event_id >= a.enter_event_id
),
-- No line is of two execs: the later event has the return, the earlier event the enter.
full_event AS (
  SELECT e.event_id, e.ts, e.filename, e.pid, x.exit_event_id, x.exit_ts,
    CASE WHEN row_number() OVER (PARTITION BY e.enter_event_id ORDER BY e.event_id) = 1 THEN e.enter_event_id END AS enter_event_id,
    CASE WHEN row_number() OVER (PARTITION BY e.enter_event_id ORDER BY e.event_id) = 1 THEN e.enter_ts END AS enter_ts
  FROM by_event e ASOF LEFT JOIN (
    SELECT c.pid, c.exit_event_id, c.exit_ts, s.event_id
    FROM call c ASOF JOIN exec_seen s ON s.pid = c.pid AND c.exit_event_id >= s.event_id
    WHERE c.exit_event_id IS NOT NULL
    QUALIFY row_number() OVER (PARTITION BY s.event_id ORDER BY c.exit_event_id) = 1
  ) x ON x.event_id = e.event_id AND e.event_id <= x.exit_event_id
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
CREATE OR REPLACE TEMP TABLE named AS
WITH seen AS (
  SELECT pid, event_id, comm FROM rename_seen
  UNION ALL SELECT pid, event_id, left(parse_filename(filename), 15) FROM exec_seen
  UNION ALL SELECT pid, event_id, comm FROM exit_seen
  UNION ALL SELECT child_pid, event_id, child_comm FROM fork_seen WHERE kind = 'fork'
  UNION ALL SELECT target_pid, event_id, target_comm FROM generate_seen WHERE target_pid IS NOT NULL
)
SELECT l.task_id, s.event_id, s.comm
FROM seen s
ASOF JOIN (FROM life WHERE capture_id = getvariable('capture_id')) l ON l.pid = s.pid AND s.event_id >= l.from_event_id;

CREATE OR REPLACE TEMP TABLE task_name AS
SELECT task_id, arg_max(comm, event_id) AS comm FROM named GROUP BY task_id
