-- self_reaped: ended children that the kernel reaped by itself, as it does where the parent ignores SIGCHLD or sets SA_NOCLDWAIT
-- (kernel/signal.c, do_notify_parent). The child is of the kind that a plain wait sees (SIGCHLD, no CLONE_PARENT), nothing is missing
-- since its birth, and one of these tells:
--   childless  its parent waits on and has no such child any more (ECHILD)
--   freed      the kernel frees it, although no wait returned that may have been for it
--   untold     other children tell their parents, this one told nobody: with SIG_IGN no SIGCHLD is written
-- A signal_generate with result ignored is no such proof: without a handler the parent still has to wait.
INSERT INTO self_reaped
WITH ended AS (
  SELECT t.task_id, t.pid, t.parent_task_id, p.exit_event_id AS parent_exit_event_id, t.notify_event_id, t.exit_event_id, t.exit_ts,
    coalesce(t.notify_event_id, t.exit_event_id, t.death_event_id) AS end_event_id
  FROM (FROM task WHERE capture_id = getvariable('capture_id') AND reaper_task_id IS NULL AND NOT coalesce(thread, false) AND death <> 'alive') t
  JOIN task p ON p.task_id = t.parent_task_id
  JOIN clone_call k ON k.pid = p.pid AND k.ret = t.pid::UBIGINT AND k.enter_event_id <= t.fork_event_id AND k.exit_event_id >= t.fork_event_id
  JOIN event_row ke ON ke.event_id = k.enter_event_id
  JOIN name_dict d ON d.name_id = ke.name_id
  JOIN complete v ON v.counted AND v.from_event_id <= k.enter_event_id
  WHERE k.name IN ('fork', 'vfork') OR (k.name = 'clone' AND k.form >= 2 AND d.keys[1] = 'clone_flags' AND k.a0 & 33023 = 17)
),
freed AS (
  SELECT e.task_id, e.end_event_id, min(f.event_id) AS event_id
  FROM ended e JOIN free_seen f ON f.pid = e.pid AND f.event_id > e.end_event_id
  WHERE EXISTS (FROM wait WHERE capture_id = getvariable('capture_id'))
  GROUP BY e.task_id, e.end_event_id
),
told AS (
  SELECT e.task_id, min(w.exit_event_id) AS event_id, 1 AS rank
  FROM ended e
  JOIN wait_call w ON w.task_id = e.parent_task_id AND w.ret = -10 AND w.exit_event_id > e.end_event_id
  WHERE (w.name = 'wait4' AND w.a0 & 4294967295 IN (4294967295, e.pid))
     OR (w.name = 'waitid' AND w.options & 4 > 0 AND (w.a0 = 0 OR (w.a0 = 1 AND w.a1 & 4294967295 = e.pid)))
  GROUP BY e.task_id
  UNION ALL
  SELECT f.task_id, f.event_id, 2
  FROM freed f
  ASOF LEFT JOIN (FROM wait WHERE capture_id = getvariable('capture_id') AND reaped IS NULL AND exit_event_id IS NOT NULL) w ON f.end_event_id < w.exit_event_id
  WHERE w.exit_event_id IS NULL OR w.exit_event_id > f.event_id
  UNION ALL
  SELECT e.task_id, e.exit_event_id, 3
  FROM ended e JOIN capture c ON c.capture_id = getvariable('capture_id')
  WHERE e.notify_event_id IS NULL AND e.exit_event_id IS NOT NULL AND c.last_ts - e.exit_ts > 100000000
    AND (e.parent_exit_event_id IS NULL OR e.parent_exit_event_id > e.exit_event_id)
    AND EXISTS (FROM notify)
    AND NOT EXISTS (FROM generate g WHERE g.context_task_id = e.task_id AND g.event_id > e.exit_event_id)
    AND NOT EXISTS (FROM parent_of h WHERE h.parent_task_id = e.task_id AND h.thread IS DISTINCT FROM false)
    AND NOT EXISTS (FROM member m WHERE m.leader_task_id = e.task_id AND m.task_id <> e.task_id)
)
SELECT getvariable('capture_id'), task_id, arg_min(event_id, rank), CASE min(rank) WHEN 1 THEN 'childless' WHEN 2 THEN 'freed' ELSE 'untold' END
FROM told GROUP BY task_id
