/**
 * `FROM raw_syscall('x86_64')`: the calls of raw_syscalls:* with the names that this architecture gives to their numbers. Nothing
 * in a capture tells the architecture, and 32-bit tasks have numbers of their own: whoever asks says which (ref.syscall_number).
 *
 *   enter_event_id, exit_event_id, pid, nr, name (NULL: not in the table), args (six, those that the call does not have are
 *   garbage), enter_ts, exit_ts, ret, errno
 */
export const RAW_SYSCALLS = `CREATE OR REPLACE MACRO raw_syscall(architecture) AS TABLE
  WITH line AS (
    SELECT event_id, ts, pid, nr, [a0, a1, a2, a3, a4, a5] AS args, NULL::BIGINT AS ret FROM ev.sys_enter WHERE nr IS NOT NULL
    UNION ALL SELECT event_id, ts, pid, nr, NULL, ret FROM ev.sys_exit WHERE nr IS NOT NULL
  ),
  beside AS (
    SELECT *, lag(args IS NOT NULL) OVER w AND lag(nr) OVER w = nr AS entered,
      lead(args IS NULL) OVER w AND lead(nr) OVER w = nr AS returns,
      lead(event_id) OVER w AS next_id, lead(ts) OVER w AS next_ts, lead(ret) OVER w AS next_ret
    FROM line WINDOW w AS (PARTITION BY pid ORDER BY event_id)
  ),
  call AS (
    SELECT event_id AS enter_event_id, CASE WHEN returns THEN next_id END AS exit_event_id, pid, nr, args, ts AS enter_ts,
      CASE WHEN returns THEN next_ts END AS exit_ts, CASE WHEN returns THEN next_ret END AS ret
    FROM beside WHERE args IS NOT NULL
    UNION ALL
    SELECT NULL, event_id, pid, nr, NULL, NULL, ts, ret FROM beside WHERE args IS NULL AND NOT coalesce(entered, false)
  )
  SELECT c.enter_event_id, c.exit_event_id, c.pid, c.nr, s.name, c.args, c.enter_ts, c.exit_ts, c.ret, e.name AS errno
  FROM call c
  LEFT JOIN (FROM ref.syscall_number WHERE arch = architecture) s ON s.nr = c.nr
  LEFT JOIN ref.errno e ON e.errno = -c.ret AND c.ret BETWEEN -4095 AND -1
  ORDER BY coalesce(c.enter_event_id, c.exit_event_id)`;
