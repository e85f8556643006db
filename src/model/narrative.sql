-- Words for what the model holds. Views, so that they cost nothing until they are asked for.
CREATE OR REPLACE MACRO task_label(comm, pid) AS CASE WHEN comm IS NULL THEN 'pid ' || pid ELSE comm || ' ' || pid END;

CREATE OR REPLACE MACRO trim_zeros(v) AS regexp_replace(printf('%.3f', v::DOUBLE), '\.?0+$', '');

-- ns -> "79 us", "1.234 ms".
CREATE OR REPLACE MACRO dur_text(ns) AS CASE
  WHEN ns IS NULL THEN NULL
  WHEN abs(ns) < 1000 THEN ns || ' ns'
  WHEN abs(ns) < 1000000 THEN trim_zeros(ns / 1000.0) || ' us'
  WHEN abs(ns) < 1000000000 THEN trim_zeros(ns / 1000000.0) || ' ms'
  ELSE trim_zeros(ns / 1000000000.0) || ' s' END;

CREATE OR REPLACE MACRO cause_text(cause) AS CASE cause
  WHEN 'kill' THEN 'kill(2)' WHEN 'tgkill' THEN 'tgkill(2)' WHEN 'tkill' THEN 'tkill(2)' WHEN 'sigqueue' THEN 'sigqueue(3)'
  WHEN 'pidfd' THEN 'pidfd_send_signal(2)' WHEN 'child_exit' THEN 'the exit of a child' WHEN 'child_stop' THEN 'the stop of a child'
  WHEN 'child_continue' THEN 'a child that continues' WHEN 'fault' THEN 'a fault' WHEN 'timer' THEN 'a timer' WHEN 'tty' THEN 'the terminal'
  WHEN 'pipe' THEN 'a write to a pipe or socket without reader' WHEN 'oom' THEN 'the OOM killer' WHEN 'parent_death' THEN 'the death of its parent'
  WHEN 'cgroup_kill' THEN 'cgroup.kill' WHEN 'abort' THEN 'abort(3)' WHEN 'kernel' THEN 'the kernel' ELSE 'an unknown cause' END;

-- Who sent it, as the end of a sentence that begins with the signal.
CREATE OR REPLACE MACRO sent_by(sender_pid, sender_comm, target_pid, sig, cause) AS CASE
  WHEN cause = 'tgkill' AND sender_pid = target_pid AND sig = 6 THEN ' that it sent to itself (abort)'
  WHEN cause = 'fault' THEN ' from a fault of its own'
  WHEN cause = 'parent_death' THEN ' because its parent ' || task_label(sender_comm, sender_pid) || ' died'
  WHEN sender_pid = target_pid AND cause <> 'unknown' THEN ' that it raised itself by ' || cause_text(cause)
  WHEN sender_pid IS NOT NULL AND cause = 'unknown' THEN ' sent in the context of ' || task_label(sender_comm, sender_pid) || ', by means the capture does not show'
  WHEN sender_pid IS NOT NULL THEN ' sent by ' || task_label(sender_comm, sender_pid) || ' with ' || cause_text(cause)
  WHEN cause = 'unknown' THEN ' whose sender is not in the capture'
  ELSE ' sent by ' || cause_text(cause) END;

-- One sentence for each life, with the lines that it rests on.
CREATE OR REPLACE VIEW verdict AS
WITH t AS (
  SELECT t.*, task_label(t.comm, t.pid) AS who, task_label(r.comm, r.pid) AS reaper, s.signal AS killer_signal,
    s.sender_pid, s.sender_comm, s.target_pid, s.sig, s.cause, s.confidence AS cause_confidence, w.name AS wait_name, c.time_unit
  FROM task t
  JOIN capture c USING (capture_id)
  LEFT JOIN task r ON r.task_id = t.reaper_task_id
  LEFT JOIN signal s ON s.generate_event_id = t.killer_event_id
  LEFT JOIN wait w ON w.exit_event_id = t.reap_event_id AND w.exit_event_id IS NOT NULL
)
SELECT capture_id, task_id, pid, death,
  who || CASE death
    WHEN 'exited' THEN ' exited' || coalesce(' with code ' || exit_code, '; the code is not in the capture')
    WHEN 'killed' THEN ' was killed' || coalesce(' by ' || signal_name(exit_signal), ', by a signal that the capture does not name')
      || CASE WHEN killer_signal IS NULL THEN '' ELSE sent_by(sender_pid, sender_comm, target_pid, sig, cause) END
    WHEN 'dumped' THEN ' was killed' || coalesce(' by ' || signal_name(exit_signal), '')
      || CASE WHEN killer_signal IS NULL THEN '' ELSE sent_by(sender_pid, sender_comm, target_pid, sig, cause) END || ' and dumped core'
    WHEN 'alive' THEN ' is alive when the capture ends'
    ELSE CASE WHEN exit_ts IS NOT NULL OR reaped_ts IS NOT NULL THEN ' ended; the capture does not show how'
              ELSE ': the capture does not show whether it ended' END
  END
  || CASE WHEN coalesce(thread, false) OR death IN ('alive') THEN ''
          WHEN reaper_task_id IS NOT NULL THEN '; ' || coalesce('it was a zombie for ' || CASE WHEN time_unit = 'tick' THEN zombie_dur || ' ticks' ELSE dur_text(zombie_dur) END || ' until ', '')
            || reaper || ' reaped it' || coalesce(' with ' || wait_name, '')
            || CASE WHEN zombie_dur IS NULL AND exit_event_id IS NOT NULL
                 THEN ', ' || CASE WHEN time_unit = 'tick' THEN (reaped_ts - exit_ts) || ' ticks' ELSE dur_text(reaped_ts - exit_ts) END || ' after it exited' ELSE '' END
          WHEN notify_event_id IS NOT NULL AND EXISTS (FROM wait w WHERE w.capture_id = t.capture_id) THEN '; no wait that reaped it is in the capture'
          ELSE '' END AS verdict,
  list_filter([death_event_id, killer_event_id, notify_event_id, exit_event_id, reap_event_id], lambda x: x IS NOT NULL) AS event_ids,
  CASE WHEN reap_confidence = 'inferred' OR cause_confidence = 'inferred' THEN 'inferred' ELSE 'exact' END AS confidence
FROM t;

-- What each event is in the story of a task.
CREATE OR REPLACE VIEW step AS
WITH t AS (SELECT t.*, task_label(t.comm, t.pid) AS who, task_label(p.comm, p.pid) AS parent FROM task t LEFT JOIN task p ON p.task_id = t.parent_task_id)
SELECT fork_event_id AS event_id, task_id, 'fork' AS kind,
  coalesce(parent, 'its parent') || ' forks ' || who AS text, coalesce(fork_confidence, 'exact') AS confidence FROM t WHERE fork_event_id IS NOT NULL
UNION ALL
SELECT exec_enter_event_id, task_id, 'exec_enter', who || ' calls execve', 'exact' FROM t WHERE exec_enter_event_id IS NOT NULL
UNION ALL
SELECT t.exec_event_id, t.task_id, 'exec', who || ' runs a new program' || coalesce(': ' || t.exec_path, '; its path is not in the capture')
  || coalesce(' (execve took ' || dur_text(t.exec_ts - e.ts) || ')', ''), 'exact'
FROM t LEFT JOIN event_row e ON e.event_id = t.exec_enter_event_id WHERE t.exec_event_id IS NOT NULL
UNION ALL
SELECT f.exit_event_id, f.task_id, 'open', who || CASE WHEN f.errno IS NOT NULL THEN ' fails to open ' || coalesce(f.path, 'a file') || ': ' || f.errno
  ELSE ' opens ' || coalesce(f.path, 'a file whose path is not in the capture') || coalesce(' as fd ' || f.fd, '') END, 'exact'
FROM file f JOIN t USING (task_id) WHERE f.exit_event_id IS NOT NULL
UNION ALL
SELECT m.exit_event_id, m.task_id, 'map', who || ' maps 0x' || bare_hex(m.len) || ' bytes of ' || coalesce(m.path, CASE WHEN m.fd IS NULL THEN 'anonymous memory' ELSE 'fd ' || m.fd END)
  || ' at 0x' || bare_hex(m.start_addr) || ' (' || m.prot || ')', 'exact'
FROM mapping m JOIN t USING (task_id)
UNION ALL
SELECT s.syscall_event_id, s.sender_task_id, 'send', task_label(s.sender_comm, s.sender_pid) || ' calls ' || cause_text(s.cause) || ' for ' || s.signal || ' to '
  || task_label(s.target_comm, s.target_pid), s.confidence
FROM signal s WHERE s.syscall_event_id < s.generate_event_id AND s.cause IN ('kill', 'tgkill', 'tkill', 'sigqueue', 'pidfd')
UNION ALL
SELECT s.generate_event_id, s.target_task_id, 'generate', s.signal || coalesce(' (' || CASE WHEN s.code > 0 THEN s.code_name END || ')', '') || ' is generated for ' || task_label(s.target_comm, s.target_pid)
  || CASE WHEN s.sender_pid IS NULL OR s.sender_pid = s.target_pid THEN '' ELSE ' by ' || task_label(s.sender_comm, s.sender_pid) END
  || CASE WHEN s.cause = 'unknown' THEN '' ELSE ' (' || s.cause || ')' END || ': ' || s.evidence
  || CASE s.result WHEN 'ignored' THEN '; it is ignored' WHEN 'already_pending' THEN '; one is pending already' ELSE '' END, s.confidence
FROM signal s WHERE s.generate_event_id IS NOT NULL
UNION ALL
SELECT s.deliver_event_id, s.target_task_id, 'deliver',
  CASE WHEN s.delivered_sig <> s.sig THEN s.signal || ' reaches ' ELSE s.signal || ' is delivered to ' END || task_label(s.target_comm, s.target_pid)
  || CASE WHEN s.receiver_pid <> s.target_pid THEN ', taken by its thread ' || s.receiver_pid ELSE '' END
  || coalesce(' ' || dur_text(s.latency) || ' later', '')
  || CASE WHEN s.delivered_sig <> s.sig THEN ' as SIGKILL, which the kernel makes of any signal that kills by default' ELSE '' END
  || CASE s.disposition WHEN 'handler' THEN ', to its handler' WHEN 'ignore' THEN ', ignored' ELSE '' END,
  CASE WHEN s.generate_event_id IS NULL THEN 'exact' WHEN s.delivered_sig = s.sig THEN 'exact' ELSE 'inferred' END
FROM signal s WHERE s.deliver_event_id IS NOT NULL
UNION ALL
SELECT t.death_event_id, t.task_id, 'exit_group', who || ' calls exit' || coalesce(' with code ' || t.exit_code, ''), 'exact'
FROM t WHERE t.death = 'exited' AND t.death_event_id IS NOT NULL
UNION ALL
SELECT t.exit_event_id, t.task_id, 'exit', who || ' exits', 'exact' FROM t WHERE t.exit_event_id IS NOT NULL
UNION ALL
SELECT w.enter_event_id, w.task_id, 'wait_enter', task_label(r.comm, r.pid) || ' enters ' || w.name
  || CASE WHEN w.enter_event_id < coalesce(c.notify_event_id, c.exit_event_id, c.death_event_id) THEN ', before the child has died' ELSE '' END, 'exact'
FROM wait w JOIN task r ON r.task_id = w.task_id JOIN task c ON c.task_id = w.child_task_id WHERE w.enter_event_id IS NOT NULL
UNION ALL
SELECT w.exit_event_id, w.child_task_id, 'reap', w.name || ' returns' || CASE WHEN w.ret > 0 THEN ' ' || w.ret ELSE '' END || ' to ' || task_label(r.comm, r.pid) || ': '
  || task_label(c.comm, c.pid) || ' is reaped' || coalesce(' after ' || dur_text(c.zombie_dur) || ' as a zombie', ''), coalesce(w.confidence, 'exact')
FROM wait w JOIN task r ON r.task_id = w.task_id JOIN task c ON c.task_id = w.child_task_id WHERE w.exit_event_id IS NOT NULL
