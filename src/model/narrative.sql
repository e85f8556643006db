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
            WHEN notify_event_id IS NOT NULL AND EXISTS (FROM wait w WHERE w.capture_id = t.capture_id) THEN '; no wait is known to have reaped it'
            ELSE '' END AS verdict,
  list_filter([death_event_id, killer_event_id, notify_event_id, exit_event_id, reap_event_id, self_reaped_event_id], lambda x: x IS NOT NULL) AS event_ids,
  CASE WHEN reap_confidence = 'inferred' OR cause_confidence = 'inferred' OR self_reaped IS NOT NULL THEN 'inferred' ELSE 'exact' END AS confidence
FROM t
