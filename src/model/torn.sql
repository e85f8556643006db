-- Where many lines of a task are missing, an exit that follows an enter of the same call may be of a later call: the pairs of such
-- a task are taken apart. One line in twenty is far more than a kernel loses around a call, it is a text that was thinned out.
CREATE OR REPLACE TEMP TABLE thinned AS
SELECT pid
FROM syscall_row
WHERE capture_id = getvariable('capture_id') AND syscall_id IN (
  SELECT syscall_id FROM syscall_row WHERE capture_id = getvariable('capture_id')
  GROUP BY syscall_id HAVING count(enter_event_id) > 0 AND count(exit_event_id) > 0)
GROUP BY pid HAVING count(*) FILTER (torn) * 20 > count(*);

INSERT INTO syscall_row
SELECT capture_id, NULL, exit_event_id, pid, syscall_id, NULL, exit_ts, ret, true
FROM syscall_row SEMI JOIN thinned USING (pid)
WHERE capture_id = getvariable('capture_id') AND enter_event_id IS NOT NULL AND exit_event_id IS NOT NULL;

UPDATE syscall_row SET exit_event_id = NULL, exit_ts = NULL, ret = NULL, torn = true
WHERE capture_id = getvariable('capture_id') AND pid IN (FROM thinned) AND enter_event_id IS NOT NULL AND exit_event_id IS NOT NULL
