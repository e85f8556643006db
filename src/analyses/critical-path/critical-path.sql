-- Back from an event, turn by turn: a task that ran because another task woke it goes on in that task. One that was preempted, or that
-- an interrupt woke, goes on in its own turn before. Each stretch of time between is one row.
WITH RECURSIVE chosen AS (
  SELECT capture_id, task_id, pid, last_event_id FROM (
    SELECT t.capture_id, t.task_id, t.pid, t.last_event_id, t.exit_ts IS NOT NULL AS ended, row_number() OVER (PARTITION BY t.capture_id ORDER BY l.from_event_id) AS life
    FROM task t JOIN life l USING (task_id)
    WHERE CASE WHEN $pid::BIGINT IS NULL THEN t.exit_event_id IS NOT NULL AND NOT coalesce(t.thread, false) ELSE t.pid = $pid::BIGINT END
  )
  WHERE $life::BIGINT IS NULL OR life = $life::BIGINT
  QUALIFY row_number() OVER (PARTITION BY capture_id ORDER BY ended DESC, last_event_id DESC NULLS LAST) = 1
),
asked AS (SELECT capture_id, max(line_no) AS line_no FROM event_row WHERE line_no <= $line::BIGINT GROUP BY capture_id),
-- A line of the scheduler speaks of the task that it switches to. An event in an interrupt is no task's doing.
goal AS (
  SELECT e.event_id, e.ts, e.line_no, e.capture_id,
    CASE WHEN coalesce(f.irq_context, '.') <> '.' THEN NULL WHEN coalesce(s.next_pid, 0) > 0 THEN s.next_pid ELSE e.pid END AS pid
  FROM event_row e
  JOIN flags_dict f USING (flags_id)
  JOIN asked a ON a.capture_id = e.capture_id AND a.line_no = e.line_no
  LEFT JOIN (SELECT event_id, next_pid FROM ev.sched_switch WHERE event_id IN (
    SELECT event_id FROM event_row JOIN asked USING (capture_id, line_no))) s USING (event_id)
  UNION ALL
  SELECT e.event_id, e.ts, e.line_no, e.capture_id, c.pid FROM chosen c JOIN event_row e ON e.event_id = c.last_event_id WHERE $line::BIGINT IS NULL
),
begin AS (
  SELECT g.capture_id, g.event_id, g.ts, g.pid, s.turn_event_id
  FROM (FROM goal WHERE pid > 0 QUALIFY row_number() OVER (PARTITION BY capture_id ORDER BY event_id) = 1) g
  ASOF LEFT JOIN sched s ON s.capture_id = g.capture_id AND s.pid = g.pid AND g.event_id >= coalesce(s.in_event_id, -1)
),
walk AS (
  SELECT b.capture_id, 0 AS n, b.pid, b.turn_event_id, b.event_id AS to_event_id, b.ts AS to_ts, NULL::INTEGER AS woken_pid FROM begin b
  UNION ALL
  SELECT w.capture_id, w.n + 1, CASE WHEN by_waker THEN s.waker_pid ELSE s.pid END, CASE WHEN by_waker THEN s.waker_turn_event_id ELSE s.before_event_id END,
    CASE WHEN by_waker THEN s.wake_event_id ELSE s.off_event_id END, CASE WHEN by_waker THEN s.wake_ts ELSE s.off_ts END,
    CASE WHEN by_waker THEN s.pid END
  FROM walk w
  JOIN (SELECT *, waker_pid IS NOT NULL AND waker_pid <> pid AS by_waker FROM sched) s ON s.turn_event_id = w.turn_event_id AND s.pid = w.pid
  WHERE w.n + 1 < coalesce($turns::BIGINT, 50) AND (by_waker OR s.off_event_id IS NOT NULL)
),
step AS (
  SELECT w.capture_id, w.n, w.to_event_id, w.to_ts, w.woken_pid, w.turn_event_id IS NULL OR coalesce(s.out_event_id < w.to_event_id, false) AS lost,
    w.pid AS of_pid, s.* EXCLUDE (capture_id, pid), s.waker_pid IS NOT NULL AND s.waker_pid <> s.pid AS by_waker,
    max(w.n) OVER (PARTITION BY w.capture_id) AS last_n
  FROM walk w LEFT JOIN sched s ON s.turn_event_id = w.turn_event_id AND s.pid = w.pid
),
-- The system call that a task was in at a moment.
moment AS (
  SELECT capture_id, of_pid AS pid, off_event_id AS event_id FROM step WHERE off_event_id IS NOT NULL
  UNION SELECT capture_id, waker_pid, wake_event_id FROM step WHERE waker_pid IS NOT NULL
),
inside AS (
  SELECT m.capture_id, m.pid, m.event_id, n.name AS call
  FROM moment m
  ASOF JOIN (FROM syscall_row WHERE enter_event_id IS NOT NULL AND pid IN (SELECT pid FROM moment)) y
    ON y.capture_id = m.capture_id AND y.pid = m.pid AND m.event_id > y.enter_event_id
  JOIN syscall_name n USING (syscall_id)
  WHERE y.exit_event_id > m.event_id OR (y.exit_event_id IS NULL AND NOT y.torn)
),
named AS (
  SELECT p.*, t.comm, task_label(t.comm, p.of_pid) AS who, task_label(k.comm, p.waker_pid) AS waker_name, task_label(x.comm, p.woken_pid) AS woken,
    a.call AS asleep_in, b.call AS wakes_in, u.who AS other
  FROM step p
  LEFT JOIN (SELECT task_id, comm FROM task) t ON t.task_id = p.task_id
  LEFT JOIN task k ON k.task_id = p.waker_task_id
  LEFT JOIN (SELECT capture_id, n + 1 AS n, any_value(task_id) AS task_id FROM step GROUP BY capture_id, n) y ON y.capture_id = p.capture_id AND y.n = p.n
  LEFT JOIN task x ON x.task_id = y.task_id AND p.woken_pid IS NOT NULL
  LEFT JOIN inside a ON a.capture_id = p.capture_id AND a.pid = p.of_pid AND a.event_id = p.off_event_id
  LEFT JOIN inside b ON b.capture_id = p.capture_id AND b.pid = p.waker_pid AND b.event_id = p.wake_event_id
  -- Who held the CPU until this task got it.
  LEFT JOIN (
    SELECT z.out_event_id AS event_id, task_label(o.comm, z.pid) AS who FROM sched z JOIN task o USING (task_id)
    WHERE z.out_event_id IN (SELECT in_event_id FROM step WHERE in_event_id IS NOT NULL)
  ) u ON u.event_id = p.in_event_id
),
told AS (
  SELECT capture_id, n, 1 AS part, in_ts AS ts, to_ts - in_ts AS dur, of_pid AS pid, comm, cpu, 'running' AS state,
    who || CASE WHEN in_event_id IS NULL THEN ' runs since before the capture shows it' ELSE ' runs' END
      || CASE WHEN woken_pid IS NOT NULL THEN ' until it wakes ' || woken WHEN n = 0 THEN ' up to the event' WHEN out_state = 'R+' THEN ' until it is preempted' WHEN out_state LIKE 'R%' THEN ' until it gives way' ELSE ' until it sleeps' END AS text,
    confidence, coalesce(in_event_id, to_event_id) AS event_id, to_event_id AS end_event_id
  FROM named WHERE NOT lost AND in_event_id IS DISTINCT FROM to_event_id
  UNION ALL
  SELECT capture_id, n, 2, coalesce(wake_ts, off_ts), in_ts - coalesce(wake_ts, off_ts), of_pid, comm, cpu, 'runnable',
    who || ' waits for CPU ' || cpu || coalesce(', which ' || other || ' has', ', which is idle')
      || CASE WHEN wake_event_id IS NULL THEN ''
              WHEN by_waker AND off_event_id IS NULL THEN ', woken by ' || waker_name || coalesce(' in ' || wakes_in, '')
              WHEN by_waker THEN ', woken by ' || waker_name || coalesce(' in ' || wakes_in, '') || ' after a sleep of ' || dur_text(wake_ts - off_ts) || coalesce(' in ' || asleep_in, '')
              ELSE '' END,
    confidence, coalesce(wake_event_id, off_event_id), in_event_id
  FROM named WHERE in_event_id IS NOT NULL AND coalesce(wake_event_id, CASE WHEN off_state LIKE 'R%' THEN off_event_id END) IS NOT NULL
  UNION ALL
  SELECT capture_id, n, 2, off_ts, in_ts - off_ts, of_pid, comm, cpu, 'unknown',
    who || ' leaves the CPU' || coalesce(' in ' || asleep_in, '') || ', sleeps and waits for CPU ' || cpu || ', its wake-up is not in the capture',
    confidence, off_event_id, in_event_id
  FROM named WHERE in_event_id IS NOT NULL AND off_event_id IS NOT NULL AND wake_event_id IS NULL AND off_state NOT LIKE 'R%'
  UNION ALL
  SELECT capture_id, n, 3, off_ts, wake_ts - off_ts, of_pid, comm, cpu,
    CASE WHEN off_state LIKE 'D%' THEN 'uninterruptible' WHEN off_state SIMILAR TO '[Tt].*' THEN 'stopped' ELSE 'sleeping' END,
    who || CASE WHEN off_state LIKE 'D%' THEN ' is blocked' WHEN off_state SIMILAR TO '[Tt].*' THEN ' is stopped' ELSE ' sleeps' END || coalesce(' in ' || asleep_in, '')
      || CASE WHEN waker = 'idle' THEN ' until the idle task wakes it' WHEN waker IS NOT NULL AND waker <> 'task' THEN ' until ' || waker || ' wakes it' ELSE ', woken by what the capture does not show' END,
    confidence, off_event_id, wake_event_id
  FROM named WHERE NOT by_waker AND wake_event_id IS NOT NULL AND off_event_id IS NOT NULL
  UNION ALL
  SELECT capture_id, n, 4, NULL, NULL, of_pid, comm, cpu, 'gap',
    CASE WHEN lost THEN 'on which CPU ' || who || ' ran then is not in the capture'
         WHEN n + 1 >= coalesce($turns::BIGINT, 50) AND (by_waker OR off_event_id IS NOT NULL) THEN 'the path goes on, --turns shows more of it'
         WHEN in_event_id IS NULL THEN 'what ' || who || ' did before is not in the capture'
         WHEN wake_event_id IS NULL THEN 'why ' || who || ' got the CPU here is not in the capture'
         WHEN waker IS NULL THEN 'who woke ' || who || ' is not shown'
         ELSE 'what ' || who || ' did before is not in the capture' END,
    'exact', coalesce(in_event_id, to_event_id), NULL
  FROM named WHERE n = last_n
)
SELECT
  t.capture_id AS capture_id,
  t.ts AS ts,
  t.dur AS dur,
  t.pid::BIGINT AS pid,
  t.comm AS comm,
  t.cpu::BIGINT AS cpu,
  t.state AS state,
  t.text AS text,
  t.confidence AS confidence,
  a.line_no AS line_no,
  z.line_no AS end_line_no
FROM told t
JOIN event_row a ON a.event_id = t.event_id
LEFT JOIN event_row z ON z.event_id = t.end_event_id
ORDER BY t.capture_id, t.n DESC, t.part DESC
