/** Which life a pid or a name means, and the others that it could mean. */
import { readFileSync } from 'node:fs';
import { inputError } from '../../base/errors.js';
import type { Store } from '../../store/store.js';
import type { Choice, Row } from '../../trace/result.js';

export interface LifeSelector {
  readonly pid?: number;
  readonly comm?: string;
  /** Which life of the pid, 1 is the first in the store. */
  readonly life?: number;
}

export interface Chosen {
  readonly taskId: number;
  /** All that it could mean, the chosen one first; empty when there is only one. */
  readonly choices: readonly Choice[];
}

const SQL = readFileSync(new URL('lives.sql', import.meta.url), 'utf8');

/** Of several, the one that ended last tells most. An input error when there is none. */
export async function chooseLife(store: Store, { pid, comm, life }: LifeSelector): Promise<Chosen> {
  const found = await store.rows(SQL, { pid: pid ?? null, comm: comm ?? null, life: life ?? null });
  const [first] = found;
  if (first === undefined) throw nothingFound({ pid, comm, life }, await lives(store, pid));
  return { taskId: Number(first.task_id), choices: found.length === 1 ? [] : found.map(toChoice) };
}

async function lives(store: Store, pid: number | undefined): Promise<number> {
  return pid === undefined ? 0 : (await store.rows(SQL, { pid, comm: null, life: null })).length;
}

function nothingFound({ pid, comm, life }: Partial<Record<keyof LifeSelector, unknown>>, lives: number): Error {
  if (lives > 0)
    return inputError(`pid ${pid} has ${lives} ${lives === 1 ? 'life' : 'lives'} in the capture, not ${life}`);
  return inputError(
    pid === undefined ? `no task named ${comm} is in the capture` : `pid ${pid} is not in the capture`,
    'ftrail tasks lists the tasks',
  );
}

const toChoice = (row: Row): Choice => ({
  task_id: Number(row.task_id),
  pid: Number(row.pid),
  life: Number(row.life),
  lives: Number(row.lives),
  comm: row.comm === null || row.comm === undefined ? null : String(row.comm),
  line_no: row.line_no === null ? null : Number(row.line_no),
  death: String(row.death),
});
