-- signal: each signal_generate with the delivery it led to, and deliveries that have no signal_generate.
CREATE OR REPLACE TEMP TABLE generate AS
WITH placed AS (
  SELECT g.*, s.task_id AS context_task_id
  FROM generate_cause g ASOF LEFT JOIN (FROM life WHERE capture_id = getvariable('capture_id')) s
    ON s.pid = g.pid AND g.event_id >= s.from_event_id
)
SELECT p.*, t.task_id AS target_task_id, m.leader_task_id AS target_leader
FROM placed p
ASOF LEFT JOIN (FROM life WHERE capture_id = getvariable('capture_id')) t ON t.pid = p.target_pid AND p.event_id >= t.from_event_id
LEFT JOIN member m ON m.task_id = t.task_id;

CREATE OR REPLACE TEMP TABLE deliver AS
SELECT d.event_id, d.ts, d.pid, d.comm, d.sig, d.code, d.sa_handler, l.task_id, m.leader_task_id,
  CASE d.sa_handler WHEN 0 THEN 'default' WHEN 1 THEN 'ignore' ELSE 'handler' END AS disposition,
  d.sa_handler = 0 AND signal_default_action(d.sig) IN ('terminate', 'core')
    -- What goes on afterwards was not killed: a leader whose place another thread takes by execve.
    AND coalesce(w.event_id >= l.until_event_id, w.event_id IS NULL) AS fatal
FROM deliver_seen d
ASOF JOIN (FROM life WHERE capture_id = getvariable('capture_id')) l ON l.pid = d.pid AND d.event_id >= l.from_event_id
JOIN member m ON m.task_id = l.task_id
ASOF LEFT JOIN work_line w ON w.pid = d.pid AND d.event_id < w.event_id;

-- What a task does on its own in user mode: a signal that is not blocked is delivered before. Its latest such line before a
-- delivery tells how old the signal can be.
CREATE OR REPLACE TEMP TABLE at_work AS
WITH line AS (FROM work_line UNION ALL SELECT pid, event_id FROM deliver_seen)
SELECT d.event_id AS deliver_id, max(l.event_id) AS event_id
FROM deliver d ASOF JOIN line l ON l.pid = d.pid AND d.event_id > l.event_id
GROUP BY d.event_id;

-- Which generated signals can a delivery be? Where nothing is missing, as they come. Where lines may be missing, one that is
-- fresh: the receiver did nothing since, it was less than a millisecond ago, or less than a quarter of the shortest time in which
-- that signal followed itself, and the kernel does not say that it lost records in that time.
CREATE OR REPLACE TEMP TABLE lost_time AS
SELECT coalesce(from_ts, -9223372036854775807) AS from_ts, coalesce(to_ts, 9223372036854775807) AS to_ts
FROM loss WHERE capture_id = getvariable('capture_id') AND kind IN ('lost', 'buffer_started', 'elided');

CREATE OR REPLACE TEMP TABLE pace AS
SELECT sig, least(1000000, min(pause) // 4) AS fresh
FROM (
  SELECT sig, ts - lag(ts) OVER (PARTITION BY target_leader, sig ORDER BY event_id) AS pause FROM generate WHERE coalesce(res, 0) IN (0, 4)
)
GROUP BY sig;

CREATE OR REPLACE MACRO is_fresh(generate_id, generate_ts, deliver_ts, work_id, complete_from, sent_sig) AS
  coalesce(generate_id >= complete_from, false) OR (deliver_ts - generate_ts < (SELECT p.fresh FROM pace p WHERE p.sig = sent_sig) AND generate_id > coalesce(work_id, -1)
    AND NOT EXISTS (SELECT 1 FROM lost_time t WHERE generate_ts <= t.to_ts AND deliver_ts >= t.from_ts));

-- Standard signals: at most one of a number is pending per queue, so a delivery takes the latest one generated before it,
-- whether sent to the thread or to its process.
CREATE OR REPLACE TEMP TABLE matched AS
WITH to_thread AS (
  SELECT d.event_id AS deliver_id, g.event_id AS generate_id
  FROM deliver d ASOF JOIN (FROM generate WHERE coalesce(res, 0) IN (0, 4)) g
    ON g.target_task_id = d.task_id AND g.sig = d.sig AND d.event_id > g.event_id
  WHERE d.sig < 32
),
to_process AS (
  SELECT d.event_id AS deliver_id, g.event_id AS generate_id
  FROM deliver d ASOF JOIN (FROM generate WHERE coalesce(res, 0) IN (0, 4) AND coalesce(grp, 1) = 1) g
    ON g.target_leader = d.leader_task_id AND g.sig = d.sig AND d.event_id > g.event_id
  WHERE d.sig < 32
),
latest AS (
  SELECT deliver_id, max(generate_id) AS generate_id FROM (FROM to_thread UNION ALL FROM to_process) GROUP BY deliver_id
),
agreeing AS (
  SELECT l.* FROM latest l JOIN deliver d ON d.event_id = l.deliver_id JOIN generate g ON g.event_id = l.generate_id
  WHERE d.code = g.code OR (d.sig = 9 AND d.code = 0)
),
-- Real-time signals queue: runs of n generated and then n delivered are taken first in, first out; other runs are left open.
queue AS (
  SELECT event_id, true AS sent, target_leader AS leader, sig, code FROM generate WHERE sig >= 32 AND coalesce(res, 0) IN (0, 4)
  UNION ALL SELECT event_id, false, leader_task_id, sig, code FROM deliver WHERE sig >= 32
),
turn AS (
  SELECT *, sent AND NOT coalesce(lag(sent) OVER w, false) AS begins FROM queue WINDOW w AS (PARTITION BY leader, sig ORDER BY event_id)
),
run AS (
  SELECT *, count(*) FILTER (begins) OVER (PARTITION BY leader, sig ORDER BY event_id) AS run FROM turn
),
numbered AS (
  SELECT *, row_number() OVER (PARTITION BY leader, sig, run, sent ORDER BY event_id) AS k,
    count(*) FILTER (sent) OVER r AS sent_count, count(*) FILTER (NOT sent) OVER r AS delivered_count
  FROM run WINDOW r AS (PARTITION BY leader, sig, run)
),
real_time AS (
  SELECT d.event_id AS deliver_id, g.event_id AS generate_id
  FROM numbered d JOIN numbered g ON g.leader = d.leader AND g.sig = d.sig AND g.run = d.run AND g.k = d.k AND g.sent AND NOT d.sent
  WHERE d.sent_count = d.delivered_count AND g.code = d.code
)
SELECT c.deliver_id, c.generate_id
FROM (FROM agreeing UNION ALL FROM real_time) c
JOIN deliver d ON d.event_id = c.deliver_id JOIN generate g ON g.event_id = c.generate_id
LEFT JOIN at_work w ON w.deliver_id = c.deliver_id
CROSS JOIN complete k
WHERE is_fresh(g.event_id, g.ts, d.ts, w.event_id, k.from_event_id, g.sig)
QUALIFY row_number() OVER (PARTITION BY c.generate_id ORDER BY c.deliver_id) = 1;

-- A fatal signal that dumps no core turns into SIGKILL for every thread when it is generated (kernel/signal.c,
-- complete_signal), so the delivery says 9. What killed: the last signal that was queued to the process before, since a dying
-- process accepts no more; a SIGKILL among them wins. It must be one that kills by default and that nobody handled.
CREATE OR REPLACE TEMP TABLE fatal AS
SELECT d.leader_task_id, min(d.event_id) AS deliver_id, arg_min(d.sig, d.event_id) AS sig, arg_min(d.ts, d.event_id) AS ts,
  arg_min(d.task_id, d.event_id) AS task_id
FROM deliver d WHERE d.fatal
  -- An exec by another thread ends its siblings, not the process.
  AND NOT EXISTS (FROM exec x WHERE x.task_id = d.leader_task_id AND x.at_event_id > d.event_id)
GROUP BY d.leader_task_id;

-- A signal that turns into SIGKILL does so before signal_generate is written, so no thread comes back to user mode afterwards:
-- where one returned from a call and entered the next, whatever was generated before that return was blocked, as for a
-- signalfd or sigwaitinfo, and did not kill.
CREATE OR REPLACE TEMP TABLE lived_on AS
WITH before_last AS (
  SELECT f.leader_task_id, coalesce(s.exit_event_id, s.enter_event_id) AS event_id
  FROM (FROM fatal WHERE sig = 9) f
  JOIN member m USING (leader_task_id)
  JOIN life l ON l.task_id = m.task_id
  JOIN syscall_row s ON s.capture_id = l.capture_id AND s.pid = l.pid AND s.enter_event_id >= l.from_event_id
    AND (l.until_event_id IS NULL OR s.enter_event_id < l.until_event_id) AND s.enter_event_id < f.deliver_id
  QUALIFY row_number() OVER (PARTITION BY l.task_id ORDER BY s.enter_event_id DESC) = 2
)
SELECT leader_task_id, max(event_id) AS event_id FROM before_last GROUP BY leader_task_id;

CREATE OR REPLACE TEMP TABLE killer AS
WITH candidate AS (
  SELECT f.leader_task_id, f.deliver_id, f.ts AS deliver_ts, f.sig AS delivered_sig, g.event_id AS generate_id, g.ts, g.sig,
    signal_default_action(g.sig) AS action,
    EXISTS (FROM matched m WHERE m.generate_id = g.event_id AND m.deliver_id <> f.deliver_id) AS used
  FROM fatal f JOIN generate g ON g.target_leader = f.leader_task_id AND g.event_id < f.deliver_id AND coalesce(g.res, 0) IN (0, 4)
  LEFT JOIN lived_on o ON o.leader_task_id = f.leader_task_id
  WHERE f.sig <> 9 OR g.sig = 9 OR g.event_id > coalesce(o.event_id, -1)
),
-- Threads of a process whose clone flags are not in the capture look like children: one that took a fatal delivery at the same
-- moment may have been the one that the signal was sent to.
by_thread AS (
  SELECT f.leader_task_id, f.deliver_id, f.ts AS deliver_ts, f.sig AS delivered_sig, g.event_id AS generate_id, g.ts, g.sig,
    signal_default_action(g.sig) AS action, false AS used
  FROM fatal f
  JOIN parent_of p ON p.parent_task_id = f.task_id AND p.thread IS NULL
  JOIN fatal t ON t.leader_task_id = p.task_id AND abs(t.ts - f.ts) < 10000000 AND f.sig = 9 AND t.sig = 9
  JOIN generate g ON g.target_task_id = p.task_id AND g.event_id < t.deliver_id AND g.event_id < f.deliver_id AND coalesce(g.res, 0) IN (0, 4)
  WHERE f.leader_task_id NOT IN (SELECT leader_task_id FROM candidate)
),
chosen AS (
  SELECT leader_task_id, deliver_id, any_value(deliver_ts) AS deliver_ts, any_value(delivered_sig) AS delivered_sig,
    CASE WHEN any_value(delivered_sig) = 9 AND bool_or(sig = 9) THEN max(generate_id) FILTER (sig = 9)
         WHEN any_value(delivered_sig) = 9 THEN max(generate_id) FILTER (action NOT IN ('ignore') AND NOT used)
         ELSE max(generate_id) FILTER (sig = delivered_sig) END AS generate_id
  FROM (FROM candidate UNION ALL FROM by_thread) GROUP BY leader_task_id, deliver_id
)
SELECT c.leader_task_id, c.deliver_id, c.generate_id, g.sig,
  CASE WHEN g.target_leader = c.leader_task_id AND (g.sig = c.delivered_sig OR w.whole) THEN 'exact' ELSE 'inferred' END AS confidence
FROM chosen c JOIN generate g ON g.event_id = c.generate_id
LEFT JOIN at_work k ON k.deliver_id = c.deliver_id
CROSS JOIN whole w CROSS JOIN complete p
WHERE signal_default_action(g.sig) IN ('terminate', 'core')
  -- The kill follows at once; in a capture with missing lines an older one may have been handled unseen.
  AND is_fresh(g.event_id, g.ts, c.deliver_ts, k.event_id, p.from_event_id, g.sig);

-- The signal's own delivery: as matched, or the fatal delivery that it turned into (the target's own thread first).
CREATE OR REPLACE TEMP TABLE delivered AS
SELECT generate_id, deliver_id FROM matched
WHERE generate_id NOT IN (SELECT generate_id FROM killer)
UNION ALL
SELECT k.generate_id, coalesce(
    (SELECT min(d.event_id) FROM deliver d WHERE d.fatal AND d.task_id = g.target_task_id AND d.event_id > g.event_id),
    k.deliver_id)
FROM (SELECT generate_id, min(deliver_id) AS deliver_id FROM killer GROUP BY generate_id) k
JOIN generate g ON g.event_id = k.generate_id;

-- A handler runs until rt_sigreturn; handlers run inside one another. Where returns may be missing, which is whose is a guess.
CREATE OR REPLACE TEMP TABLE handler_return AS
WITH edge AS (
  SELECT d.task_id, d.event_id, d.ts, false AS returns FROM deliver d WHERE d.disposition = 'handler'
  UNION ALL
  SELECT l.task_id, s.enter_event_id, s.enter_ts, true
  FROM (
    SELECT s.pid, s.enter_event_id, s.enter_ts FROM syscall_row s JOIN syscall_name n USING (syscall_id)
    WHERE s.capture_id = getvariable('capture_id') AND n.name IN ('rt_sigreturn', 'sigreturn') AND s.enter_event_id IS NOT NULL
  ) s
  ASOF JOIN (FROM life WHERE capture_id = getvariable('capture_id')) l ON l.pid = s.pid AND s.enter_event_id >= l.from_event_id
),
level AS (
  SELECT *, sum(CASE WHEN returns THEN -1 ELSE 1 END) OVER (PARTITION BY task_id ORDER BY event_id) + CASE WHEN returns THEN 1 ELSE 0 END AS level
  FROM edge
),
beside AS (
  SELECT *, lead(returns) OVER w AS closed, lead(event_id) OVER w AS return_id, lead(ts) OVER w AS return_ts
  FROM level WINDOW w AS (PARTITION BY task_id, level ORDER BY event_id)
)
SELECT event_id AS deliver_id, return_id, return_ts - ts AS dur
FROM beside CROSS JOIN complete k
WHERE NOT returns AND closed AND event_id >= k.from_event_id;

-- sigwaitinfo takes a pending signal without a delivery. Of real-time signals that queue, the capture does not tell which one.
CREATE OR REPLACE TEMP TABLE taken AS
WITH call AS (
  SELECT s.pid, s.enter_event_id, s.exit_event_id, s.exit_ts, s.ret::INTEGER AS sig, m.leader_task_id
  FROM (
    SELECT s.* FROM syscall_row s JOIN syscall_name n USING (syscall_id)
    WHERE s.capture_id = getvariable('capture_id') AND n.name LIKE 'rt_sigtimedwait%' AND s.exit_event_id IS NOT NULL AND s.ret BETWEEN 1 AND 31
  ) s
  ASOF JOIN (FROM life WHERE capture_id = getvariable('capture_id')) l ON l.pid = s.pid AND s.exit_event_id >= l.from_event_id
  JOIN member m ON m.task_id = l.task_id
)
SELECT g.event_id AS generate_id, c.exit_event_id
FROM call c
ASOF JOIN (FROM generate WHERE coalesce(res, 0) IN (0, 4)) g
  ON g.target_leader = c.leader_task_id AND g.sig = c.sig AND c.exit_event_id > g.event_id
CROSS JOIN complete k
WHERE g.event_id NOT IN (SELECT generate_id FROM delivered) AND (g.grp = 1 OR g.target_pid = c.pid)
  AND is_fresh(g.event_id, g.ts, c.exit_ts, c.enter_event_id, k.from_event_id, g.sig)
QUALIFY row_number() OVER (PARTITION BY g.event_id ORDER BY c.exit_event_id) = 1;

INSERT INTO signal
SELECT getvariable('capture_id'), g.event_id, d.event_id, g.sig, coalesce(signal_name(g.sig), 'SIG' || g.sig),
  CASE WHEN s.sent THEN g.pid END, CASE WHEN s.sent THEN g.comm END, CASE WHEN s.sent THEN g.context_task_id END,
  g.target_pid, g.target_comm, g.target_task_id, g.code, signal_code_name(g.sig, g.code),
  CASE g.res WHEN 0 THEN 'delivered' WHEN 1 THEN 'ignored' WHEN 2 THEN 'already_pending' WHEN 3 THEN 'overflow_fail' WHEN 4 THEN 'lose_info' END,
  g.cause, g.confidence, g.evidence, g.ts, d.ts, d.ts - g.ts, d.disposition, d.sig, d.pid,
  -- An enter without its return may be over, and the call that sent the signal be one that is missing: its name and arguments must fit.
  CASE WHEN CASE WHEN g.cause IN ('kill', 'tgkill', 'tkill') THEN g.call = g.cause AND g.asks
       WHEN g.cause = 'sigqueue' THEN g.call IN ('rt_sigqueueinfo', 'rt_tgsigqueueinfo') AND g.asks
       WHEN g.cause = 'pidfd' THEN g.call = 'pidfd_send_signal' AND g.asks
       WHEN g.cause = 'child_exit' AND g.dying THEN g.call IN ('exit', 'exit_group')
       ELSE NOT g.call_torn END
    THEN coalesce(g.call_enter, g.call_exit) END, g.stack_id, t.exit_event_id, h.return_id, h.dur
FROM generate g
LEFT JOIN delivered x ON x.generate_id = g.event_id
LEFT JOIN taken t ON t.generate_id = g.event_id
LEFT JOIN handler_return h ON h.deliver_id = x.deliver_id
LEFT JOIN deliver d ON d.event_id = x.deliver_id
-- Who asked for it: the context task, unless an interrupt or the kernel itself did. Where the cause is unknown, kill and its
-- like can still be told by the code: 0 to a whole process comes from a task, and so do SI_QUEUE and SI_TKILL.
CROSS JOIN LATERAL (SELECT NOT g.interrupt AND g.pid > 0 AND NOT g.comm LIKE 'kworker/%' AND (
    g.cause IN ('kill', 'tgkill', 'tkill', 'sigqueue', 'pidfd', 'child_exit', 'child_stop', 'child_continue', 'fault', 'pipe', 'parent_death', 'cgroup_kill')
    OR (g.cause = 'unknown' AND ((g.code = 0 AND coalesce(g.grp, 1) = 1) OR g.code IN (-1, -6)) AND coalesce(g.task_context, false))) AS sent) s
UNION ALL
SELECT getvariable('capture_id'), NULL, d.event_id, d.sig, coalesce(signal_name(d.sig), 'SIG' || d.sig), NULL, NULL, NULL,
  d.pid, d.comm, d.task_id, d.code, signal_code_name(d.sig, d.code), NULL, 'unknown', 'exact',
  'delivered without a signal_generate in the capture', NULL, d.ts, NULL, d.disposition, d.sig, d.pid, NULL, NULL, NULL, h.return_id, h.dur
FROM deliver d LEFT JOIN handler_return h ON h.deliver_id = d.event_id
WHERE d.event_id NOT IN (SELECT deliver_id FROM delivered)
