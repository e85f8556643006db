/**
 * Lines for a report that is made from a store: the store has every value of an event, not the text. The line is made
 * again in the kernel's layout; spacing, and what is no event (header, stack frames), is not there.
 */

import { readFileSync } from 'node:fs';
import type { CaptureId } from '../../analyses/run.js';
import { clockFormat } from '../../base/format-time.js';
import type { EvidenceLine } from '../../report/report-input.js';
import type { Store } from '../../store/store.js';
import type { CellValue, Row } from '../../trace/result.js';

const SQL = readFileSync(new URL('./store-lines.sql', import.meta.url), 'utf8');

export async function linesOfStore(
  store: Store,
  capture: CaptureId,
  timeUnit: string,
  numbers: readonly number[],
): Promise<EvidenceLine[]> {
  if (numbers.length === 0) return [];
  const rows = await store.rows(SQL.replace(':lines', numbers.join(', ')), { capture });
  const clock = clockFormat(timeUnit);
  const time = (ts: CellValue): string => (ts === null || typeof ts === 'boolean' ? '' : `${clock.ts(ts)}: `);
  const lines = new Map<number, string>();
  for (const row of rows) {
    const line = Number(row.line_no);
    if (!lines.has(line)) lines.set(line, lineText(row, time(row.ts ?? null)));
  }
  return [...lines].map(([line_no, text]) => ({ line_no, text }));
}

function lineText({ comm, pid, cpu, flags, name, args, kind }: Row, time: string): string {
  const who = pid === null ? '' : `${String(comm ?? '<...>').padStart(16)}-${String(pid).padEnd(7)} `;
  const where = cpu === null ? '' : `[${String(cpu).padStart(3, '0')}] `;
  return `${who}${where}${flags === null ? '' : `${flags} `}${time}${bodyText(String(name), String(args ?? ''), String(kind))}`;
}

function bodyText(name: string, args: string, kind: string): string {
  if (kind === 'syscall_enter') return `${name.replace(/^sys_enter_/, 'sys_')}(${args})`;
  if (kind === 'syscall_exit') return `${name.replace(/^sys_exit_/, 'sys_')} -> ${args}`;
  if (kind === 'function') return args;
  return args === '' ? `${name}:` : `${name}: ${args}`;
}
