/** `why`: the causal chain behind a task's end, or behind the event on a line; or what followed from them. */
import { readFileSync } from 'node:fs';
import { inputError, usageError } from '../../base/errors.js';
import type { Store } from '../../store/store.js';
import type { Chain, Gap, Row, Step } from '../../trace/result.js';
import { chosenCaptures, namedCaptures } from '../captures.js';
import { type Chosen, chooseLife, type LifeSelector } from './choose.js';

/** Exactly one of pid, comm and line; life goes with pid or comm. `effects`: what followed, instead of what led there. */
export interface Selector extends LifeSelector {
  readonly line?: number;
  readonly effects?: boolean;
}

const sql = (file: string): string => readFileSync(new URL(file, import.meta.url), 'utf8');

/** Errors: usage when nothing or too much is selected, input when the capture has no such task or line. */
export async function explain(store: Store, selector: Selector): Promise<Chain> {
  const { pid, comm, line, life, capture, effects = false } = selector;
  if ([pid, comm, line].filter((value) => value !== undefined).length !== 1)
    throw usageError('say which task or line: one of --pid, --comm, --line');
  if (life !== undefined && pid === undefined)
    throw usageError('--life counts the lives of one pid', 'give --pid with it');
  return line === undefined
    ? explainTask(store, await chooseLife(store, selector), effects)
    : explainLine(store, line, effects, capture);
}

/** The story of one life, by its task_id. */
export const explainLife = (store: Store, taskId: number): Promise<Chain> =>
  explainTask(store, { taskId, choices: [] }, false);

async function explainTask(store: Store, { taskId, choices }: Chosen, forward: boolean): Promise<Chain> {
  const [said] = await store.rows(
    forward ? sql('effects.sql') : 'SELECT verdict FROM verdict WHERE task_id = $task_id',
    { task_id: taskId },
  );
  const { steps, ids, cut } = await readSteps(store, { task_id: taskId, event_id: null, forward });
  const gaps = forward
    ? await readEventGaps(store, ids, forward)
    : (await store.rows(sql('gaps.sql'), { task_id: taskId })).map(toGap);
  return {
    verdict: String(said?.verdict),
    steps: steps.map(toStep),
    gaps: [...note(cut), ...gaps],
    ...(choices.length === 0 ? {} : { choices }),
  };
}

async function explainLine(store: Store, line: number, forward: boolean, capture?: string): Promise<Chain> {
  const [asked, another] = await chosenCaptures(store, await namedCaptures(store), capture);
  const id = asked?.id ?? null;
  const [event] = await store.rows(
    `SELECT event_id, line_no, name FROM event
     WHERE capture_id = $id AND line_no = (SELECT max(line_no) FROM event_row WHERE capture_id = $id AND line_no <= $line)
     ORDER BY event_id LIMIT 1`,
    { line, id },
  );
  const [last] = await store.rows('SELECT lines FROM capture WHERE capture_id = $id', { id });
  if (event === undefined || line > Number(last?.lines)) throw inputError(`line ${line} holds no event of the capture`);
  const { steps, ids, cut } = await readSteps(store, { task_id: null, event_id: Number(event.event_id), forward });
  const here = steps.find((step) => step.event_id === event.event_id);
  const told = here === undefined ? String(event.name) : String(here.text);
  const others = steps.filter((step) => step.event_id !== event.event_id).length;
  const rest =
    others > 0
      ? `${others} ${others === 1 ? 'event' : 'events'} ${forward ? 'followed from it' : 'led to it'}`
      : `the capture shows nothing that ${forward ? 'followed from it' : 'led to it'}`;
  const several =
    another === undefined
      ? null
      : `there are several captures; this is line ${line} of ${asked?.name}, --capture chooses another`;
  return {
    verdict: `line ${event.line_no}: ${told}; ${rest}`,
    steps: steps.map(toStep),
    gaps: [...note(several), ...note(cut), ...(await readEventGaps(store, ids, forward))],
  };
}

/** Chains are short; of a longer story the first events are told. */
const MOST_EVENTS = 2000;

interface Start {
  readonly task_id: number | null;
  readonly event_id: number | null;
  readonly forward: boolean;
}

interface Reached {
  readonly steps: readonly Row[];
  readonly ids: readonly number[];
  /** Says that the story is longer than what is told. */
  readonly cut: string | null;
}

async function readSteps(store: Store, start: Start): Promise<Reached> {
  const reached = await store.rows(sql('reach.sql'), { ...start });
  const ids = reached.slice(0, MOST_EVENTS).map((row) => Number(row.event_id));
  if (ids.length === 0) return { steps: [], ids, cut: null };
  const { task_id, event_id } = start;
  const steps = await store.rows(withIds('steps.sql', ids), { task_id, event_id });
  const cut =
    reached.length > ids.length ? `the story has ${reached.length} events; the first ${ids.length} are told` : null;
  return { steps, ids, cut };
}

async function readEventGaps(store: Store, ids: readonly number[], forward: boolean): Promise<Gap[]> {
  if (ids.length === 0) return [];
  return (await store.rows(withIds('event-gaps.sql', ids), { forward })).map(toGap);
}

const withIds = (file: string, ids: readonly number[]): string => sql(file).replaceAll(':ids', ids.join(', '));

const note = (text: string | null): Gap[] => (text === null ? [] : [{ text, reason: 'not_shown' }]);

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
