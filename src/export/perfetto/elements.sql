-- Slices and instants whose line lies in one window of the capture, in the order in which they are written. phase: 0 a slice begins,
-- 1 an instant, 2 a slice ends. track: a task_id; -2 - cpu for interrupts and the idle task, which are nobody's; -1 unknown.
-- A slice is named by the event that begins it and its kind, so that a slice that cannot nest can be told apart by the writer.
WITH place AS (
  SELECT e.event_id, known_ts(e.ts) AS ts, e.line_no,
    CASE WHEN e.pid > 0 AND coalesce(f.irq_context, '.') = '.' THEN coalesce(l.task_id, -1) WHEN e.cpu >= 0 THEN -2 - e.cpu ELSE -1 END AS track
  FROM (FROM event_row WHERE event_id BETWEEN $from::BIGINT AND $to::BIGINT AND capture_id = getvariable('capture_id')) e
  JOIN flags_dict f USING (flags_id)
  ASOF LEFT JOIN life l ON l.capture_id = e.capture_id AND l.pid = e.pid AND e.event_id >= l.from_event_id
),
element AS (
  SELECT p.event_id, p.ts, p.track, p.line_no, 0 AS phase, p.event_id AS slice, s.exit_event_id AS end_event_id, 'syscall' AS category, s.name,
    s.args, s.ret::VARCHAR AS ret, s.errno, s.path, NULL AS text,
    CASE WHEN (s.dur < 1000000 AND NOT c.unplaced) OR coalesce(c.counted AND s.enter_event_id >= c.complete_from_event_id, false) THEN 'exact' ELSE 'inferred' END AS confidence,
    x.flows_out, x.flows_in
  FROM syscall s
  JOIN place p ON p.event_id = s.enter_event_id
  JOIN coverage c ON c.capture_id = s.capture_id
  LEFT JOIN export_end x ON x.event_id = s.enter_event_id
  WHERE s.enter_event_id BETWEEN $from::BIGINT AND $to::BIGINT AND s.exit_event_id <= getvariable('last_event') AND s.dur >= 0
  UNION ALL
  SELECT s.exit_event_id, p.ts, p.track, p.line_no, 2, s.enter_event_id, NULL, 'syscall', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL
  FROM syscall_row s JOIN place p ON p.event_id = s.exit_event_id
  WHERE s.exit_event_id BETWEEN $from::BIGINT AND $to::BIGINT AND s.enter_event_id >= getvariable('first_event') AND s.exit_ts >= s.enter_ts
  UNION ALL
  SELECT p.event_id, p.ts, p.track, p.line_no, 0, p.event_id, c.return_event_id, 'call', c.function, c.args, c.ret, c.errno, NULL, c.caller, c.confidence, x.flows_out, x.flows_in
  FROM export_call c JOIN place p ON p.event_id = c.entry_event_id LEFT JOIN export_end x ON x.event_id = c.entry_event_id
  UNION ALL
  SELECT p.event_id, p.ts, p.track, p.line_no, 2, c.entry_event_id, NULL, 'call', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL
  FROM export_call c JOIN place p ON p.event_id = c.return_event_id
  UNION ALL
  SELECT p.event_id, p.ts, p.track, p.line_no, 1, p.event_id, NULL,
    CASE WHEN i.signal IS NOT NULL THEN 'signal' WHEN i.kind IS NOT NULL THEN 'task' WHEN i.half IS NOT NULL THEN 'half' ELSE 'event' END,
    CASE i.kind WHEN 'generate' THEN i.signal || ' is generated' WHEN 'deliver' THEN i.signal || ' is delivered' WHEN 'take' THEN i.signal || ' is taken'
      ELSE coalesce(i.kind, i.half, e.name) END,
    e.args, NULL, NULL, NULL, i.text, i.confidence, x.flows_out, x.flows_in
  FROM export_instant i JOIN place p USING (event_id)
  JOIN (FROM event WHERE event_id BETWEEN $from::BIGINT AND $to::BIGINT) e USING (event_id)
  LEFT JOIN export_end x USING (event_id)
  UNION ALL
  SELECT p.event_id, p.ts, t.task_id, p.line_no, 1, p.event_id, NULL, 'death',
    CASE t.death WHEN 'exited' THEN 'exited' || coalesce(' with ' || t.exit_code, '') WHEN 'killed' THEN 'killed' || coalesce(' by ' || signal_name(t.exit_signal), '')
      WHEN 'dumped' THEN 'killed' || coalesce(' by ' || signal_name(t.exit_signal), '') || ', core dumped' ELSE 'ended' END,
    NULL, NULL, NULL, NULL, t.death_evidence, 'exact', NULL, NULL
  FROM task t JOIN place p ON p.event_id = coalesce(t.exit_event_id, t.notify_event_id, t.death_event_id)
  WHERE t.capture_id = getvariable('capture_id') AND t.death <> 'alive'
  UNION ALL
  SELECT p.event_id, p.ts, t.task_id, p.line_no, 0, p.event_id, t.reap_event_id, 'zombie', 'zombie', NULL, NULL, NULL, NULL, NULL, coalesce(t.reap_confidence, 'exact'), NULL, NULL
  FROM task t JOIN place p ON p.event_id = t.notify_event_id
  WHERE t.capture_id = getvariable('capture_id') AND t.zombie_dur >= 0 AND t.reap_event_id <= getvariable('last_event') AND t.reap_event_id > t.notify_event_id
  UNION ALL
  SELECT p.event_id, p.ts, t.task_id, p.line_no, 2, t.notify_event_id, NULL, 'zombie', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL
  FROM task t JOIN place p ON p.event_id = t.reap_event_id
  WHERE t.capture_id = getvariable('capture_id') AND t.zombie_dur >= 0 AND t.notify_event_id >= getvariable('first_event') AND t.reap_event_id > t.notify_event_id
)
SELECT phase::INTEGER AS phase, ts, track::INTEGER AS track, line_no::INTEGER AS line_no, slice::DOUBLE AS slice, end_event_id::DOUBLE AS end_event_id,
  event_id::DOUBLE AS event_id, category, name, args, ret, errno, path, text, confidence, flows_out, flows_in
FROM element
WHERE ts IS NOT NULL AND (getvariable('only_pid') IS NULL OR track IN (SELECT task_id FROM task WHERE pid = getvariable('only_pid')))
ORDER BY ts, event_id, phase, category
