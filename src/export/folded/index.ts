/** Folded stacks: one line a stack with how many events were taken there, for speedscope, flamegraph.pl and inferno. */
import { readFileSync } from 'node:fs';
import { inputError } from '../../base/errors.js';
import type { ExportFormat, Source } from '../format.js';

/** Lines as they are: no quotes, no header. */
const LINES = "FORMAT csv, HEADER false, QUOTE '', ESCAPE '', DELIMITER ''";

const folded: ExportFormat = {
  id: 'folded',
  use: 'stacks for speedscope and flamegraph.pl',
  takes: 'capture',
  events: true,
  text: true,
  counts: 'stack',
  async write({ source, event, scope }) {
    const sql = readFileSync(new URL('folded.sql', import.meta.url), 'utf8');
    const count = await source.copy(sql, { event: event ?? null, ...scope }, LINES);
    if (count === 0) throw await noStacks(source, event);
    return count;
  },
};

export default folded;

async function noStacks(source: Source, event: string | undefined): Promise<Error> {
  const rows = await source.rows(
    `SELECT DISTINCT n.name FROM event_stack s JOIN event_row e USING (event_id) JOIN name_dict n USING (name_id) ORDER BY ALL LIMIT 20`,
  );
  if (rows.length === 0)
    return inputError('the capture has no stacks', 'echo 1 > /sys/kernel/tracing/options/stacktrace when recording');
  return inputError(
    event === undefined ? 'no stack is in what was chosen' : `no stack of ${event} is in what was chosen`,
    `there are stacks at ${rows.map((row) => String(row.name)).join(', ')}`,
  );
}
