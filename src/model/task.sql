-- task: one row per life, put together from what the other steps found. A thread ends with its own exit(2), or with its process.
INSERT INTO task
WITH last_exec AS (
  SELECT task_id, max(at_event_id) AS at_event_id, arg_max(done_ts, at_event_id) AS exec_ts, arg_max(filename, at_event_id) AS path,
    arg_max(enter_event_id, at_event_id) AS enter_event_id
  FROM exec GROUP BY task_id
),
thread_exit AS (
  SELECT task_id, min(event_id) AS event_id, arg_min(code, event_id) AS code FROM exit_call WHERE name = 'exit' GROUP BY task_id
),
-- Would this capture show an end? Only a whole one in which ends are recorded can tell that there was none.
ends_shown AS (
  SELECT w.whole AND (EXISTS (FROM end_seen WHERE kind IN ('exit', 'exit_group')) OR EXISTS (FROM notify)) AS shown FROM whole w
),
one_name AS (SELECT pid, count(*) AS lives FROM life WHERE capture_id = getvariable('capture_id') GROUP BY pid),
-- A thread that called execve goes on under its leader's pid; its own pid ends there.
took_over AS (
  SELECT DISTINCT here.task_id
  FROM exec x
  JOIN life lead_life ON lead_life.task_id = x.task_id
  JOIN event_row e ON e.event_id = x.enter_event_id AND e.pid <> lead_life.pid
  JOIN life here ON here.capture_id = getvariable('capture_id') AND here.pid = e.pid AND e.event_id >= here.from_event_id
    AND (here.until_event_id IS NULL OR e.event_id < here.until_event_id)
),
-- Whose end counts: a thread's own exit(2); its process's, unless the thread was gone before the process began to end.
ending AS (
  SELECT l.task_id, l.pid, l.until_event_id, m.thread, m.tgid, m.leader_task_id, o.exit_event_id, o.exit_ts, o.first_end_event_id,
    t.event_id AS own_event_id, t.code AS own_code,
    CASE WHEN NOT coalesce(m.thread, false) THEN 'process'
         WHEN t.event_id IS NOT NULL THEN 'own'
         WHEN k.task_id IS NOT NULL OR coalesce(o.first_end_event_id < e.death_event_id, false) THEN 'none'
         ELSE 'process' END AS counts
  FROM life l
  JOIN member m USING (task_id)
  LEFT JOIN process_end e ON e.leader_task_id = m.leader_task_id
  LEFT JOIN end_of o ON o.task_id = l.task_id
  LEFT JOIN thread_exit t ON t.task_id = l.task_id
  LEFT JOIN took_over k ON k.task_id = l.task_id
  WHERE l.capture_id = getvariable('capture_id')
),
ended AS (
  SELECT g.task_id, g.pid, g.until_event_id, g.thread, g.tgid, g.leader_task_id, g.exit_event_id, g.exit_ts, g.first_end_event_id,
    CASE g.counts WHEN 'own' THEN 'exited' WHEN 'process' THEN e.death ELSE 'unknown' END AS death,
    CASE g.counts WHEN 'own' THEN g.own_code WHEN 'process' THEN e.exit_code END AS exit_code,
    CASE WHEN g.counts = 'process' THEN e.exit_signal END AS exit_signal,
    CASE WHEN g.counts = 'process' THEN e.core_dumped END AS core_dumped,
    CASE WHEN NOT coalesce(g.thread, false) THEN e.notify_event_id END AS notify_event_id,
    CASE WHEN NOT coalesce(g.thread, false) THEN e.notify_ts END AS notify_ts,
    CASE g.counts WHEN 'own' THEN g.own_event_id WHEN 'process' THEN e.death_event_id END AS death_event_id,
    CASE WHEN g.counts = 'process' THEN e.killer_event_id END AS killer_event_id,
    CASE g.counts WHEN 'none' THEN 'its thread was gone before the process ended' ELSE e.evidence END AS evidence,
    e.dead_event_id
  FROM ending g LEFT JOIN process_end e ON e.leader_task_id = g.leader_task_id
)
SELECT d.task_id, getvariable('capture_id'), d.pid, d.tgid,
  coalesce(n.comm, CASE WHEN c.comm NOT IN ('<...>') AND one.lives = 1 THEN c.comm END),
  p.parent_task_id, p.fork_ts, x.exec_ts, x.path,
  coalesce(d.exit_ts, d.notify_ts, de.ts), d.exit_code, d.exit_signal, d.core_dumped,
  re.ts - coalesce(d.notify_ts, d.exit_ts, de.ts), re.ts, k.task_id,
  CASE WHEN d.death = 'unknown' AND d.first_end_event_id IS NULL AND d.dead_event_id IS NULL AND d.until_event_id IS NULL
         AND k.task_id IS NULL AND r.first_event_id IS NOT NULL AND (SELECT shown FROM ends_shown) THEN 'alive' ELSE d.death END,
  p.fork_event_id, p.confidence, r.first_event_id, r.last_event_id, x.enter_event_id, x.at_event_id,
  d.exit_event_id, d.notify_event_id, d.death_event_id, d.killer_event_id, d.evidence, k.exit_event_id, k.confidence, d.thread
FROM ended d
LEFT JOIN own_range r ON r.task_id = d.task_id
LEFT JOIN comm_dict c ON c.comm_id = r.comm_id
LEFT JOIN one_name one ON one.pid = d.pid
LEFT JOIN task_name n ON n.task_id = d.task_id
LEFT JOIN parent_of p ON p.task_id = d.task_id
LEFT JOIN last_exec x ON x.task_id = d.task_id
LEFT JOIN reap k ON k.child_task_id = d.task_id
LEFT JOIN event_row re ON re.event_id = k.exit_event_id
LEFT JOIN event_row de ON de.event_id = coalesce(d.death_event_id, d.dead_event_id)
