-- syscall_row: enter and exit of one call. An exit belongs to the syscall line right before it of the same pid, when that is
-- the enter of the same call: nothing can come between, a signal handler runs only after the interrupted call has returned.
-- exit_group and rt_sigreturn have no exit; a new child starts with the exit of a clone it never entered.
-- Kept in the order of the file: a look-up by event then reads one row group, not all.
-- torn: the other line of the call must have been written and is not in the capture, because the task went on.
INSERT INTO syscall_row
WITH line AS (
  SELECT e.event_id, e.pid, e.ts, e.form, e.a0, n.is_enter, n.syscall_id, n.silent,
    n.clones AND NOT n.is_enter AND e.form > 0 AND e.a0 = 0 AS born
  FROM event_row e JOIN syscall_line n USING (name_id)
  WHERE e.event_id BETWEEN getvariable('first_event') AND getvariable('last_event') AND e.pid >= 0
),
beside AS (
  SELECT *,
    lag(event_id) OVER w AS previous_id,
    NOT born AND coalesce(lag(is_enter) OVER w AND lag(syscall_id) OVER w = syscall_id, false) AS entered_before,
    coalesce(NOT lead(is_enter) OVER w AND lead(syscall_id) OVER w = syscall_id AND NOT lead(born) OVER w, false) AS returns,
    lead(born) OVER w AS next_born,
    lead(event_id) OVER w AS next_id, lead(ts) OVER w AS next_ts, lead(form) OVER w AS next_form, lead(a0) OVER w AS next_value
  FROM line
  WINDOW w AS (PARTITION BY pid ORDER BY event_id)
)
SELECT getvariable('capture_id'), enter_event_id, exit_event_id, pid, syscall_id, enter_ts, exit_ts, ret, torn
FROM (
  SELECT event_id AS enter_event_id, CASE WHEN returns THEN next_id END AS exit_event_id, pid, syscall_id, ts AS enter_ts,
    CASE WHEN returns THEN next_ts END AS exit_ts, CASE WHEN returns AND next_form > 0 THEN next_value END AS ret,
    NOT returns AND NOT silent AND coalesce(NOT next_born, false) AS torn
  FROM beside WHERE is_enter
  UNION ALL
  SELECT NULL, event_id, pid, syscall_id, NULL, ts, CASE WHEN form > 0 THEN a0 END, NOT born AND NOT silent AND previous_id IS NOT NULL
  FROM beside WHERE NOT is_enter AND NOT entered_before
)
ORDER BY coalesce(enter_event_id, exit_event_id)
