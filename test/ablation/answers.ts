/** What a store says about one capture, with every event named by its line. */
import type { Store } from '../../src/store/store.js';

type Value = string | number | boolean | null;

export interface Life {
  readonly pid: number;
  readonly from: number | null;
  readonly until: number | null;
  /** Lines that show this life. */
  readonly seen: readonly number[];
  readonly deadLine: number | null;
  readonly fields: Readonly<Record<string, Value>>;
}

/** A thing of one line: a signal, a wait, a syscall. */
export interface Item {
  readonly fields: Readonly<Record<string, Value>>;
}

export interface Answers {
  readonly lives: readonly Life[];
  readonly signals: ReadonlyMap<number, Item>;
  readonly deliveries: ReadonlyMap<number, Item>;
  readonly waits: ReadonlyMap<number, Item>;
  readonly syscalls: ReadonlyMap<number, Item>;
}

const LIVES = `
SELECT t.pid, l.from_event_id, l.until_event_id, t.first_event_id, t.last_event_id, t.fork_event_id, t.exit_event_id,
  t.notify_event_id, t.death_event_id, t.killer_event_id, t.reap_event_id,
  t.tgid, p.pid AS parent, t.death, t.exit_code, t.exit_signal, t.core_dumped, r.pid AS reaper, t.exec_path, t.thread,
  t.fork_confidence, t.reap_confidence
FROM task t JOIN life l USING (task_id)
LEFT JOIN task p ON p.task_id = t.parent_task_id
LEFT JOIN task r ON r.task_id = t.reaper_task_id
ORDER BY t.task_id`;

const SIGNALS = `
SELECT generate_event_id, deliver_event_id, sender_pid, cause, result, disposition, target_pid, delivered_sig, receiver_pid, confidence
FROM signal`;

const WAITS = `
SELECT w.exit_event_id, c.pid AS child, w.reaped, w.confidence FROM wait w LEFT JOIN task c ON c.task_id = w.child_task_id
WHERE w.exit_event_id IS NOT NULL`;

const SYSCALLS = 'SELECT enter_event_id, exit_event_id FROM syscall_row WHERE enter_event_id IS NOT NULL';

/** `origin` maps the store's line numbers to those of the whole capture. */
export async function readAnswers(store: Store, origin?: readonly number[]): Promise<Answers> {
  const lineOf = new Map<number, number>();
  for (const row of await store.rows('SELECT event_id, line_no FROM event_row')) {
    const line = Number(row.line_no);
    lineOf.set(Number(row.event_id), origin === undefined ? line : (origin[line] as number));
  }
  const line = (eventId: Value | undefined): number | null =>
    eventId === null || eventId === undefined ? null : (lineOf.get(Number(eventId)) ?? null);

  const lives = (await store.rows(LIVES)).map((row): Life => {
    const { pid, from_event_id, until_event_id, first_event_id, last_event_id, ...rest } = row;
    const { fork_event_id, exit_event_id, notify_event_id, death_event_id, killer_event_id, reap_event_id, ...fields } = rest;
    const own = [first_event_id, last_event_id, fork_event_id, exit_event_id].map((id) => line(id as Value));
    const dead = [exit_event_id, notify_event_id, death_event_id].map((id) => line(id as Value));
    const places = (list: (number | null)[]): number[] => list.filter((place) => place !== null);
    return {
      pid: Number(pid),
      from: line(from_event_id as Value),
      until: line(until_event_id as Value),
      seen: places(own),
      deadLine: places(dead).length === 0 ? null : Math.min(...places(dead)),
      fields: {
        ...(fields as Record<string, Value>),
        killer: line(killer_event_id as Value),
        reap: line(reap_event_id as Value),
      },
    };
  });

  const signals = new Map<number, Item>();
  const deliveries = new Map<number, Item>();
  for (const { generate_event_id, deliver_event_id, ...fields } of await store.rows(SIGNALS)) {
    const item = { fields: { ...(fields as Record<string, Value>), deliver: line(deliver_event_id as Value) } };
    const generated = line(generate_event_id as Value);
    if (generated !== null) signals.set(generated, item);
    const delivered = line(deliver_event_id as Value);
    if (delivered !== null && !deliveries.has(delivered)) deliveries.set(delivered, item);
  }
  const waits = new Map<number, Item>();
  for (const { exit_event_id, ...fields } of await store.rows(WAITS)) {
    waits.set(line(exit_event_id as Value) as number, { fields: fields as Record<string, Value> });
  }
  const syscalls = new Map<number, Item>();
  for (const row of await store.rows(SYSCALLS)) {
    const exit = line(row.exit_event_id as Value);
    syscalls.set(line(row.enter_event_id as Value) as number, { fields: { exit } });
  }
  return { lives, signals, deliveries, waits, syscalls };
}
