/**
 * The model: tables derived from the events of one capture, each a step in SQL. The order is the order of dependence.
 */
import { readFileSync } from 'node:fs';
import type { Store } from '../store/store.js';

/** Steps in order; each is one file of set-based SQL beside this one. */
export const STEPS = ['syscall', 'birth', 'life', 'member', 'exec', 'cause', 'signal', 'death', 'wait', 'task'] as const;

const sql = (step: string): string => readFileSync(new URL(`./${step}.sql`, import.meta.url), 'utf8');

/** Creates the derived tables, empty, in a new store. */
export async function createModel(store: Store): Promise<void> {
  await store.run(sql('schema'));
}

/** Derives everything from the events of one capture. `onStep` hears which step begins. */
export async function buildModel(store: Store, captureId: number, onStep?: (step: string) => void): Promise<void> {
  await store.run(`
    SET VARIABLE capture_id = ${captureId};
    SET VARIABLE first_event = (SELECT coalesce(min(event_id), 0) FROM event_row WHERE capture_id = ${captureId});
    SET VARIABLE last_event = (SELECT coalesce(max(event_id), -1) FROM event_row WHERE capture_id = ${captureId});
    SET VARIABLE first_task = (SELECT coalesce(max(task_id), 0) + 1 FROM life);
    INSERT INTO syscall_name
      SELECT (SELECT coalesce(max(syscall_id), 0) FROM syscall_name) + row_number() OVER (ORDER BY name), name
      FROM (SELECT DISTINCT regexp_replace(name, '^sys_(enter|exit)_', '') AS name FROM name_dict WHERE kind IN ('syscall_enter', 'syscall_exit'))
      WHERE name NOT IN (SELECT name FROM syscall_name);
    CREATE OR REPLACE TEMP VIEW syscall_line AS
      SELECT d.name_id, d.kind = 'syscall_enter' AS is_enter, s.syscall_id
      FROM name_dict d JOIN syscall_name s ON s.name = regexp_replace(d.name, '^sys_(enter|exit)_', '')
      WHERE d.kind IN ('syscall_enter', 'syscall_exit')`);
  for (const step of STEPS) {
    onStep?.(step);
    await store.run(sql(step));
  }
}
