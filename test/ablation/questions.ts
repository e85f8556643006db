/**
 * What is asked about each line: `at` is the event that the row is known by, a column that ends in `_line` holds another
 * event, and `fields` are the columns that must not become wrong.
 */
export interface Question {
  readonly id: string;
  readonly sql: string;
  readonly fields: readonly string[];
  /** A row that the whole capture does not have is wrong whatever it says. */
  readonly mustExist?: true;
}

const SIGNAL = `sig, signal, sender_pid, cause, result, disposition, target_pid, code, delivered_sig, receiver_pid, latency,
  deliver_event_id AS deliver_line, syscall_event_id AS call_line, confidence`;

const FILE =
  'path, fd, flags_text, ret, errno, close_ts, close_event_id AS close_line, path_event_id AS path_line, path_cut';

export const QUESTIONS: readonly Question[] = [
  {
    id: 'signal',
    sql: `SELECT generate_event_id AS at, ${SIGNAL} FROM signal`,
    fields: [
      'sender_pid',
      'cause',
      'result',
      'disposition',
      'target_pid',
      'delivered_sig',
      'receiver_pid',
      'deliver_line',
      'latency',
      'code',
    ],
  },
  {
    id: 'delivery',
    sql: 'SELECT deliver_event_id AS at, disposition, receiver_pid, delivered_sig, confidence FROM signal WHERE deliver_event_id IS NOT NULL',
    fields: ['disposition', 'receiver_pid', 'delivered_sig'],
    mustExist: true,
  },
  {
    id: 'wait',
    sql: `SELECT w.exit_event_id AS at, c.pid AS child, w.reaped, w.confidence, w.enter_event_id AS enter_line, w.ret
      FROM wait w LEFT JOIN task c ON c.task_id = w.child_task_id WHERE w.exit_event_id IS NOT NULL`,
    fields: ['child', 'reaped', 'enter_line', 'ret'],
    mustExist: true,
  },
  {
    id: 'open wait',
    sql: 'SELECT enter_event_id AS at, reaped FROM wait WHERE enter_event_id IS NOT NULL',
    fields: ['reaped'],
    mustExist: true,
  },
  {
    id: 'syscall',
    sql: `SELECT s.enter_event_id AS at, s.exit_event_id AS exit_line, ret, errno, dur, path, l.confidence FROM syscall s
      LEFT JOIN link l ON l.kind = 'syscall' AND l.from_event_id = s.enter_event_id WHERE s.enter_event_id IS NOT NULL`,
    fields: ['exit_line', 'ret', 'errno', 'dur', 'path'],
    mustExist: true,
  },
  {
    id: 'open',
    sql: `SELECT enter_event_id AS at, ${FILE} FROM file WHERE enter_event_id IS NOT NULL`,
    fields: ['path', 'fd', 'flags_text', 'ret', 'errno', 'close_ts', 'close_line', 'path_line'],
    mustExist: true,
  },
  {
    id: 'opened',
    sql: `SELECT exit_event_id AS at, ${FILE} FROM file WHERE exit_event_id IS NOT NULL`,
    fields: ['path', 'fd', 'flags_text', 'ret', 'errno', 'close_ts', 'close_line'],
    mustExist: true,
  },
  {
    id: 'mapping',
    sql: `SELECT enter_event_id AS at, start_addr, end_addr, prot, path, fd, unmap_ts, exit_event_id AS exit_line, open_event_id AS open_line,
      unmap_event_id AS unmap_line FROM mapping`,
    fields: ['start_addr', 'end_addr', 'prot', 'path', 'fd', 'unmap_ts', 'exit_line', 'open_line', 'unmap_line'],
    mustExist: true,
  },
  {
    id: 'call',
    sql: 'SELECT entry_event_id AS at, function, args, ret, dur, return_event_id AS return_line, errno, confidence FROM call WHERE entry_event_id IS NOT NULL',
    fields: ['function', 'ret', 'dur', 'return_line', 'errno'],
  },
  {
    id: 'turn',
    sql: `SELECT in_event_id AS at, pid, cpu, out_event_id AS out_line, out_state, off_event_id AS off_line, off_state, wake_event_id AS wake_line, waker, waker_pid, confidence
      FROM sched WHERE in_event_id IS NOT NULL`,
    fields: ['pid', 'cpu', 'out_line', 'out_state', 'off_line', 'off_state', 'wake_line', 'waker', 'waker_pid'],
    mustExist: true,
  },
  {
    id: 'hop',
    sql: `SELECT event_id AS at, function, dev, len, protocol, drop_reason, location, confidence FROM packet_hop`,
    fields: ['function', 'dev', 'len', 'protocol', 'drop_reason', 'location'],
    mustExist: true,
  },
];
