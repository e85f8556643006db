/** Which life a pid or a name means, and the others that it could mean. */
import { readFileSync } from 'node:fs';
import type { CaptureId } from '../../analyses/run.js';
import { inputError } from '../../base/errors.js';
import type { Parameters, Store } from '../../store/store.js';
import type { Choice, Row } from '../../trace/result.js';
import { chosenCaptures, namedCaptures } from '../captures.js';

export interface LifeSelector {
  readonly pid?: number;
  readonly comm?: string;
  /** Which life of the pid, 1 is the first in its capture. */
  readonly life?: number;
  /** Of a store with several captures the one meant: its id, its name, or a label. */
  readonly capture?: string;
}

export interface Chosen {
  readonly taskId: number;
  /** All that it could mean, the chosen one first; empty when there is only one. */
  readonly choices: readonly Choice[];
}

const SQL = readFileSync(new URL('lives.sql', import.meta.url), 'utf8');

/** Of several, the one that ended last tells most. An input error when there is none. */
export async function chooseLife(store: Store, { pid, comm, life, capture }: LifeSelector): Promise<Chosen> {
  const all = await namedCaptures(store);
  const asked = new Map((await chosenCaptures(store, all, capture)).map(({ id, name }) => [id, name]));
  const of = async (values: Parameters): Promise<Row[]> =>
    (await store.rows(SQL, values)).filter((row) => asked.has(row.capture_id as CaptureId));
  const found = await of({ pid: pid ?? null, comm: comm ?? null, life: life ?? null });
  const [first] = found;
  if (first === undefined)
    throw nothingFound({ pid, comm, life }, pid === undefined ? 0 : (await of({ pid, comm: null, life: null })).length);
  const nameOf = (row: Row): string | undefined =>
    all.length > 1 ? asked.get(row.capture_id as CaptureId) : undefined;
  const choices = found.length === 1 ? [] : found.map((row) => toChoice(row, nameOf(row)));
  return { taskId: Number(first.task_id), choices };
}

function nothingFound({ pid, comm, life }: Partial<Record<keyof LifeSelector, unknown>>, lives: number): Error {
  if (lives > 0)
    return inputError(`pid ${pid} has ${lives} ${lives === 1 ? 'life' : 'lives'} in the capture, not ${life}`);
  return inputError(
    pid === undefined ? `no task named ${comm} is in the capture` : `pid ${pid} is not in the capture`,
    'ftrail tasks lists the tasks',
  );
}

const toChoice = (row: Row, capture: string | undefined): Choice => ({
  ...(capture === undefined ? {} : { capture }),
  task_id: Number(row.task_id),
  pid: Number(row.pid),
  life: Number(row.life),
  lives: Number(row.lives),
  comm: row.comm === null || row.comm === undefined ? null : String(row.comm),
  line_no: row.line_no === null ? null : Number(row.line_no),
  death: String(row.death),
});
