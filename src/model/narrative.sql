-- Words for what the model holds: macros, and the sentence for each life. A view costs nothing until it is asked for.
CREATE OR REPLACE MACRO task_label(comm, pid) AS CASE WHEN comm IS NULL THEN 'pid ' || pid ELSE comm || ' ' || pid END;

CREATE OR REPLACE MACRO trim_zeros(v) AS regexp_replace(printf('%.3f', v::DOUBLE), '\.?0+$', '');

-- ns -> "79 us", "1.234 ms".
CREATE OR REPLACE MACRO dur_text(ns) AS CASE
  WHEN ns IS NULL THEN NULL
  WHEN abs(ns) < 1000 THEN ns || ' ns'
  WHEN abs(ns) < 1000000 THEN trim_zeros(ns / 1000.0) || ' us'
  WHEN abs(ns) < 1000000000 THEN trim_zeros(ns / 1000000.0) || ' ms'
  ELSE trim_zeros(ns / 1000000000.0) || ' s' END;

-- Durations as the capture's clock allows: a clock that counts has no seconds, and two stamps of one microsecond may differ.
CREATE OR REPLACE MACRO span_text(n, time_unit) AS CASE
  WHEN time_unit = 'tick' THEN n || CASE WHEN n = 1 THEN ' tick' ELSE ' ticks' END
  WHEN time_unit = 'us' AND n = 0 THEN 'less than 1 us'
  ELSE dur_text(n) END;

CREATE OR REPLACE MACRO cause_text(cause) AS CASE cause
  WHEN 'kill' THEN 'kill(2)'
  WHEN 'tgkill' THEN 'tgkill(2)'
  WHEN 'tkill' THEN 'tkill(2)'
  WHEN 'sigqueue' THEN 'sigqueue(3)'
  WHEN 'pidfd' THEN 'pidfd_send_signal(2)'
  WHEN 'child_exit' THEN 'the exit of a child'
  WHEN 'child_stop' THEN 'the stop of a child'
  WHEN 'child_continue' THEN 'a child that continues'
  WHEN 'fault' THEN 'a fault'
  WHEN 'timer' THEN 'a timer'
  WHEN 'tty' THEN 'the terminal'
  WHEN 'pipe' THEN 'a write to a pipe or socket without reader'
  WHEN 'oom' THEN 'the OOM killer'
  WHEN 'parent_death' THEN 'the death of its parent'
  WHEN 'cgroup_kill' THEN 'cgroup.kill'
  WHEN 'abort' THEN 'abort(3)'
  WHEN 'kernel' THEN 'the kernel'
  ELSE 'an unknown cause' END;

-- Who sent it, as the end of a sentence that begins with the signal.
CREATE OR REPLACE MACRO sent_by(sender_pid, sender_comm, target_pid, sig, cause) AS CASE
  WHEN cause = 'tgkill' AND sender_pid = target_pid AND sig = 6 THEN ' that it sent to itself (abort)'
  WHEN cause = 'fault' THEN ' from a fault of its own'
  WHEN cause = 'parent_death' THEN ' because its parent ' || task_label(sender_comm, sender_pid) || ' died'
  WHEN cause = 'pipe' AND sender_pid = target_pid THEN ' from its own write to a pipe or socket without reader'
  WHEN sender_pid = target_pid AND cause <> 'unknown' THEN ' that it sent to itself with ' || cause_text(cause)
  WHEN sender_pid = target_pid AND cause = 'unknown' THEN ' that came up in its own context, by means the capture does not show'
  WHEN sender_pid IS NOT NULL AND cause = 'unknown'
    THEN ' sent in the context of ' || task_label(sender_comm, sender_pid) || ', by means the capture does not show'
  WHEN sender_pid IS NOT NULL THEN ' sent by ' || task_label(sender_comm, sender_pid) || ' with ' || cause_text(cause)
  WHEN cause = 'unknown' THEN ' whose sender is not in the capture'
  ELSE ' sent by ' || cause_text(cause) END;

-- The same for the moment of signal_generate, with what shows it.
CREATE OR REPLACE MACRO generated_by(sender_pid, sender_comm, target_pid, cause, evidence) AS CASE
  WHEN cause = 'child_exit' AND sender_pid IS NOT NULL THEN ' because ' || task_label(sender_comm, sender_pid) || ' ended'
  WHEN cause = 'child_stop' AND sender_pid IS NOT NULL THEN ' because ' || task_label(sender_comm, sender_pid) || ' stopped'
  WHEN cause = 'child_continue' AND sender_pid IS NOT NULL THEN ' because ' || task_label(sender_comm, sender_pid) || ' goes on'
  WHEN cause = 'parent_death' AND sender_pid IS NOT NULL THEN ' because its parent ' || task_label(sender_comm, sender_pid) || ' died'
  WHEN cause = 'fault' THEN ' by a fault of its own'
  WHEN cause = 'unknown' AND sender_pid IS NOT NULL THEN ' in the context of ' || task_label(sender_comm, sender_pid)
  WHEN cause = 'unknown' THEN ''
  WHEN sender_pid = target_pid AND cause = 'pipe' THEN ' by its own write to a pipe or socket without reader'
  WHEN sender_pid = target_pid THEN ' by itself with ' || cause_text(cause)
  WHEN sender_pid IS NOT NULL THEN ' by ' || task_label(sender_comm, sender_pid) || ' with ' || cause_text(cause)
  ELSE ' by ' || cause_text(cause) END
  -- The code that is named already says as much.
  || CASE WHEN (cause LIKE 'child%' OR cause = 'fault') AND evidence LIKE 'code %' THEN '' ELSE ' (' || evidence || ')' END;

-- How a life ended, as the rest of a sentence that begins with the task.
CREATE OR REPLACE MACRO end_text(death, exit_code, exit_signal, sent, ended) AS CASE death
  WHEN 'exited' THEN ' exited' || coalesce(' with code ' || exit_code, ', with what code is not in the capture')
  WHEN 'killed' THEN ' was killed' || coalesce(' by ' || signal_name(exit_signal) || sent, ', by which signal is not in the capture')
  WHEN 'dumped' THEN ' was killed' || coalesce(' by ' || signal_name(exit_signal) || sent, '') || ' and dumped core'
  WHEN 'alive' THEN ' is alive when the capture ends'
  ELSE CASE WHEN ended THEN ' ended, how is not in the capture' ELSE ': whether it ended is not in the capture' END END;

-- Reaped, but by no wait: the kernel does it where the parent ignores SIGCHLD or sets SA_NOCLDWAIT (kernel/signal.c,
-- do_notify_parent). The child is of the kind that a plain wait sees (SIGCHLD, no CLONE_PARENT), nothing is missing since its birth,
-- and one of these tells:
--   childless  its parent waits on and has no such child any more (ECHILD)
--   freed      the kernel frees it, although no wait returned that may have been for it
--   untold     other children tell their parents, this one told nobody: with SIG_IGN no SIGCHLD is written
-- A signal_generate with result ignored is no such proof: without a handler the parent still has to wait.
CREATE OR REPLACE VIEW self_reaped AS
WITH ended AS (
  SELECT t.capture_id, t.task_id, t.pid, t.parent_task_id, p.pid AS parent_pid, p.exit_event_id AS parent_exit_event_id, t.notify_event_id, t.exit_event_id, t.exit_ts,
    coalesce(t.notify_event_id, t.exit_event_id, t.death_event_id) AS end_event_id
  FROM task t
  JOIN task p ON p.task_id = t.parent_task_id
  JOIN syscall_row k ON k.capture_id = t.capture_id AND k.pid = p.pid AND k.enter_event_id <= t.fork_event_id AND k.exit_event_id >= t.fork_event_id
    AND k.ret = t.pid::UBIGINT
  JOIN syscall_name n USING (syscall_id)
  JOIN event_row ke ON ke.event_id = k.enter_event_id JOIN name_dict d ON d.name_id = ke.name_id
  JOIN coverage v ON v.capture_id = t.capture_id AND v.counted AND v.complete_from_event_id <= k.enter_event_id
  WHERE t.reaper_task_id IS NULL AND NOT coalesce(t.thread, false) AND t.death <> 'alive'
    AND (n.name IN ('fork', 'vfork') OR (n.name = 'clone' AND ke.form BETWEEN 2 AND 7 AND d.keys[1] = 'clone_flags' AND ke.a0 & 33023 = 17))
),
told AS (
  SELECT e.task_id, min(w.exit_event_id) AS event_id, 1 AS rank
  FROM ended e
  JOIN wait w ON w.task_id = e.parent_task_id AND w.ret = -10 AND w.exit_event_id > e.end_event_id
  JOIN event_row we ON we.event_id = w.enter_event_id
  WHERE (w.name = 'wait4' AND we.form BETWEEN 2 AND 7 AND we.a0 & 4294967295 IN (4294967295, e.pid))
     OR (w.name = 'waitid' AND we.form BETWEEN 5 AND 7 AND w.options & 4 > 0 AND (we.a0 = 0 OR (we.a0 = 1 AND we.a1 & 4294967295 = e.pid)))
  GROUP BY e.task_id
  UNION ALL
  SELECT e.task_id, min(f.event_id), 2
  FROM ended e JOIN ev.sched_process_free f ON f.task_pid = e.pid AND f.event_id > e.end_event_id
  WHERE EXISTS (FROM wait w WHERE w.capture_id = e.capture_id)
  GROUP BY e.task_id
  HAVING NOT EXISTS (FROM wait w WHERE w.capture_id = any_value(e.capture_id) AND w.reaped IS NULL AND w.exit_event_id > min(e.end_event_id) AND w.exit_event_id < min(f.event_id))
  UNION ALL
  SELECT e.task_id, e.exit_event_id, 3
  FROM ended e JOIN capture c USING (capture_id)
  WHERE e.notify_event_id IS NULL AND e.exit_event_id IS NOT NULL AND c.last_ts - e.exit_ts > 100000000
    AND (e.parent_exit_event_id IS NULL OR e.parent_exit_event_id > e.exit_event_id)
    AND EXISTS (FROM task o WHERE o.capture_id = e.capture_id AND o.notify_event_id IS NOT NULL)
    AND NOT EXISTS (FROM signal s WHERE s.sender_task_id = e.task_id AND s.generate_event_id > e.exit_event_id)
    AND NOT EXISTS (FROM task h WHERE h.capture_id = e.capture_id AND (h.parent_task_id = e.task_id OR h.tgid = e.pid) AND h.thread IS DISTINCT FROM false AND h.task_id <> e.task_id)
)
SELECT task_id, arg_min(event_id, rank) AS event_id, CASE min(rank) WHEN 1 THEN 'childless' WHEN 2 THEN 'freed' ELSE 'untold' END AS how
FROM told GROUP BY task_id;

-- One sentence for each life, with the lines that it rests on.
CREATE OR REPLACE VIEW verdict AS
WITH t AS (
  SELECT t.*, task_label(t.comm, t.pid) || CASE WHEN t.thread THEN coalesce(' (thread of ' || t.tgid || ')', ' (a thread)') ELSE '' END AS who,
    task_label(r.comm, r.pid) AS reaper,
    -- Whoever waits for the child of a process that is gone has inherited it. A leader may exit before its threads.
    r.task_id <> p.task_id AND coalesce(r.tgid <> p.tgid, true) AND p.exit_event_id < t.reap_event_id
      AND coalesce(p.death_event_id < p.exit_event_id, false) AS inherited,
    CASE WHEN s.sig IS NULL THEN ''
         ELSE CASE WHEN s.cause = 'fault' AND s.code BETWEEN 1 AND 127 THEN coalesce(' (' || s.code_name || ')', '') ELSE '' END
           || CASE WHEN s.sender_task_id = t.task_id AND s.target_pid <> t.pid
                   THEN ' that it sent to its own thread ' || s.target_pid || ' with ' || cause_text(s.cause)
                   ELSE sent_by(s.sender_pid, s.sender_comm, s.target_pid, s.sig, s.cause) END END AS sent,
    s.confidence AS cause_confidence, w.name AS wait_name, c.time_unit, task_label(p.comm, p.pid) AS parent, n.event_id AS self_reaped_event_id,
    n.how AS self_reaped, ne.ts - t.exit_ts AS freed_after, nw.name AS childless_wait
  FROM task t
  JOIN capture c USING (capture_id)
  LEFT JOIN task p ON p.task_id = t.parent_task_id
  LEFT JOIN task r ON r.task_id = t.reaper_task_id
  LEFT JOIN signal s ON s.generate_event_id = t.killer_event_id
  LEFT JOIN wait w ON w.exit_event_id = t.reap_event_id AND w.exit_event_id IS NOT NULL
  LEFT JOIN self_reaped n ON n.task_id = t.task_id
  LEFT JOIN event_row ne ON ne.event_id = n.event_id
  LEFT JOIN wait nw ON nw.exit_event_id = n.event_id AND n.how = 'childless'
)
SELECT capture_id, task_id, pid, death,
  who || end_text(death, exit_code, exit_signal, sent, exit_ts IS NOT NULL OR reaped_ts IS NOT NULL)
    || CASE WHEN coalesce(thread, false) OR death = 'alive' THEN ''
            WHEN reaper_task_id IS NOT NULL THEN '; ' || coalesce('it was a zombie for ' || span_text(zombie_dur, time_unit) || ' until ', '')
              || reaper || CASE WHEN inherited THEN ', which had inherited it,' ELSE '' END || ' reaped it' || coalesce(' with ' || wait_name, '')
              || CASE WHEN zombie_dur IS NULL AND exit_event_id IS NOT NULL
                   THEN coalesce(', ' || span_text(reaped_ts - exit_ts, time_unit) || ' after it exited', '') ELSE '' END
            WHEN self_reaped = 'untold' THEN '; it told no parent with SIGCHLD, so ' || parent || ' ignores SIGCHLD and the kernel reaped it at once'
            WHEN self_reaped IS NOT NULL
              THEN '; it was reaped without a wait in the capture, as where the parent ignores SIGCHLD or sets SA_NOCLDWAIT: '
                || CASE self_reaped WHEN 'childless' THEN childless_wait || ' of ' || parent || ' finds no child (ECHILD)'
                   ELSE 'the kernel frees it' || coalesce(' ' || span_text(freed_after, time_unit) || ' after its end', '') END
            WHEN notify_event_id IS NOT NULL AND EXISTS (FROM wait w WHERE w.capture_id = t.capture_id) THEN '; no wait that reaped it is in the capture'
            ELSE '' END AS verdict,
  list_filter([death_event_id, killer_event_id, notify_event_id, exit_event_id, reap_event_id, self_reaped_event_id], lambda x: x IS NOT NULL) AS event_ids,
  CASE WHEN reap_confidence = 'inferred' OR cause_confidence = 'inferred' OR self_reaped IS NOT NULL THEN 'inferred' ELSE 'exact' END AS confidence
FROM t
