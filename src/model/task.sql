-- task: one row per life, put together from what the other steps found. A thread ends with its own exit(2), or with its process.
INSERT INTO task
WITH last_exec AS (
  SELECT task_id, max(at_event_id) AS at_event_id, arg_max(done_ts, at_event_id) AS exec_ts,
    arg_max_null(filename, at_event_id) AS path, arg_max_null(enter_event_id, at_event_id) AS enter_event_id
  FROM exec GROUP BY task_id
),
-- A later name that the path does not explain: a rename, or an exec that is not in the capture.
renamed AS (
  SELECT DISTINCT x.task_id
  FROM last_exec x JOIN named n ON n.task_id = x.task_id AND n.event_id > x.at_event_id CROSS JOIN complete k
  WHERE n.comm <> left(parse_filename(x.path), 15) AND NOT coalesce(x.at_event_id >= k.from_event_id, false)
),
thread_exit AS (
  SELECT task_id, min(event_id) AS event_id, arg_min(code, event_id) AS code FROM exit_call WHERE name = 'exit' GROUP BY task_id
),
-- Would this capture show an end? Only where nothing is missing and ends of every kind are recorded can it tell that there was
-- none: a task that is killed calls no exit_group, and not every parent is told. Alive at the end is who was seen close to it, in
-- the last tenth of the lines: of the others the capture shows no end, which is less.
ends_shown AS (
  SELECT greatest(from_event_id, getvariable('last_event') - (getvariable('last_event') - getvariable('first_event')) // 10) AS from_event_id
  FROM complete
  WHERE counted AND from_event_id IS NOT NULL AND (EXISTS (FROM exit_seen) OR (EXISTS (FROM notify) AND EXISTS (FROM end_seen WHERE kind = 'exit_group') AND EXISTS (FROM deliver_seen)))
),
-- Nor can a CPU tell that has no line behind the last one of the task, while others go on.
silent_cpu AS (
  SELECT DISTINCT r.task_id
  FROM (FROM own_range WHERE last_event_id >= (SELECT from_event_id FROM ends_shown) AND last_event_id < getvariable('last_event')) r
  JOIN life l USING (task_id)
  JOIN event_row e ON e.pid = l.pid AND e.event_id BETWEEN r.first_event_id AND r.last_event_id
  JOIN (
    SELECT cpu, max(event_id) AS last_event_id FROM event_row WHERE event_id BETWEEN getvariable('first_event') AND getvariable('last_event') GROUP BY cpu
  ) c ON c.cpu = e.cpu
  WHERE c.last_event_id <= r.last_event_id
),
-- Nor is who alive that a wait names, or that a fatal signal is sent to, and that does no more.
called_for AS (
  SELECT r.task_id FROM own_range r JOIN life l USING (task_id) JOIN wait_call w ON w.child_pid = l.pid AND w.exit_event_id > r.last_event_id
  UNION
  SELECT r.task_id FROM own_range r JOIN generate g ON g.target_task_id = r.task_id AND g.event_id > r.last_event_id
  WHERE signal_default_action(g.sig) IN ('terminate', 'core') AND coalesce(g.res, 0) <> 1
),
one_name AS (SELECT pid, count(*) AS lives FROM life WHERE capture_id = getvariable('capture_id') GROUP BY pid),
-- alone: a thread that called exit(2). A thread shares the end of its process when it was still there: an execve ends threads too.
way AS (
  SELECT l.task_id, l.pid, l.from_event_id, l.until_event_id, m.thread, m.tgid, m.leader_task_id, r.first_event_id, r.last_event_id, r.comm_id,
    t.event_id AS thread_exit_id, t.code AS thread_code, m.thread AND t.event_id IS NOT NULL AS alone,
    NOT coalesce(m.thread, false) OR coalesce(r.last_event_id >= coalesce(e.death_event_id, e.notify_event_id), false) AS shares
  FROM life l
  JOIN member m USING (task_id)
  LEFT JOIN own_range r USING (task_id)
  LEFT JOIN process_end e ON e.leader_task_id = m.leader_task_id
  LEFT JOIN thread_exit t ON t.task_id = l.task_id
  WHERE l.capture_id = getvariable('capture_id')
),
ended AS (
  SELECT w.*,
    CASE WHEN alone THEN 'exited' WHEN shares THEN e.death ELSE 'unknown' END AS death,
    CASE WHEN alone THEN w.thread_code WHEN shares THEN e.exit_code END AS exit_code,
    CASE WHEN shares AND NOT alone THEN e.exit_signal END AS exit_signal,
    CASE WHEN shares AND NOT alone THEN e.core_dumped END AS core_dumped,
    CASE WHEN alone THEN w.thread_exit_id WHEN shares THEN e.death_event_id END AS death_event_id,
    CASE WHEN shares AND NOT alone THEN e.killer_event_id END AS killer_event_id,
    CASE WHEN alone THEN 'exit of the thread' WHEN shares THEN e.evidence ELSE '' END AS evidence,
    CASE WHEN NOT coalesce(w.thread, false) THEN e.notify_event_id END AS notify_event_id,
    CASE WHEN NOT coalesce(w.thread, false) THEN e.notify_ts END AS notify_ts,
    o.exit_event_id, o.exit_ts, o.first_end_event_id, e.dead_event_id
  FROM way w
  LEFT JOIN process_end e ON e.leader_task_id = w.leader_task_id
  LEFT JOIN end_of o ON o.task_id = w.task_id
)
SELECT d.task_id, getvariable('capture_id'), d.pid, d.tgid,
  coalesce(n.comm, CASE WHEN c.comm NOT IN ('<...>') AND one.lives = 1 THEN c.comm END),
  p.parent_task_id, p.fork_ts, x.exec_ts, CASE WHEN x.task_id NOT IN (FROM renamed) THEN x.path END,
  coalesce(d.exit_ts, d.notify_ts, de.ts), d.exit_code, d.exit_signal, d.core_dumped,
  re.ts - d.notify_ts, re.ts, k.task_id,
  CASE WHEN d.death = 'unknown' AND d.first_end_event_id IS NULL AND d.dead_event_id IS NULL AND d.until_event_id IS NULL
         AND k.task_id IS NULL AND coalesce(d.last_event_id >= (SELECT from_event_id FROM ends_shown), false)
         AND d.task_id NOT IN (FROM silent_cpu) AND d.task_id NOT IN (FROM called_for)
         AND NOT EXISTS (FROM free_seen f WHERE f.pid = d.pid AND f.event_id >= d.from_event_id) THEN 'alive' ELSE d.death END,
  p.fork_event_id, p.confidence, d.first_event_id, d.last_event_id, x.enter_event_id, x.at_event_id,
  d.exit_event_id, d.notify_event_id, d.death_event_id, d.killer_event_id, d.evidence, k.exit_event_id, k.confidence, d.thread
FROM ended d
LEFT JOIN comm_dict c ON c.comm_id = d.comm_id
LEFT JOIN one_name one ON one.pid = d.pid
LEFT JOIN task_name n ON n.task_id = d.task_id
LEFT JOIN parent_of p ON p.task_id = d.task_id
LEFT JOIN last_exec x ON x.task_id = d.task_id
LEFT JOIN reap k ON k.child_task_id = d.task_id
LEFT JOIN event_row re ON re.event_id = k.exit_event_id
LEFT JOIN event_row de ON de.event_id = coalesce(d.death_event_id, d.dead_event_id);

UPDATE task SET death = 'unknown', exit_ts = NULL, exit_code = NULL, exit_signal = NULL, core_dumped = NULL, zombie_dur = NULL, exec_ts = NULL, exec_path = NULL,
  comm = NULL, tgid = NULL, thread = NULL, exec_enter_event_id = NULL, exec_event_id = NULL, exit_event_id = NULL, notify_event_id = NULL,
  death_event_id = NULL, killer_event_id = NULL, death_evidence = 'lines are missing, and the pid may have been given away again'
WHERE task_id IN (FROM blurred)
