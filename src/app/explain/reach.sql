-- Which events belong to the story: what led to a task's end or to an event over the links, or what followed from it; and a task's
-- own way there.
WITH RECURSIVE chosen AS (FROM task WHERE task_id = $task_id::BIGINT),
root AS (
  SELECT unnest([reap_event_id, notify_event_id, exit_event_id, death_event_id, killer_event_id]) AS event_id FROM chosen WHERE NOT $forward::BOOLEAN
  UNION ALL SELECT $event_id::BIGINT
  -- What a task did to others: whom it started, what it sent, whom its end told.
  -- The death of a process may be told on the line of another of its threads.
  UNION ALL SELECT unnest([exit_event_id, CASE WHEN death <> 'unknown' AND NOT coalesce(thread, false) THEN death_event_id END, notify_event_id])
  FROM chosen WHERE $forward::BOOLEAN
  UNION ALL SELECT fork_event_id FROM task WHERE parent_task_id = $task_id::BIGINT AND $forward::BOOLEAN
  UNION ALL
  SELECT unnest([CASE WHEN syscall_event_id < generate_event_id THEN syscall_event_id END, generate_event_id])
  FROM signal WHERE sender_task_id = $task_id::BIGINT AND $forward::BOOLEAN
  UNION ALL
  SELECT unnest([k.exit_event_id, k.notify_event_id, k.reap_event_id])
  FROM task k JOIN signal s ON s.generate_event_id = k.killer_event_id
  WHERE s.sender_task_id = $task_id::BIGINT AND $forward::BOOLEAN AND NOT coalesce(k.thread, false)
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
-- The system call that an event is in.
enclosing AS (
  SELECT enter_event_id, exit_event_id, torn FROM syscall_row
  WHERE enter_event_id < $event_id::BIGINT AND pid = (
    SELECT e.pid FROM event_row e JOIN flags_dict f USING (flags_id) WHERE e.event_id = $event_id::BIGINT AND coalesce(f.irq_context, '.') = '.')
  ORDER BY enter_event_id DESC LIMIT 1
),
-- A task's own way there: its fork, its program, the code it mapped, the end of its parent, and that the parent heard of its end.
own AS (
  SELECT unnest([fork_event_id, exec_enter_event_id, exec_event_id]) AS event_id FROM chosen
  UNION ALL
  SELECT unnest([open_event_id, exit_event_id]) FROM mapping
  WHERE task_id = $task_id::BIGINT AND path IS NOT NULL AND contains(prot, 'PROT_EXEC')
  UNION ALL
  SELECT p.exit_event_id FROM chosen c JOIN task p ON p.task_id = c.parent_task_id
  WHERE p.exit_event_id < c.reap_event_id AND NOT coalesce(c.thread, false)
  UNION ALL
  SELECT enter_event_id FROM enclosing WHERE coalesce(exit_event_id > $event_id::BIGINT, NOT torn)
  UNION ALL
  SELECT s.deliver_event_id FROM chosen c JOIN signal s ON s.generate_event_id = c.notify_event_id
)
SELECT event_id FROM (FROM back UNION FROM forth UNION SELECT event_id FROM own WHERE NOT $forward::BOOLEAN)
WHERE event_id IS NOT NULL
ORDER BY event_id
