import { describe, expect, it } from 'vitest';
import { captureHealthFindings } from '../../../../src/app/report/health.js';
import { seedReport } from '../../../support/report-input.js';

const { capture } = seedReport();
const loss = (kind: string, events: number | null, cpu: number | null = 0) => ({
  kind,
  events,
  cpu,
  line_no: 7,
  from_ts: null,
  to_ts: null,
});
const texts = (...args: Parameters<typeof captureHealthFindings>): string[] =>
  captureHealthFindings(...args).map(({ text }) => text);

describe('capture health', () => {
  it('says that all is well only when the kernel counted', () => {
    expect(texts(capture, [], [])).toEqual([
      "All 65 lines were understood, the kernel's own count of 21 records is met, and nothing was lost.",
    ]);
    expect(texts({ ...capture, entries_in_buffer: null }, [], [])[0]).toContain('a loss would not be seen');
  });

  it('names losses, with a number only where somebody counted', () => {
    expect(texts(capture, [loss('lost', 5, 0), loss('lost', 7, 2)], [])[0]).toMatch(
      /^12 events were lost on CPU 0, 2 \(2 places\)/,
    );
    expect(texts(capture, [loss('lost', 5), loss('lost', null)], [])[0]).toMatch(/^Events were lost/);
    expect(texts(capture, [loss('overwritten', 1000, null)], [])[0]).toContain('1,000 older entries');
    expect(texts(capture, [loss('line_too_big', null)], [])[0]).toContain('1 record was too long');
  });

  it('tells when the count of the kernel is not met, and what was not understood', () => {
    expect(texts({ ...capture, records: 20 }, [], [])[0]).toContain(
      'counted 21 records in the buffer, the file holds 20',
    );
    const issues = [{ code: 'no_record', count: 3, line_no: 9, text: 'garbage' }];
    expect(captureHealthFindings(capture, [], issues)[0]).toMatchObject({
      severity: 'warn',
      text: '3 places not fully understood (no record): garbage',
      lines: [9],
    });
  });
});
