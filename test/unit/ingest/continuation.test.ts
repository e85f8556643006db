import { expect, it } from 'vitest';
import { holdsRecords } from '../../../src/ingest/continuation.js';
import type { NameEntry } from '../../../src/trace/record.js';

const entry = (name: string, kind: NameEntry['kind'] = 'event'): NameEntry => ({ name, kind, keys: [] });

it.each([
  ['sched_switch', false],
  ['task_rename', false],
  ['signal_generate', false],
  ['sched_process_exec', true],
  ['irq_handler_entry', true],
  ['some_probe', true],
])('whether the text of %s has room for the columns of a record: %s', (name, holds) => {
  expect(holdsRecords(entry(name))).toBe(holds);
});

it('a marker has room for anything', () => {
  expect(holdsRecords(entry('tracing_mark_write', 'marker'))).toBe(true);
});
