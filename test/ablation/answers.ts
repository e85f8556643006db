/** What a store says about one capture, with every event named by its line. */

import type { Store } from '../../src/store/store.js';
import type { Row } from '../../src/trace/result.js';
import { QUESTIONS } from './questions.js';

export type Value = string | number | boolean | null;
export type Fields = Readonly<Record<string, Value>>;

/** A life of a pid: known by its pid and by the lines that show it, since its number changes when lines are missing. */
export interface Life {
  readonly pid: number;
  readonly from: number | null;
  readonly until: number | null;
  /** Lines that show this life. */
  readonly seen: readonly number[];
  readonly deadLine: number | null;
  /** The lines of the events that its story turns on. */
  readonly places: Readonly<Record<'fork' | 'exit' | 'notify' | 'death' | 'killer' | 'reap' | 'exec', number | null>>;
  readonly fields: Fields;
}

export interface Answers {
  /** Lines that begin an event. */
  readonly starts: ReadonlySet<number>;
  readonly lives: readonly Life[];
  /** Per question: a line -> what is said about the thing on it. */
  readonly items: ReadonlyMap<string, ReadonlyMap<number, Fields>>;
  /** `from line>to line` of every link -> is it exact? */
  readonly links: ReadonlyMap<string, boolean>;
  /** Names that a life had, by the pid's life in `lives`. */
  readonly names: readonly ReadonlySet<string>[];
  readonly lineOf: LineOf;
}

const LIVES = `
SELECT t.pid, l.from_event_id, l.until_event_id, t.first_event_id, t.last_event_id, t.fork_event_id, t.exit_event_id,
  t.notify_event_id, t.death_event_id, t.killer_event_id, t.reap_event_id, t.exec_event_id,
  t.tgid, t.comm, p.pid AS parent, t.death, t.exit_code, t.exit_signal, t.core_dumped, r.pid AS reaper, t.exec_path, t.thread,
  t.zombie_dur, t.reaped_ts, t.fork_confidence, t.reap_confidence, v.verdict, v.confidence AS verdict_confidence
FROM task t JOIN life l USING (task_id) JOIN verdict v USING (task_id)
LEFT JOIN task p ON p.task_id = t.parent_task_id
LEFT JOIN task r ON r.task_id = t.reaper_task_id
ORDER BY t.task_id`;

const NAMES = `
SELECT t.task_id, t.comm FROM task t WHERE t.comm IS NOT NULL
UNION SELECT task_id, comm FROM named
UNION SELECT l.task_id, c.comm FROM own_range l JOIN comm_dict c USING (comm_id)`;

/** `origin` maps the store's line numbers to those of the whole capture. */
export async function readAnswers(store: Store, origin?: readonly number[]): Promise<Answers> {
  const lineOf = new Map<number, number>();
  for (const row of await store.rows('SELECT event_id, line_no FROM event_row')) {
    const line = Number(row.line_no);
    lineOf.set(Number(row.event_id), origin === undefined ? line : (origin[line] as number));
  }
  const line = (eventId: Value | undefined): number | null =>
    eventId === null || eventId === undefined ? null : (lineOf.get(Number(eventId)) ?? null);

  const items = new Map<string, Map<number, Fields>>();
  for (const { id, sql } of QUESTIONS) {
    const found = new Map<number, Fields>();
    for (const { at, ...row } of await store.rows(sql)) {
      const place = line(at as Value);
      if (place !== null && !found.has(place)) found.set(place, inLines(row, line));
    }
    items.set(id, found);
  }
  const links = new Map<string, boolean>();
  for (const row of await store.rows(
    "SELECT from_event_id, to_event_id, confidence FROM link WHERE kind NOT IN ('fork', 'call')",
  )) {
    const link = `${line(row.from_event_id as Value)}>${line(row.to_event_id as Value)}`;
    links.set(link, row.confidence === 'exact');
  }
  const lives = (await store.rows(LIVES)).map((row) => toLife(row, line));
  const starts = new Set([...lineOf.values()]);
  return { starts, lives, items, links, names: await readNames(store), lineOf: line };
}

export type LineOf = (eventId: Value | undefined) => number | null;

/** A column that ends in `_line` holds an event. */
const inLines = (row: Row, line: LineOf): Fields =>
  Object.fromEntries(
    Object.entries(row).map(([name, value]) => [
      name,
      name.endsWith('_line') ? line(value as Value) : (value as Value),
    ]),
  );

function toLife(row: Row, line: LineOf): Life {
  const { pid, from_event_id, until_event_id, first_event_id, last_event_id, ...rest } = row;
  const {
    fork_event_id,
    exit_event_id,
    notify_event_id,
    death_event_id,
    killer_event_id,
    reap_event_id,
    exec_event_id,
    ...fields
  } = rest;
  const own = [first_event_id, last_event_id, fork_event_id, exit_event_id].map((id) => line(id as Value));
  const dead = [exit_event_id, notify_event_id, death_event_id].map((id) => line(id as Value));
  const places = (list: (number | null)[]): number[] => list.filter((place) => place !== null);
  return {
    pid: Number(pid),
    from: line(from_event_id as Value),
    until: line(until_event_id as Value),
    seen: places(own),
    deadLine: places(dead).length === 0 ? null : Math.min(...places(dead)),
    places: {
      fork: line(fork_event_id as Value),
      exit: line(exit_event_id as Value),
      notify: line(notify_event_id as Value),
      death: line(death_event_id as Value),
      killer: line(killer_event_id as Value),
      reap: line(reap_event_id as Value),
      exec: line(exec_event_id as Value),
    },
    fields: {
      ...(fields as Record<string, Value>),
      killer: line(killer_event_id as Value),
      reap: line(reap_event_id as Value),
      notify: line(notify_event_id as Value),
    },
  };
}

async function readNames(store: Store): Promise<Set<string>[]> {
  const names = new Map<number, Set<string>>();
  for (const row of await store.rows('SELECT task_id FROM task ORDER BY task_id'))
    names.set(Number(row.task_id), new Set());
  for (const row of await store.rows(NAMES)) names.get(Number(row.task_id))?.add(String(row.comm));
  return [...names.values()];
}
