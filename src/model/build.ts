/**
 * The model: tables derived from the events of one capture, each a step in SQL. The order is the order of dependence.
 */
import { readFileSync } from 'node:fs';
import type { Store } from '../store/store.js';

/** Steps in order; each is one file of set-based SQL beside this one. */
const STEPS = [
  'scope',
  'torn',
  'seen',
  'birth',
  'hole',
  'life',
  'blur',
  'member',
  'exec',
  'cause',
  'signal',
  'side-log',
  'death',
  'wait',
  'task',
  'self-reaped',
  'probe',
  'graph',
  'call',
  'sender-name',
  'fd-table',
  'open',
  'descriptor',
  'file',
  'address-space',
  'memory',
  'mapping',
  'user-frame',
  'packet',
  'sched',
  'link',
] as const;

const OWN_NAME = "FROM event_name WHERE capture_id = getvariable('capture_id') AND name";

/** Probes, or lines of function_graph. */
const CALLS = `EXISTS (FROM probe_name JOIN event_name USING (name_id) WHERE capture_id = getvariable('capture_id'))
    OR EXISTS (${OWN_NAME} IN ('funcgraph_entry', 'funcgraph_exit'))`;

/** Steps that one capture takes. */
export const MODEL_STEPS = STEPS.length;

/** Steps that have nothing to do without some events: a capture that lacks them does not pay for the planning either. */
const ONLY_WHEN: Readonly<Record<string, string>> = {
  'side-log': `EXISTS (FROM kernel_log) OR EXISTS (${OWN_NAME} = 'stap_signal')`,
  blur: `EXISTS (FROM complete WHERE from_event_id IS NULL)
    AND EXISTS (FROM life WHERE capture_id = getvariable('capture_id') AND until_event_id IS NOT NULL)`,
  probe: CALLS,
  graph: CALLS,
  call: CALLS,
  'user-frame': "EXISTS (FROM stack_frame WHERE space = 'user' AND symbol IS NULL)",
  sched: `EXISTS (${OWN_NAME} = 'sched_switch')`,
  packet: `EXISTS (${OWN_NAME} ~ 'net_dev_.*|netif_r.*|napi_gro_.*|skb_.*|.*skb')`,
};

const sql = (step: string): string => readFileSync(new URL(`./${step}.sql`, import.meta.url), 'utf8');

/** Hears which step begins, how many are behind, and of how many. */
export type OnModelStep = (step: string, done: number, total: number) => void | Promise<void>;

/** Derives everything from the events of every capture that has not been derived yet. */
export async function buildModel(store: Store, onStep?: OnModelStep): Promise<void> {
  await store.run(sql('schema'));
  await store.run(sql('narrative'));
  await store.run(sql('step'));
  await store.run(sql('probe-words'));
  const captures = await store.rows(
    'SELECT capture_id FROM capture WHERE capture_id NOT IN (SELECT capture_id FROM life) ORDER BY capture_id',
  );
  const total = captures.length * STEPS.length;
  for (const [index, { capture_id }] of captures.entries()) {
    await buildCapture(store, Number(capture_id), (step, done) => onStep?.(step, index * STEPS.length + done, total));
  }
}

async function buildCapture(
  store: Store,
  captureId: number,
  onStep: (step: string, done: number) => void | Promise<void>,
): Promise<void> {
  await store.run(`SET VARIABLE capture_id = ${captureId}`);
  for (const [done, step] of STEPS.entries()) {
    if (!(await isNeeded(store, step))) continue;
    await onStep(step, done);
    await store.run(sql(step));
  }
}

async function isNeeded(store: Store, step: string): Promise<boolean> {
  const condition = ONLY_WHEN[step];
  if (condition === undefined) return true;
  const [row] = await store.rows(`SELECT ${condition} AS needed`);
  return row?.needed === true;
}
