import { DROP_REASONS } from '../../trace/drop-reason.js';
import type { Finding, Row } from '../../trace/result.js';
import { defineAnalysis } from '../analysis.js';
import { integer, line, nanos, text } from '../columns.js';
import { loadSql } from '../load-sql.js';
import { scopeParams } from '../params.js';

const MAX_NAMED = 5;

export default defineAnalysis({
  id: 'drops',
  title: 'Dropped packets',
  question: 'Where and why did the kernel drop packets?',
  needs: [['kfree_skb']],
  params: scopeParams,
  columns: [
    integer('drops', 'Drops', 'buffers freed as dropped; a packet of several buffers counts several times', 'count'),
    text('site', 'Site', 'symbol of the location; where it is hashed, the function that freed, from the stack'),
    text('reason', 'Reason', 'as the kernel names it; empty before 5.17'),
    text('protocol', 'Protocol', 'EtherType by name'),
    text('devices', 'Devices', 'where the same buffers were last seen'),
    text('location', 'Location', 'as printed; eight zeros in front mean a hash, which no symbol table resolves'),
    text('stack', 'Stack', 'the innermost functions, from the stack of the event'),
    nanos('first_ts', 'First', 'time of the first'),
    nanos('last_ts', 'Last', 'time of the last'),
    line('line_no', 'First at', 'line of the first'),
  ],
  sql: loadSql(import.meta.url, 'drops.sql'),
  findings: (rows): Finding[] => rows.slice(0, MAX_NAMED).map(sentence),
});

function sentence(row: Row): Finding {
  const protocol = row.protocol === null ? '' : `${row.protocol} `;
  const many = Number(row.drops) === 1 ? `1 ${protocol}packet was` : `${row.drops} ${protocol}packets were`;
  const where = row.site === null ? `at the address ${row.location}` : `in ${String(row.site).replace(/\+0x.*/, '')}`;
  const base = { lines: [Number(row.line_no)], confidence: 'exact' } as const;
  // Without a reason the kernel may only have thrown away what nobody wanted.
  if (row.reason === null || row.reason === 'NOT_SPECIFIED')
    return { ...base, severity: 'info', text: `${many} freed by kfree_skb ${where}; the capture gives no reason` };
  const reason = `${row.reason}${meaning(String(row.reason))}`;
  return { ...base, severity: 'warn', text: `${many} dropped ${where} (${reason})` };
}

function meaning(reason: string): string {
  const words = DROP_REASONS.get(reason);
  return words === undefined ? '' : `: ${words}`;
}
