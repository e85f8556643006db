-- How a process ended, by leader. The wait status is what counts (kernel/exit.c, wait_task_zombie): the group's exit code once
-- a group exit has begun, else the leader's own.
CREATE OR REPLACE TEMP TABLE exit_call AS
SELECT s.enter_event_id AS event_id, s.enter_ts AS ts, n.name, l.task_id, m.leader_task_id, m.thread,
  CASE WHEN s.form >= 2 THEN (s.a0 & 255)::INTEGER END AS code
FROM syscall_row s
JOIN syscall_name n USING (syscall_id)
JOIN life l ON l.capture_id = s.capture_id AND l.pid = s.pid AND s.enter_event_id >= l.from_event_id
  AND (l.until_event_id IS NULL OR s.enter_event_id < l.until_event_id)
JOIN member m ON m.task_id = l.task_id
WHERE s.capture_id = getvariable('capture_id') AND n.name IN ('exit', 'exit_group') AND s.enter_event_id IS NOT NULL;

-- notify: do_notify_parent of this process, by a task that is dying. Its code is right when the leader itself told the parent.
-- When another thread did (the leader was a zombie already), the code is the leader's own exit, which a later group exit
-- overrides. A dying parent also tells init about the zombies it leaves behind, in its own context and before it tells its own
-- parent. So what is told to another than the known parent counts when nothing is missing, or when the task's own last lines say
-- the same.
CREATE OR REPLACE TEMP TABLE notify AS
WITH own_end AS (
  SELECT task_id, 1 AS code FROM exit_call WHERE name = 'exit_group'
  UNION SELECT task_id, unnest([2, 3]) FROM deliver WHERE fatal
),
told AS (
  SELECT g.event_id, g.ts, g.code, g.context_task_id, m.leader_task_id,
    o.task_id IS NOT NULL AS agrees,
    m.task_id = m.leader_task_id AND m.thread IS DISTINCT FROM true AND (m.thread = false OR o.task_id IS NOT NULL OR (coalesce(g.event_id >= k.from_event_id, false) AND EXISTS (FROM deliver_seen))) AS by_leader,
    p.parent_task_id IS NOT NULL AND pm.leader_task_id = g.target_leader AS to_parent,
    g.target_pid = 1 AS to_init,
    -- Where stacks are recorded, its own tells whether it speaks for itself.
    p.parent_task_id IS NULL AND (g.stack_id IS NOT NULL OR NOT EXISTS (FROM generate s WHERE s.stack_id IS NOT NULL))
      AND (m.thread = false OR coalesce(g.event_id >= k.from_event_id, false)) AS parent_unknown,
    EXISTS (FROM end_seen e JOIN life pl ON pl.task_id = pm.leader_task_id
            WHERE e.pid = pl.pid AND e.event_id < g.event_id AND e.event_id >= pl.from_event_id) AS parent_gone,
    -- A thread that outlives its leader tells the leader's parent; an orphan whose new parent is its grandparent looks the same.
    m.thread IS NULL AND coalesce(gm.leader_task_id = g.target_leader, g.target_pid <> 1) AS may_be_thread,
    count(*) OVER (PARTITION BY g.context_task_id) AS told_by_context,
    coalesce(l.from_event_id >= k.from_event_id OR r.first_event_id >= k.from_event_id, false) AS nothing_missing
  FROM generate g
  JOIN member m ON m.task_id = g.context_task_id
  JOIN life l ON l.task_id = g.context_task_id
  LEFT JOIN own_range r ON r.task_id = g.context_task_id
  LEFT JOIN own_end o ON o.task_id = g.context_task_id AND o.code = g.code
  LEFT JOIN parent_of p ON p.task_id = m.leader_task_id
  LEFT JOIN member pm ON pm.task_id = p.parent_task_id
  LEFT JOIN parent_of gp ON gp.task_id = pm.leader_task_id
  LEFT JOIN member gm ON gm.task_id = gp.parent_task_id
  CROSS JOIN complete k
  WHERE g.cause = 'child_exit' AND g.code IN (1, 2, 3) AND NOT g.lives_on
    -- The last thread speaks for its leader; where the capture does not tell whose thread it is, it speaks for nobody known.
    AND (m.thread OR g.event_id NOT IN (SELECT event_id FROM told_by_last))
)
SELECT leader_task_id, max(event_id) AS event_id, arg_max(ts, event_id) AS ts, arg_max(code, event_id) AS code,
  arg_max(by_leader, event_id) AS by_leader, arg_max(context_task_id, event_id) AS context_task_id
FROM told
WHERE ((NOT to_init AND (to_parent OR agrees)) OR nothing_missing)
  AND (to_parent OR (parent_gone AND NOT may_be_thread) OR (parent_unknown AND (told_by_context = 1 OR agrees)))
GROUP BY leader_task_id;

CREATE OR REPLACE TEMP TABLE end_of AS
SELECT l.task_id, min(e.event_id) FILTER (e.kind = 'exit') AS exit_event_id, arg_min(e.ts, e.event_id) FILTER (e.kind = 'exit') AS exit_ts,
  min(e.event_id) AS first_end_event_id
FROM end_seen e JOIN life l ON l.capture_id = getvariable('capture_id') AND l.pid = e.pid AND e.event_id >= l.from_event_id
  AND (l.until_event_id IS NULL OR e.event_id < l.until_event_id)
GROUP BY l.task_id;

CREATE OR REPLACE TEMP TABLE process_end AS
WITH groups AS (
  SELECT leader_task_id, count(*) AS threads FROM member GROUP BY leader_task_id
),
group_exit AS (
  SELECT leader_task_id, min(event_id) AS event_id, arg_min(code, event_id) AS code, arg_min(ts, event_id) AS ts
  FROM exit_call WHERE name = 'exit_group' GROUP BY leader_task_id
),
own_exit AS (
  SELECT task_id, min(event_id) AS event_id, arg_min(code, event_id) AS code, arg_min(ts, event_id) AS ts
  FROM exit_call WHERE name = 'exit' AND task_id = leader_task_id GROUP BY task_id
),
-- Threads besides the leader that left by exit(2), without any group exit.
left_alone AS (
  SELECT leader_task_id, count(DISTINCT task_id) AS threads FROM exit_call WHERE name = 'exit' GROUP BY leader_task_id
),
-- A task seen from its birth that never cloned has no threads, so its exit(2) is the exit of the process.
single AS (
  SELECT g.leader_task_id FROM groups g
  JOIN parent_of p ON p.task_id = g.leader_task_id AND p.thread = false
  JOIN life l ON l.task_id = g.leader_task_id
  WHERE g.threads = 1 AND NOT EXISTS (
    FROM clone_call c WHERE c.pid = l.pid AND c.enter_event_id >= l.from_event_id AND (l.until_event_id IS NULL OR c.enter_event_id < l.until_event_id))
),
-- Seen from its birth, every task that it made was ended by a group exit and itself was not: the leader began that group exit.
ended_by_group AS (
  SELECT DISTINCT task_id FROM deliver WHERE fatal AND sig = 9
),
leader_began AS (
  SELECT m.leader_task_id
  FROM parent_of p JOIN member m ON m.task_id = p.parent_task_id LEFT JOIN ended_by_group d ON d.task_id = p.task_id
  WHERE p.thread IS DISTINCT FROM false
  GROUP BY m.leader_task_id
  HAVING bool_and(d.task_id IS NOT NULL)
),
facts AS (
  SELECT g.leader_task_id, si.leader_task_id IS NOT NULL AS single, g.threads,
    n.event_id AS notify_event_id, n.ts AS notify_ts, n.code AS notify_code, coalesce(n.by_leader, false) AS by_leader,
    x.event_id AS group_exit_id, x.code AS group_code, o.event_id AS own_exit_id, o.code AS own_code,
    coalesce(a.threads = g.threads, false) AS all_left_alone,
    w.whole AND b.leader_task_id IS NOT NULL AND lb.task_id IS NOT NULL AND ld.task_id IS NULL AS leader_began, ld.task_id IS NOT NULL AS leader_killed,
    f.deliver_id, f.sig AS delivered_sig, k.generate_id, k.sig AS killer_sig, k.confidence AS killer_confidence,
    e.exit_event_id, e.exit_ts, e.first_end_event_id, coalesce(l.from_event_id >= c.from_event_id, false) AS closed
  FROM groups g
  JOIN life l ON l.task_id = g.leader_task_id
  LEFT JOIN notify n USING (leader_task_id)
  LEFT JOIN group_exit x USING (leader_task_id)
  LEFT JOIN own_exit o ON o.task_id = g.leader_task_id
  LEFT JOIN left_alone a USING (leader_task_id)
  LEFT JOIN fatal f USING (leader_task_id)
  LEFT JOIN killer k USING (leader_task_id)
  LEFT JOIN end_of e ON e.task_id = g.leader_task_id
  LEFT JOIN single si USING (leader_task_id)
  LEFT JOIN leader_began b USING (leader_task_id)
  LEFT JOIN parent_of lb ON lb.task_id = g.leader_task_id
  LEFT JOIN ended_by_group ld ON ld.task_id = g.leader_task_id
  CROSS JOIN whole w CROSS JOIN complete c
),
decided AS (
  SELECT *, CASE
      WHEN by_leader AND notify_code = 1 AND deliver_id IS NOT NULL AND group_exit_id IS NULL THEN 'conflict'
      WHEN by_leader AND notify_code = 1 THEN 'exited'
      WHEN by_leader AND notify_code = 2 THEN 'killed'
      WHEN by_leader AND notify_code = 3 THEN 'dumped'
      WHEN group_exit_id IS NOT NULL AND (generate_id IS NULL OR group_exit_id < generate_id) AND coalesce(notify_code, 1) = 1 THEN 'exited'
      WHEN notify_event_id IS NOT NULL AND NOT by_leader AND own_exit_id IS NOT NULL AND generate_id IS NOT NULL AND generate_id > own_exit_id THEN 'killed'
      WHEN notify_event_id IS NOT NULL AND NOT by_leader AND own_exit_id IS NOT NULL AND all_left_alone AND deliver_id IS NULL AND closed THEN 'exited'
      WHEN notify_event_id IS NULL AND own_exit_id IS NOT NULL AND single AND deliver_id IS NULL AND closed
        AND NOT EXISTS (FROM generate g WHERE g.target_leader = facts.leader_task_id AND g.event_id > own_exit_id AND coalesce(g.res, 0) = 0) THEN 'exited'
      WHEN notify_code = 1 AND NOT by_leader AND own_exit_id IS NULL AND leader_began AND generate_id IS NULL THEN 'exited'
      -- A leader that took the fatal delivery has the exit code of its group.
      WHEN notify_code = 2 AND NOT by_leader AND own_exit_id IS NULL AND group_exit_id IS NULL AND leader_killed THEN 'killed'
      WHEN deliver_id IS NULL THEN 'unknown'
      WHEN notify_event_id IS NOT NULL THEN 'unknown'
      -- A signal that was blocked, and an exit of the process afterwards, look the same.
      WHEN delivered_sig = 9 AND killer_sig <> 9 AND group_exit_id > generate_id THEN 'unknown'
      WHEN delivered_sig = 9 AND generate_id IS NOT NULL THEN 'killed'
      WHEN delivered_sig <> 9 AND signal_default_action(delivered_sig) = 'terminate' THEN 'killed'
      ELSE 'unknown' END AS death
  FROM facts
)
SELECT leader_task_id, threads,
  CASE death WHEN 'conflict' THEN 'unknown' ELSE death END AS death,
  CASE WHEN death = 'exited' THEN CASE WHEN group_exit_id IS NOT NULL THEN group_code ELSE own_code END END AS exit_code,
  CASE WHEN death IN ('killed', 'dumped') THEN CASE WHEN delivered_sig <> 9 THEN delivered_sig ELSE killer_sig END
       WHEN death = 'unknown' AND delivered_sig <> 9 THEN delivered_sig END AS exit_signal,
  CASE WHEN by_leader THEN CASE notify_code WHEN 3 THEN true WHEN 2 THEN false END END AS core_dumped,
  notify_event_id, notify_ts, exit_event_id, exit_ts,
  CASE WHEN death = 'exited' THEN coalesce(group_exit_id, own_exit_id) ELSE deliver_id END AS death_event_id,
  CASE WHEN death IN ('killed', 'dumped', 'unknown') THEN generate_id END AS killer_event_id,
  -- The place from which on it is certainly dead.
  coalesce(notify_event_id, exit_event_id, group_exit_id, CASE WHEN threads = 1 THEN own_exit_id END, deliver_id) AS dead_event_id,
  CASE death
    WHEN 'exited' THEN CASE WHEN notify_code = 1 AND by_leader THEN 'CLD_EXITED to the parent'
                            WHEN group_exit_id IS NOT NULL THEN 'exit_group'
                            WHEN notify_code = 1 AND own_exit_id IS NULL THEN 'CLD_EXITED to the parent by its last thread, after a group exit that the leader began'
                            ELSE 'exit of its only thread' END
    WHEN 'killed' THEN CASE WHEN notify_code = 2 AND (by_leader OR leader_killed) THEN 'CLD_KILLED to the parent' ELSE 'fatal delivery' END
    WHEN 'dumped' THEN 'CLD_DUMPED to the parent'
    WHEN 'conflict' THEN 'CLD_EXITED to the parent, but a fatal signal was delivered'
    ELSE CASE WHEN first_end_event_id IS NOT NULL OR deliver_id IS NOT NULL THEN 'ended; how is not in the capture' ELSE '' END END AS evidence
FROM decided
