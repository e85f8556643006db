-- step: what each event is in the story of a task, in words. A view: it costs nothing until it is asked for, and a condition on
-- event_id or task_id reaches the tables behind it.
CREATE OR REPLACE VIEW step AS
WITH t AS (
  SELECT t.*, task_label(t.comm, t.pid) AS who, task_label(p.comm, p.pid) AS parent, p.exit_event_id AS parent_exit_event_id,
    p.task_id AS parent_id, c.time_unit
  FROM task t JOIN capture c USING (capture_id) LEFT JOIN task p ON p.task_id = t.parent_task_id
)
SELECT fork_event_id AS event_id, task_id, 'fork' AS kind,
  CASE WHEN parent IS NULL THEN who || ' is forked, by whom is not in the capture'
       WHEN thread THEN parent || ' starts thread ' || who
       WHEN thread IS NULL THEN parent || ' starts ' || who || ', a process or a thread'
       ELSE parent || ' forks ' || who END AS text,
  coalesce(fork_confidence, 'exact') AS confidence
FROM t WHERE fork_event_id IS NOT NULL
UNION ALL
SELECT exec_enter_event_id, task_id, 'exec_enter', who || ' calls execve', 'exact' FROM t WHERE exec_enter_event_id IS NOT NULL
UNION ALL
SELECT t.exec_event_id, t.task_id, 'exec', who || ' runs a new program' || coalesce(': ' || t.exec_path, ', its path is not in the capture')
    -- Without the return of execve, exec_ts is the time of sched_process_exec.
    || CASE WHEN t.exec_ts > x.ts OR n.kind = 'syscall_exit' THEN coalesce(' (execve took ' || span_text(t.exec_ts - e.ts, t.time_unit) || ')', '') ELSE '' END, 'exact'
FROM t LEFT JOIN event_row e ON e.event_id = t.exec_enter_event_id
LEFT JOIN event_row x ON x.event_id = t.exec_event_id LEFT JOIN name_dict n ON n.name_id = x.name_id
WHERE t.exec_event_id IS NOT NULL
UNION ALL
SELECT f.exit_event_id, f.task_id, 'open',
  who || CASE WHEN f.errno IS NOT NULL THEN ' fails to open ' || coalesce(f.path, 'a file whose path is not in the capture') || ': ' || f.errno
              ELSE ' opens ' || coalesce(f.path, 'a file whose path is not in the capture') || coalesce(' as fd ' || f.fd, '') END, 'exact'
FROM file f JOIN t USING (task_id)
WHERE f.exit_event_id IS NOT NULL
UNION ALL
SELECT m.exit_event_id, m.task_id, 'map',
  who || CASE WHEN m.how = 'brk' THEN ' adds 0x' || bare_hex(m.len) || ' bytes to its heap'
      ELSE CASE m.how WHEN 'mremap' THEN ' moves a mapping: 0x' ELSE ' maps 0x' END || bare_hex(m.len) || ' bytes of '
        || coalesce(m.path, CASE WHEN m.fd IS NULL AND m.how = 'mmap' THEN 'anonymous memory' WHEN m.fd IS NULL THEN 'memory' ELSE 'fd ' || m.fd || ', its path is not in the capture,' END) END
    || ' at 0x' || bare_hex(m.start_addr) || coalesce(' (' || m.prot || ')', ''), 'exact'
FROM mapping m JOIN t USING (task_id)
UNION ALL
-- One call can reach a whole process group.
SELECT s.syscall_event_id, any_value(s.sender_task_id), 'send',
  any_value(task_label(s.sender_comm, s.sender_pid)) || ' sends ' || any_value(s.signal) || ' with ' || any_value(cause_text(s.cause)) || ' to '
    || array_to_string(list(task_label(s.target_comm, s.target_pid) ORDER BY s.generate_event_id)[1:3], ', ')
    || CASE WHEN count(*) > 3 THEN ' and ' || count(*) - 3 || ' more' ELSE '' END, max(s.confidence)
FROM signal s
WHERE s.syscall_event_id < s.generate_event_id AND s.cause IN ('kill', 'tgkill', 'tkill', 'sigqueue', 'pidfd')
GROUP BY s.syscall_event_id
UNION ALL
SELECT s.generate_event_id, s.target_task_id, 'generate',
  s.signal || CASE WHEN s.code > 0 AND s.code < 128 THEN coalesce(' (' || s.code_name || ')', '') ELSE '' END
    || ' is generated for ' || task_label(s.target_comm, s.target_pid) || generated_by(s.sender_pid, s.sender_comm, s.target_pid, s.cause, s.evidence)
    || CASE WHEN s.result = 'ignored' AND signal_default_action(s.sig) = 'ignore' THEN '; ' || task_label(s.target_comm, s.target_pid) || ' has no handler, so nothing is delivered'
            WHEN s.result = 'ignored' THEN '; the target ignores it'
            WHEN s.result = 'already_pending' THEN '; one is pending already, so this one is dropped'
            WHEN s.result = 'overflow_fail' THEN '; the queue is full, so it is lost'
            WHEN s.result = 'lose_info' THEN '; the queue is full, so it arrives without its details'
            ELSE '' END, s.confidence
FROM signal s WHERE s.generate_event_id IS NOT NULL
UNION ALL
SELECT s.deliver_event_id, s.target_task_id, 'deliver',
  CASE WHEN s.delivered_sig <> s.sig THEN s.signal || ' reaches ' ELSE s.signal || ' is delivered to ' END || task_label(s.target_comm, s.target_pid)
    || CASE WHEN s.receiver_pid <> s.target_pid THEN ', in its thread ' || s.receiver_pid || ',' ELSE '' END
    || coalesce(' after ' || span_text(s.latency, c.time_unit), '')
    || CASE WHEN s.delivered_sig <> s.sig THEN ' as SIGKILL, which the kernel makes of any signal that kills by default' ELSE '' END
    || CASE s.disposition WHEN 'handler' THEN ', to its handler' || coalesce(', which returns ' || span_text(s.handler_dur, c.time_unit) || ' later', '') WHEN 'ignore' THEN ', which ignores it' ELSE '' END
    || CASE WHEN s.generate_event_id IS NOT NULL THEN ''
            -- Something else ended the process: its other threads are told by SIGKILL without signal_generate (kernel/signal.c, zap_other_threads).
            -- That it has none is known only where nothing is missing.
            WHEN s.sig = 9 AND v.complete_from_event_id <= s.deliver_event_id AND (t.thread OR t.death = 'exited' OR t.killer_event_id IS NOT NULL)
              THEN '; it has no signal_generate, as where a process ends its other threads'
            ELSE '; which signal_generate it belongs to is not shown' END,
  CASE WHEN s.generate_event_id IS NULL OR s.delivered_sig = s.sig THEN 'exact' ELSE 'inferred' END
FROM signal s JOIN capture c USING (capture_id) JOIN coverage v USING (capture_id) LEFT JOIN task t ON t.task_id = s.target_task_id
WHERE s.deliver_event_id IS NOT NULL
UNION ALL
SELECT s.taken_event_id, s.target_task_id, 'take', task_label(s.target_comm, s.target_pid) || ' takes ' || s.signal || ' with rt_sigtimedwait', 'exact'
FROM signal s WHERE s.taken_event_id IS NOT NULL
UNION ALL
SELECT t.death_event_id, t.task_id, 'exit_group',
  who || CASE WHEN thread AND death_evidence IS DISTINCT FROM 'exit of the thread' THEN ' ends with its process, which calls exit' ELSE ' calls exit' END
    || coalesce(' with code ' || t.exit_code, ''),
  'exact'
FROM t WHERE t.death = 'exited' AND t.death_event_id IS NOT NULL
UNION ALL
SELECT t.exit_event_id, t.task_id, 'exit',
  CASE WHEN t.exit_event_id < t.death_event_id THEN who || ', the leader of its process, exits; other threads go on'
       WHEN t.death = 'exited' THEN who || ' exits' ELSE who || ' ends' END, 'exact'
FROM t WHERE t.exit_event_id IS NOT NULL
UNION ALL
-- Children of a process that ends before they are reaped go to a subreaper or to init; a leader may exit before its threads.
SELECT t.parent_exit_event_id, t.task_id, 'reparent',
  parent || ', the parent of ' || who || ', ends' || CASE WHEN t.parent_exit_event_id > coalesce(t.notify_event_id, t.exit_event_id, t.death_event_id) THEN ' without waiting for it'
      WHEN coalesce(t.notify_event_id, t.exit_event_id, t.death_event_id) IS NULL THEN '' ELSE ' before it' END || '; ' || task_label(r.comm, r.pid) || ' inherits it', 'inferred'
FROM t JOIN task r ON r.task_id = t.reaper_task_id JOIN task p ON p.task_id = t.parent_id
WHERE r.task_id <> t.parent_id AND coalesce(r.tgid <> p.tgid, true) AND t.parent_exit_event_id < t.reap_event_id AND NOT coalesce(t.thread, false)
  AND p.death_event_id < t.parent_exit_event_id
UNION ALL
SELECT w.enter_event_id, w.task_id, 'wait_enter', task_label(r.comm, r.pid) || ' enters ' || w.name
    || CASE WHEN w.enter_event_id < coalesce(c.notify_event_id, c.exit_event_id, c.death_event_id) THEN ', before the child has died' ELSE '' END, 'exact'
FROM wait w JOIN task r ON r.task_id = w.task_id JOIN task c ON c.task_id = w.child_task_id
WHERE w.enter_event_id IS NOT NULL
UNION ALL
SELECT w.exit_event_id, w.child_task_id, 'reap',
  w.name || ' returns' || CASE WHEN w.ret > 0 AND w.ret <> c.pid THEN ' ' || w.ret || ' (its pid in the namespace)' WHEN w.ret > 0 THEN ' ' || w.ret ELSE '' END || ' to ' || task_label(r.comm, r.pid) || ': ' || c.who || ' is reaped'
    || coalesce(' after ' || span_text(c.zombie_dur, c.time_unit) || ' as a zombie', ''), coalesce(w.confidence, 'exact')
FROM wait w JOIN task r ON r.task_id = w.task_id JOIN t c ON c.task_id = w.child_task_id
WHERE w.exit_event_id IS NOT NULL
UNION ALL
SELECT s.wake_event_id, s.task_id, 'wake',
  coalesce(CASE WHEN s.waker_pid IS NOT NULL THEN task_label(k.comm, s.waker_pid) WHEN s.waker = 'idle' THEN 'the idle task' ELSE s.waker END, 'something that the capture does not show')
    || ' wakes ' || who, s.confidence
FROM sched s JOIN t USING (task_id) LEFT JOIN task k ON k.task_id = s.waker_task_id
WHERE s.wake_event_id IS NOT NULL
UNION ALL
SELECT s.in_event_id, s.task_id, 'run', who || ' runs on CPU ' || s.cpu || ' ' || span_text(s.in_ts - s.wake_ts, t.time_unit) || ' after its wake-up', s.confidence
FROM sched s JOIN t USING (task_id)
WHERE s.in_event_id IS NOT NULL AND s.wake_event_id IS NOT NULL;

-- A thread may act for its process.
CREATE OR REPLACE MACRO in_thread(kind, pid, task_pid, thread) AS
  CASE WHEN kind IN ('exec_enter', 'exit_group') AND pid <> task_pid AND NOT coalesce(thread, false) THEN ', in its thread ' || pid ELSE '' END
