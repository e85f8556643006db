-- An exit that follows an enter of the same call may be of a later call, when the lines between are missing. Such pairs are taken
-- apart:
--   other    a wait for one child that returns another
--   thinned  more than one in twenty of the task's lines is torn: no kernel loses lines like that, the text was thinned out
--   long     the call lasted over 1 ms, and lines of some task are missing in that time
--   unplaced the call lasted over 1 ms, and the kernel counted more records than the text holds
--   unborn   nobody counted the records, and a wait over 1 ms returns a child that is seen after its enter only, or finds no child
--   unseen   a wait over 1 ms returns a child whose birth, or whose end, is not among the births and ends of the capture, or it finds
--            no child although none ended meanwhile
--   lost     the kernel says that it lost records of the exit's CPU in that time, or of any CPU while a long call lasted
CREATE OR REPLACE TEMP TABLE torn_line AS
SELECT pid, coalesce(enter_ts, exit_ts) AS ts
FROM syscall_row
WHERE capture_id = getvariable('capture_id') AND torn AND syscall_id IN (
  SELECT syscall_id FROM syscall_row WHERE capture_id = getvariable('capture_id')
  GROUP BY syscall_id HAVING count(enter_event_id) > 0 AND count(exit_event_id) > 0);

CREATE OR REPLACE TEMP TABLE doubtful AS
WITH long_span AS (SELECT CASE time_unit WHEN 'tick' THEN 0 ELSE 1000000 END FROM capture WHERE capture_id = getvariable('capture_id')),
thinned AS (
  SELECT t.pid
  -- A call of a name that comes once or twice may have lost its only other line.
  FROM (
    SELECT pid, count(*) AS lines FROM syscall_row
    WHERE capture_id = getvariable('capture_id') AND torn AND EXISTS (FROM torn_line) AND syscall_id IN (
      SELECT syscall_id FROM syscall_row WHERE capture_id = getvariable('capture_id')
      GROUP BY syscall_id HAVING (count(enter_event_id) > 0 AND count(exit_event_id) > 0) OR count(*) <= 2)
    GROUP BY pid
  ) t
  JOIN (SELECT pid, count(*) AS calls FROM syscall_row WHERE capture_id = getvariable('capture_id') GROUP BY pid) a USING (pid)
  WHERE t.lines * 20 > a.calls
),
pair AS (
  SELECT enter_event_id, exit_event_id, pid, enter_ts, exit_ts
  FROM syscall_row
  WHERE capture_id = getvariable('capture_id') AND enter_event_id IS NOT NULL AND exit_event_id IS NOT NULL
    AND (EXISTS (FROM torn_line) OR EXISTS (FROM loss WHERE capture_id = getvariable('capture_id') AND kind IN ('lost', 'buffer_started', 'count_mismatch'))
      OR EXISTS (FROM capture WHERE capture_id = getvariable('capture_id') AND entries_in_buffer IS NULL))
),
long AS (
  SELECT * FROM pair WHERE exit_ts - enter_ts > (FROM long_span)
),
long_wait AS (
  SELECT s.enter_event_id, s.exit_event_id, s.ret, CASE WHEN s.ret BETWEEN 1 AND 2147483647 THEN s.ret::BIGINT::INTEGER END AS child_pid
  FROM syscall_row s JOIN syscall_name n USING (syscall_id)
  WHERE s.capture_id = getvariable('capture_id') AND n.name IN ('wait4', 'waitpid') AND s.enter_event_id IS NOT NULL AND s.exit_ts - s.enter_ts > (FROM long_span)
),
born AS (
  SELECT DISTINCT child_pid FROM (
    SELECT s.ret::BIGINT::INTEGER AS child_pid FROM syscall_row s JOIN syscall_name n USING (syscall_id)
    WHERE s.capture_id = getvariable('capture_id') AND n.name IN ('clone', 'clone3', 'fork', 'vfork') AND s.ret BETWEEN 1 AND 2147483647
    UNION ALL SELECT child_pid FROM ev.sched_process_fork WHERE event_id BETWEEN getvariable('first_event') AND getvariable('last_event')
    UNION ALL SELECT task_pid FROM ev.task_newtask WHERE event_id BETWEEN getvariable('first_event') AND getvariable('last_event')
  )
  WHERE EXISTS (FROM long_wait)
),
-- told: by the kernel's own event, which no end lacks.
end_line AS (
  SELECT event_id, task_pid AS pid, true AS told FROM ev.sched_process_exit
  WHERE event_id BETWEEN getvariable('first_event') AND getvariable('last_event') AND EXISTS (FROM long_wait)
  UNION ALL
  SELECT s.enter_event_id, s.pid, false FROM syscall_row s JOIN syscall_name n USING (syscall_id)
  WHERE s.capture_id = getvariable('capture_id') AND n.name IN ('exit', 'exit_group') AND s.enter_event_id IS NOT NULL AND EXISTS (FROM long_wait)
),
ended AS (SELECT pid, bool_or(told) AS told, min(event_id) AS first_id FROM end_line GROUP BY pid),
at_work AS (
  SELECT pid, min(event_id) AS first_id, max(event_id) AS last_id FROM event_row
  WHERE event_id BETWEEN getvariable('first_event') AND getvariable('last_event') AND pid IN (SELECT child_pid FROM long_wait) GROUP BY pid
),
gap AS (
  SELECT cpu, coalesce(from_ts, -9223372036854775807) AS from_ts, coalesce(to_ts, 9223372036854775807) AS to_ts
  FROM loss WHERE capture_id = getvariable('capture_id') AND kind IN ('lost', 'buffer_started')
)
SELECT enter_event_id, exit_event_id FROM pair WHERE pid IN (FROM thinned)
UNION
SELECT w.enter_event_id, w.exit_event_id
FROM long_wait w LEFT JOIN born b USING (child_pid) LEFT JOIN at_work a ON a.pid = w.child_pid LEFT JOIN ended x ON x.pid = w.child_pid
WHERE w.child_pid > 0
  AND ((EXISTS (FROM born) AND b.child_pid IS NULL AND coalesce(a.first_id > w.enter_event_id, true))
    OR (EXISTS (FROM ended WHERE told) AND a.last_id < w.exit_event_id AND NOT coalesce(x.told AND x.first_id < w.exit_event_id, false)))
UNION
SELECT w.enter_event_id, w.exit_event_id
FROM (FROM long_wait WHERE ret = 18446744073709551606 AND EXISTS (FROM ended)) w
ASOF LEFT JOIN end_line e ON w.enter_event_id < e.event_id
WHERE coalesce(e.event_id > w.exit_event_id, true)
UNION
SELECT l.enter_event_id, l.exit_event_id
FROM long l JOIN syscall_row s USING (enter_event_id) JOIN syscall_name n USING (syscall_id)
WHERE n.name IN ('wait4', 'waitpid') AND s.ret <> 0
  AND EXISTS (FROM capture WHERE capture_id = getvariable('capture_id') AND entries_in_buffer IS NULL)
  AND NOT EXISTS (FROM event_row e WHERE e.pid = as_signed(s.ret) AND e.event_id < l.enter_event_id AND e.event_id >= getvariable('first_event'))
  AND NOT EXISTS (FROM syscall_row c WHERE c.capture_id = s.capture_id AND c.pid = l.pid AND c.ret = s.ret AND c.exit_event_id < l.enter_event_id)
UNION
SELECT s.enter_event_id, s.exit_event_id
FROM syscall_row s JOIN syscall_name n USING (syscall_id)
WHERE s.capture_id = getvariable('capture_id') AND s.form >= 2 AND n.name IN ('wait4', 'waitpid') AND s.ret BETWEEN 1 AND 2147483647
  AND s.a0 & 4294967295 BETWEEN 1 AND 2147483647 AND s.a0 & 4294967295 <> s.ret
UNION
SELECT l.enter_event_id, l.exit_event_id FROM long l ASOF JOIN (SELECT DISTINCT ts FROM torn_line) t ON l.enter_ts < t.ts WHERE t.ts < l.exit_ts
UNION
SELECT enter_event_id, exit_event_id FROM long WHERE EXISTS (FROM loss WHERE capture_id = getvariable('capture_id') AND kind = 'count_mismatch')
UNION
SELECT l.enter_event_id, l.exit_event_id FROM long l JOIN gap g ON l.enter_ts <= g.to_ts AND l.exit_ts >= g.from_ts
UNION
SELECT p.enter_event_id, p.exit_event_id
FROM pair p JOIN event_row e ON e.event_id = p.exit_event_id
JOIN gap g ON g.cpu = e.cpu AND p.enter_ts <= g.to_ts AND p.exit_ts >= g.from_ts;

INSERT INTO syscall_row
SELECT capture_id, NULL, exit_event_id, pid, syscall_id, NULL, exit_ts, ret, false, 0, 0, 0, 0, 0, 0, 0
FROM syscall_row SEMI JOIN doubtful USING (exit_event_id)
WHERE capture_id = getvariable('capture_id');

UPDATE syscall_row SET exit_event_id = NULL, exit_ts = NULL, ret = NULL
WHERE capture_id = getvariable('capture_id') AND enter_event_id IN (SELECT enter_event_id FROM doubtful);

-- Where a task's lines are missing. What a number stands for, a descriptor or an address, holds up to there.
CREATE OR REPLACE TEMP TABLE torn_at AS
SELECT pid, coalesce(enter_event_id, exit_event_id) AS event_id FROM syscall_row WHERE capture_id = getvariable('capture_id') AND torn
UNION ALL
SELECT e.pid, e.event_id FROM event_row e WHERE e.event_id IN (SELECT exit_event_id FROM doubtful)
