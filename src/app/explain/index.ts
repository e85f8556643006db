/** `why`: the causal chain behind a task's end, or behind the event on a line. */
import { readFileSync } from 'node:fs';
import { inputError, usageError } from '../../base/errors.js';
import type { Store } from '../../store/store.js';
import type { Chain, Gap, Row, Step } from '../../trace/result.js';

/** Exactly one of pid, comm and line. `effects`: what followed, instead of what led there. */
export interface Selector {
  readonly pid?: number;
  readonly comm?: string;
  readonly line?: number;
  readonly effects?: boolean;
}

const sql = (file: string): string => readFileSync(new URL(file, import.meta.url), 'utf8');

/** Errors: usage when nothing or too much is selected, input when the capture has no such task or line. */
export async function explain(store: Store, selector: Selector): Promise<Chain> {
  const given = [selector.pid, selector.comm, selector.line].filter((value) => value !== undefined);
  if (given.length !== 1) throw usageError('say which task or line: one of --pid, --comm, --line');
  return selector.line === undefined
    ? explainTask(store, await findTask(store, selector), selector.effects === true)
    : explainLine(store, selector.line, selector.effects === true);
}

interface Found {
  readonly taskId: number;
  readonly notes: readonly Gap[];
}

/** Of several lives, the one that ended last tells most; which one it is, is said. */
async function findTask(store: Store, { pid, comm }: Selector): Promise<Found> {
  const found = await store.rows(
    `SELECT t.task_id, t.pid, f.line_no FROM task t
     LEFT JOIN event_row f ON f.event_id = coalesce(t.fork_event_id, t.first_event_id)
     WHERE t.pid IS NOT DISTINCT FROM coalesce($pid, t.pid) AND ($comm IS NULL OR t.comm = $comm)
     ORDER BY t.death IN ('killed', 'dumped') AND $comm IS NOT NULL DESC, t.exit_ts IS NOT NULL DESC, coalesce(t.exit_event_id, t.notify_event_id, t.death_event_id, t.last_event_id) DESC, t.task_id DESC`,
    { pid: pid ?? null, comm: comm ?? null },
  );
  const [first] = found;
  if (first === undefined) {
    throw inputError(
      pid === undefined ? `no task named ${comm} is in the capture` : `pid ${pid} is not in the capture`,
      'ftrail tasks lists the tasks',
    );
  }
  const notes: Gap[] = [];
  if (found.length > 1) {
    const what =
      pid === undefined ? `${found.length} tasks are named ${comm}` : `pid ${pid} was used ${found.length} times`;
    notes.push({
      text: `${what}; this is the story of pid ${first.pid} that begins on line ${first.line_no}`,
      reason: 'not_shown',
    });
  }
  return { taskId: Number(first.task_id), notes };
}

/** The story of one life, by its task_id. */
export const explainLife = (store: Store, taskId: number): Promise<Chain> =>
  explainTask(store, { taskId, notes: [] }, false);

async function explainTask(store: Store, { taskId, notes }: Found, forward: boolean): Promise<Chain> {
  const [verdict] = await store.rows('SELECT verdict FROM verdict WHERE task_id = $task_id', { task_id: taskId });
  const steps = await readSteps(store, { task_id: taskId, event_id: null, forward });
  const gaps = await store.rows(sql('gaps.sql'), { task_id: taskId });
  return { verdict: String(verdict?.verdict), steps: steps.map(toStep), gaps: [...notes, ...gaps.map(toGap)] };
}

async function explainLine(store: Store, line: number, forward: boolean): Promise<Chain> {
  const [event] = await store.rows(
    `SELECT event_id, line_no, name, args FROM event WHERE line_no <= $line ORDER BY line_no DESC LIMIT 1`,
    { line },
  );
  const [last] = await store.rows('SELECT max(lines) AS lines FROM capture');
  if (event === undefined || line > Number(last?.lines)) throw inputError(`line ${line} holds no event of the capture`);
  const steps = await readSteps(store, { task_id: null, event_id: Number(event.event_id), forward });
  const here = steps.find((step) => step.event_id === event.event_id);
  const told = here === undefined ? `${event.name}: ${event.args}` : String(here.text);
  const others = steps.length - 1;
  const rest =
    others > 0
      ? `${others} ${others === 1 ? 'event' : 'events'} ${forward ? 'followed from it' : 'led to it'}`
      : `the capture shows nothing that ${forward ? 'followed from it' : 'led to it'}`;
  return { verdict: `line ${event.line_no}: ${told}; ${rest}`, steps: steps.map(toStep), gaps: [] };
}

/** Chains are short; of a longer story the first events are told. */
const MOST_EVENTS = 2000;

interface Start {
  readonly task_id: number | null;
  readonly event_id: number | null;
  readonly forward: boolean;
}

async function readSteps(store: Store, start: Start): Promise<Row[]> {
  const reached = await store.rows(sql('reach.sql'), { ...start });
  const ids = reached.slice(0, MOST_EVENTS).map((row) => Number(row.event_id));
  if (ids.length === 0) return [];
  return store.rows(sql('steps.sql').replaceAll(':ids', ids.join(', ')), { event_id: start.event_id });
}

const toStep = (row: Row): Step => ({
  ts: row.ts ?? null,
  event_id: Number(row.event_id),
  line_no: Number(row.line_no),
  pid: Number(row.pid),
  comm: String(row.comm),
  kind: String(row.kind),
  text: String(row.text),
  confidence: row.confidence === 'inferred' ? 'inferred' : 'exact',
});

const toGap = (row: Row): Gap => ({ text: String(row.text), reason: row.reason as Gap['reason'] });
