-- What a task did to others and what its end led to, as one sentence.
WITH chosen AS (SELECT t.*, task_label(t.comm, t.pid) AS who FROM task t WHERE t.task_id = $task_id::BIGINT),
forked AS (
  SELECT count(*) FILTER (NOT coalesce(thread, false)) AS children, count(*) FILTER (thread) AS threads FROM task WHERE parent_task_id = $task_id::BIGINT
),
sent AS (
  SELECT count(*) FILTER (cause IN ('kill', 'tgkill', 'tkill', 'sigqueue', 'pidfd')) AS signals FROM signal WHERE sender_task_id = $task_id::BIGINT
),
killed AS (
  SELECT count(*) AS tasks, list(task_label(k.comm, k.pid) ORDER BY k.task_id)[1:3] AS names
  FROM task k JOIN signal s ON s.generate_event_id = k.killer_event_id
  WHERE s.sender_task_id = $task_id::BIGINT AND k.task_id <> s.sender_task_id AND NOT coalesce(k.thread, false)
),
said AS (
  SELECT list_filter([
    CASE WHEN children > 0 THEN 'forked ' || children || CASE WHEN children = 1 THEN ' child' ELSE ' children' END END,
    CASE WHEN threads > 0 THEN 'started ' || threads || CASE WHEN threads = 1 THEN ' thread' ELSE ' threads' END END,
    CASE WHEN signals > 0 THEN 'sent ' || signals || CASE WHEN signals = 1 THEN ' signal' ELSE ' signals' END END,
    CASE WHEN tasks > 0 THEN 'killed ' || array_to_string(names, ', ') || CASE WHEN tasks > 3 THEN ' and ' || tasks - 3 || ' more' ELSE '' END END
  ], lambda x: x IS NOT NULL) AS parts
  FROM forked, sent, killed
)
SELECT c.who || CASE len(s.parts) WHEN 0 THEN ': the capture shows nothing that it did to other tasks'
    WHEN 1 THEN ' ' || s.parts[1] ELSE ' ' || array_to_string(s.parts[:-2], ', ') || ' and ' || s.parts[-1] END
  || CASE WHEN c.reaper_task_id IS NOT NULL AND NOT coalesce(c.thread, false) THEN '; it was itself reaped by ' || task_label(r.comm, r.pid) ELSE '' END AS verdict
FROM chosen c CROSS JOIN said s LEFT JOIN task r ON r.task_id = c.reaper_task_id
