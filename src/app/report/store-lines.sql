-- Events of the given lines in the parts of which a line of the trace is made.
SELECT e.line_no, e.comm, e.pid, e.tgid, e.cpu, e.flags, e.ts, e.name, e.args, n.kind
FROM (FROM event WHERE line_no IN (:lines) AND capture_id = $capture) e
JOIN (SELECT DISTINCT name, kind FROM event_name WHERE capture_id = $capture) n USING (name)
ORDER BY e.line_no, e.event_id
