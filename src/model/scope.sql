-- What the other steps work on: one capture, by the range of its event ids.
SET VARIABLE first_event = (SELECT coalesce(min(event_id), 0) FROM event_row WHERE capture_id = getvariable('capture_id'));
SET VARIABLE last_event = (SELECT coalesce(max(event_id), -1) FROM event_row WHERE capture_id = getvariable('capture_id'));
SET VARIABLE first_task = (SELECT coalesce(max(task_id), 0) + 1 FROM life);

INSERT INTO syscall_name
SELECT (SELECT coalesce(max(syscall_id), 0) FROM syscall_name) + row_number() OVER (ORDER BY name), name,
  (SELECT min(a.position) FROM ref.syscall_arg a WHERE a.syscall = x.name AND a.kind = 'fd')
FROM (SELECT DISTINCT regexp_replace(name, '^sys_(enter|exit)_', '') AS name FROM name_dict WHERE kind IN ('syscall_enter', 'syscall_exit')) x
WHERE name NOT IN (SELECT name FROM syscall_name);

-- clones: the call returns a second time, with 0, in the new task. silent: the return is not printed, or under another pid.
CREATE OR REPLACE TEMP VIEW syscall_line AS
SELECT d.name_id, d.kind = 'syscall_enter' AS is_enter, s.syscall_id,
  s.name IN ('clone', 'clone3', 'fork', 'vfork') AS clones,
  s.name IN ('exit', 'exit_group', 'rt_sigreturn', 'sigreturn', 'execve', 'execveat') AS silent
FROM name_dict d JOIN syscall_name s ON s.name = regexp_replace(d.name, '^sys_(enter|exit)_', '')
WHERE d.kind IN ('syscall_enter', 'syscall_exit')
