WITH killed AS (
  SELECT t.*, s.signal, s.sender_pid, s.sender_comm, s.cause, s.generate_event_id, s.generate_ts, s.deliver_event_id, s.deliver_ts, s.latency,
    CASE WHEN s.syscall_event_id < s.generate_event_id AND s.cause IN ('kill', 'tgkill', 'tkill', 'sigqueue', 'pidfd', 'pipe') THEN s.syscall_event_id END AS send_event_id
  FROM task t JOIN signal s ON s.generate_event_id = t.killer_event_id
  WHERE NOT coalesce(t.thread, false)
    AND ($sender::VARCHAR IS NULL OR s.sender_pid::VARCHAR = $sender::VARCHAR OR s.sender_comm = $sender::VARCHAR)
    AND ($signal::VARCHAR IS NULL OR s.signal = $signal::VARCHAR)
    AND ($cause::VARCHAR IS NULL OR s.cause = $cause::VARCHAR)
),
-- The lines of all steps in one pass over the events: a chain has few, a capture has millions.
line AS (
  SELECT event_id, line_no, ts FROM event_row SEMI JOIN (
    SELECT unnest([send_event_id, generate_event_id, deliver_event_id, notify_event_id, reap_event_id]) AS event_id FROM killed
    UNION ALL SELECT enter_event_id FROM wait SEMI JOIN killed ON killed.reap_event_id = wait.exit_event_id
  ) USING (event_id)
),
timed AS (
  SELECT k.*, u.time_unit,
    k.generate_ts - c.ts AS send_dur,
    n.ts - k.deliver_ts AS die_dur,
    k.reaped_ts - coalesce(c.ts, k.generate_ts) AS total_dur,
    -- The wait that reaped it began after the parent was told: until then nobody asked for the child.
    e.ts - n.ts AS unasked_dur
  FROM killed k
  JOIN capture u ON u.capture_id = k.capture_id
  LEFT JOIN line c ON c.event_id = k.send_event_id
  LEFT JOIN line n ON n.event_id = k.notify_event_id
  LEFT JOIN (SELECT exit_event_id, enter_event_id FROM wait WHERE exit_event_id IN (SELECT reap_event_id FROM killed)) w ON w.exit_event_id = k.reap_event_id
  LEFT JOIN line e ON e.event_id = w.enter_event_id
),
edge AS (
  SELECT task_id, unnest(['send', 'deliver', 'die', 'zombie']) AS edge, unnest([send_dur, latency, die_dur, zombie_dur]) AS dur FROM timed
),
longest AS (
  SELECT task_id, max(dur) AS dur, CASE WHEN max(dur) > 0 THEN arg_max(edge, dur) END AS edge FROM edge WHERE dur IS NOT NULL GROUP BY task_id
)
SELECT
  k.capture_id AS capture_id,
  k.generate_ts AS ts,
  k.pid::BIGINT AS pid,
  k.comm AS comm,
  k.signal AS signal,
  k.send_dur AS send_dur,
  k.latency AS deliver_dur,
  k.die_dur AS die_dur,
  k.zombie_dur AS zombie_dur,
  k.total_dur AS total_dur,
  k.sender_pid::BIGINT AS sender_pid,
  k.sender_comm AS sender_comm,
  k.cause AS cause,
  CASE WHEN o.dur < k.total_dur THEN 'of ' || span_text(k.total_dur, k.time_unit) || ', ' ELSE '' END || span_text(o.dur, k.time_unit) || CASE o.edge
    WHEN 'send' THEN ' in the call that sent ' || k.signal
    WHEN 'deliver' THEN ' until ' || k.signal || ' was delivered'
    WHEN 'die' THEN ' from the delivery of ' || k.signal || ' to its death'
    WHEN 'zombie' THEN ' as a zombie'
      || CASE WHEN k.unasked_dur > 0 THEN ', ' || span_text(k.unasked_dur, k.time_unit) || ' of them before ' || task_label(r.comm, r.pid) || ' waited for it' ELSE '' END
  END AS longest,
  r.pid::BIGINT AS reaper_pid,
  v.verdict AS verdict,
  v.confidence AS confidence,
  c.line_no AS send_line_no,
  g.line_no AS line_no,
  d.line_no AS deliver_line_no,
  n.line_no AS notify_line_no,
  w.line_no AS reap_line_no
FROM timed k
LEFT JOIN longest o ON o.task_id = k.task_id
JOIN verdict v ON v.task_id = k.task_id
JOIN line g ON g.event_id = k.generate_event_id
LEFT JOIN line c ON c.event_id = k.send_event_id
LEFT JOIN line d ON d.event_id = k.deliver_event_id
LEFT JOIN line n ON n.event_id = k.notify_event_id
LEFT JOIN line w ON w.event_id = k.reap_event_id
LEFT JOIN task r ON r.task_id = k.reaper_task_id
ORDER BY k.capture_id, k.generate_event_id, k.task_id
