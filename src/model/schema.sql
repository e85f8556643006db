-- Derived tables. Rows of every capture in the store; built capture by capture after its import (src/model/build.ts).

-- syscall_line: nameId -> which syscall, enter or exit.
CREATE TABLE IF NOT EXISTS syscall_name (syscall_id INTEGER PRIMARY KEY, name VARCHAR NOT NULL);

CREATE TABLE IF NOT EXISTS syscall_row (
  capture_id INTEGER NOT NULL,
  enter_event_id BIGINT,
  exit_event_id BIGINT,
  pid INTEGER NOT NULL,
  syscall_id INTEGER NOT NULL,
  enter_ts BIGINT,
  exit_ts BIGINT,
  ret UBIGINT
);

-- One row per life of a pid, from its first line up to the next life of the same pid.
CREATE TABLE IF NOT EXISTS life (
  task_id BIGINT NOT NULL,
  capture_id INTEGER NOT NULL,
  pid INTEGER NOT NULL,
  from_event_id BIGINT NOT NULL,   -- own events have an event_id from here
  until_event_id BIGINT            -- up to, not including, this; NULL = last life of the pid
);

CREATE TABLE IF NOT EXISTS task (
  task_id BIGINT NOT NULL,
  capture_id INTEGER NOT NULL,
  pid INTEGER NOT NULL,
  tgid INTEGER,                    -- NULL when the capture does not tell
  comm VARCHAR,
  parent_task_id BIGINT,           -- the task that forked it, from the fork itself
  fork_ts BIGINT,
  exec_ts BIGINT,                  -- return of the last successful execve
  exec_path VARCHAR,
  exit_ts BIGINT,
  exit_code INTEGER,
  exit_signal INTEGER,             -- of the wait status
  core_dumped BOOLEAN,
  zombie_dur BIGINT,               -- ns from the parent's notification (or the exit) to the reap
  reaped_ts BIGINT,
  reaper_task_id BIGINT,
  death VARCHAR NOT NULL,          -- exited | killed | dumped | alive | unknown
  fork_event_id BIGINT,            -- event that shows the fork: sched_process_fork, task_newtask or the clone's return
  fork_confidence VARCHAR,
  first_event_id BIGINT,           -- first own event
  last_event_id BIGINT,
  exec_enter_event_id BIGINT,
  exec_event_id BIGINT,
  exit_event_id BIGINT,
  notify_event_id BIGINT,          -- signal_generate that told the parent
  death_event_id BIGINT,           -- exit_group enter, or the fatal signal_deliver
  killer_event_id BIGINT,          -- signal_generate that killed it
  death_evidence VARCHAR,
  reap_event_id BIGINT,
  reap_confidence VARCHAR,
  thread BOOLEAN                   -- true: shares its process with a leader; NULL when unknown
);

CREATE TABLE IF NOT EXISTS signal (
  capture_id INTEGER NOT NULL,
  generate_event_id BIGINT,        -- NULL: delivered without a signal_generate in the capture
  deliver_event_id BIGINT,
  sig INTEGER NOT NULL,
  signal VARCHAR NOT NULL,
  sender_pid INTEGER,
  sender_comm VARCHAR,
  sender_task_id BIGINT,
  target_pid INTEGER,
  target_comm VARCHAR,
  target_task_id BIGINT,
  code INTEGER,
  code_name VARCHAR,
  result VARCHAR,                  -- delivered | ignored | already_pending | overflow_fail | lose_info
  cause VARCHAR NOT NULL,
  confidence VARCHAR NOT NULL,     -- of the cause
  evidence VARCHAR NOT NULL,
  generate_ts BIGINT,
  deliver_ts BIGINT,
  latency BIGINT,
  disposition VARCHAR,             -- default | ignore | handler, as the delivery shows it
  delivered_sig INTEGER,           -- number the kernel delivered: 9 for any fatal signal that dumps no core
  receiver_pid INTEGER,            -- thread that took it
  syscall_event_id BIGINT,         -- enter (or else exit) of the syscall that sent it
  stack_id INTEGER
);

CREATE TABLE IF NOT EXISTS wait (
  capture_id INTEGER NOT NULL,
  enter_event_id BIGINT,
  exit_event_id BIGINT,
  pid INTEGER NOT NULL,
  task_id BIGINT,
  name VARCHAR NOT NULL,           -- wait4 | waitid
  options UBIGINT,
  ret BIGINT,
  child_task_id BIGINT,
  reaped BOOLEAN NOT NULL,
  confidence VARCHAR
);

CREATE TABLE IF NOT EXISTS link_row (
  capture_id INTEGER NOT NULL,
  from_event_id BIGINT NOT NULL,
  to_event_id BIGINT NOT NULL,
  kind VARCHAR NOT NULL,
  confidence VARCHAR NOT NULL,
  evidence VARCHAR NOT NULL
);
