-- Which events belong to the story: what led to a task's end or to an event over the links (or followed from it), and a task's
-- own way there.
WITH RECURSIVE root AS (
  SELECT unnest([reap_event_id, notify_event_id, exit_event_id, death_event_id, killer_event_id]) AS event_id
  FROM task WHERE task_id = $task_id::BIGINT
  UNION ALL SELECT $event_id::BIGINT
),
back AS (
  SELECT DISTINCT event_id FROM root WHERE event_id IS NOT NULL AND NOT $forward::BOOLEAN
  UNION
  SELECT l.from_event_id FROM back r JOIN link l ON l.to_event_id = r.event_id
),
forth AS (
  SELECT DISTINCT event_id FROM root WHERE event_id IS NOT NULL AND $forward::BOOLEAN
  UNION
  SELECT l.to_event_id FROM forth r JOIN link l ON l.from_event_id = r.event_id
),
-- A task's own way there: its fork, its program, the code it mapped, and that the parent heard of the end.
own AS (
  SELECT unnest([t.fork_event_id, t.exec_enter_event_id, t.exec_event_id]) AS event_id FROM task t WHERE t.task_id = $task_id::BIGINT
  UNION ALL
  SELECT unnest([m.open_event_id, m.exit_event_id]) FROM mapping m WHERE m.task_id = $task_id::BIGINT AND m.path IS NOT NULL AND contains(m.prot, 'PROT_EXEC')
  UNION ALL
  SELECT s.deliver_event_id FROM task t JOIN signal s ON s.generate_event_id = t.notify_event_id WHERE t.task_id = $task_id::BIGINT
)
SELECT event_id FROM (FROM back UNION FROM forth UNION SELECT event_id FROM own)
WHERE event_id IS NOT NULL
ORDER BY event_id
