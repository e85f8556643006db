import { wantedScope } from '../../app/check/one-capture.js';
import { isDataset } from '../../app/dataset/is-dataset.js';
import { createEventViews } from '../../store/event-views.js';
import type { QueryColumn } from '../../store/locked-query.js';
import { lockedQuery } from '../../store/locked-query.js';
import type { Row } from '../../trace/result.js';
import { printerFor } from '../format/printer.js';
import type { OutColumn } from '../format/types.js';
import type { Io } from '../io.js';
import { lookAt } from '../look.js';
import type { RowOptions } from '../options.js';
import { say, withCapture } from '../session.js';

export async function runQuery(io: Io, argument: string, sql: string, options: RowOptions): Promise<void> {
  await withCapture(io, argument, options, async ({ store }) => {
    const look = await lookAt(io, options, store);
    if (isDataset(argument) && /\bev\s*\.|\b(?:path|probe)_event\b/i.test(sql)) await createEventViews(store);
    const scope = await wantedScope(store, options.capture);
    const { columns, batches } = await lockedQuery(store, scope(sql));
    const print = await printerFor(options.format);
    const count = await print(io.stdout, columns.map(outColumn), limited(batches, options.limit), look);
    if (count === 0 && options.format === 'table') say(io, options, 'no rows');
  });
}

const INTEGERS = /^(?:U?(?:TINY|SMALL|BIG|HUGE)INT|U?INTEGER)$/;
const NUMBERS = /^(?:FLOAT|DOUBLE|DECIMAL\(.*\))$/;

/** Columns named as the store names times get the look of times. */
function outColumn({ name, type }: QueryColumn): OutColumn {
  if (INTEGERS.test(type)) {
    if (/^(?:.*_)?(?:ts|dur)$/.test(name) || name === 'latency') return { name, type: 'integer', unit: 'ns' };
    if (/(?:^|_)addr(?:ess)?$/.test(name)) return { name, type: 'integer', unit: 'address' };
    return { name, type: 'integer' };
  }
  return { name, type: NUMBERS.test(type) ? 'number' : type === 'BOOLEAN' ? 'boolean' : 'text' };
}

async function* limited(
  batches: AsyncIterable<readonly Row[]>,
  limit: number | undefined,
): AsyncGenerator<readonly Row[]> {
  let left = limit ?? Number.POSITIVE_INFINITY;
  if (left === 0) return;
  for await (const rows of batches) {
    yield rows.length > left ? rows.slice(0, left) : rows;
    left -= rows.length;
    if (left <= 0) return;
  }
}
