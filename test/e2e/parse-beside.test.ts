import { describe, expect, it } from 'vitest';
import { Store } from '../../src/store/store.js';
import { runCli } from '../support/cli.js';
import { scratch } from '../support/scratch.js';
import { HEADER, RECORDS } from '../support/trace-text.js';

/** Long enough for a thread of its own; with stacks, line breaks in a marker, a huge one, and bytes that are no UTF-8. */
function longTrace(): Buffer {
  const parts: Buffer[] = [Buffer.from(`${HEADER.join('\n').replace('6/6', '0/0')}\n`)];
  const stamp = (text: string, i: number): string => text.replace(/9992\.17/, `${9992 + i}.17`);
  for (let i = 0; i < 3000; i++) {
    parts.push(Buffer.from(RECORDS.map((line) => `${stamp(line, i)}\n`).join('')));
    if (i % 150 === 7)
      parts.push(
        Buffer.from(
          `           a.out-5441    [000] .....  ${9992 + i}.172000: tracing_mark_write: two\nlines \xff\n`,
          'latin1',
        ),
      );
    if (i % 100 === 9)
      parts.push(
        Buffer.from(
          `           a.out-5441    [000] .....  ${9992 + i}.173000: tracing_mark_write: ${'y'.repeat(300_000)}\n`,
        ),
      );
  }
  return Buffer.concat(parts);
}

const TABLES = [
  'event_row',
  'syscall_row',
  'syscall_name',
  'event_stack',
  'stack_frame',
  'comm_dict',
  'flags_dict',
  'name_dict',
  'import_issue',
  'signal',
];

async function digest(path: string): Promise<readonly unknown[]> {
  const store = await Store.open(path);
  try {
    const tables: unknown[] = [];
    for (const table of TABLES)
      tables.push(
        ...(await store.rows(`SELECT '${table}' AS table, count(*) AS n, sum(hash(t)) AS h FROM ${table} t`)),
      );
    return [...tables, ...(await store.rows('SELECT * EXCLUDE (imported_at) FROM capture'))];
  } finally {
    store.close();
  }
}

describe('a long trace', () => {
  it('gives the same store whether it is parsed in a thread of its own or not', async () => {
    const folder = scratch();
    const text = longTrace();
    expect(text.length).toBeGreaterThan(9 << 20);
    const trace = folder.file('t', text);
    const digests: unknown[] = [];
    for (const threads of ['1', '2']) {
      const store = folder.at(`${threads}.duckdb`);
      expect(await runCli(['import', trace, '-o', store, '-q', '--threads', threads])).toMatchObject({
        code: 0,
        stderr: '',
      });
      digests.push(await digest(store));
    }
    expect(digests[1]).toEqual(digests[0]);
    expect(digests[0]).toEqual(
      expect.arrayContaining([expect.objectContaining({ table: 'event_row', n: 3000 * 5 + 20 + 30 })]),
    );
  });
});
