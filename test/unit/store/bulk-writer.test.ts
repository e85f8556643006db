import { describe, expect, it } from 'vitest';
import { readBases } from '../../../src/store/bases.js';
import { BatchFiller } from '../../../src/store/batch-filler.js';
import { BulkWriter } from '../../../src/store/bulk-writer.js';
import { CallColumns } from '../../../src/store/call-columns.js';
import { RowBatch } from '../../../src/store/row-batch.js';
import { Store } from '../../../src/store/store.js';
import { type EventFields, FORM } from '../../../src/trace/record.js';

function record(ordinal: number, text: Buffer): EventFields {
  return {
    ordinal,
    lineNo: ordinal + 13,
    tsLow: 7,
    tsHigh: 1,
    cpu: ordinal % 4,
    pid: ordinal,
    tgid: -1,
    commId: 0,
    flagsId: 0,
    nameId: 0,
    call: -1,
    form: 0,
    values: new Uint32Array(12),
    bytes: text,
    argsStart: 0,
    argsEnd: text.length,
  };
}

/** Writes the texts, one event each; `shared`: as from another thread. */
async function written(
  texts: readonly Buffer[],
  shared: boolean,
  more: readonly Partial<EventFields>[] = [],
): Promise<unknown[]> {
  const store = await Store.create();
  try {
    const bases = await readBases(store);
    const writer = await BulkWriter.open(store.connection, bases);
    const other = {
      next: (full: RowBatch) => {
        writer.appendShared(full);
        full.clear();
        return full;
      },
      calls: () => new CallColumns(CallColumns.memory(false)),
      stack: () => undefined,
    };
    const filler = new BatchFiller(bases, new RowBatch(RowBatch.memory(shared)), shared ? other : writer);
    for (const [ordinal, text] of texts.entries()) filler.event({ ...record(ordinal, text), ...more[ordinal] });
    await writer.close(store.connection, filler.finish());
    const rows = await store.rows('SELECT event_id, line_no, ts, cpu, pid, args FROM event_row ORDER BY event_id');
    expect(rows.map(({ event_id }) => event_id)).toEqual(texts.map((_, i) => i + 1));
    expect(rows[0]).toMatchObject({ line_no: 13, ts: 2 ** 32 + 7, ...(more.length === 0 && { cpu: 0, pid: 0 }) });
    return rows.map(({ args }) => args);
  } finally {
    store.close();
  }
}

const ascii = (length: number): Buffer => Buffer.from('x'.repeat(length));

describe.each([
  ['in one thread', false],
  ['from another thread', true],
])('batches of rows %s', (_, shared) => {
  it('keep texts that fit their slot and texts that do not', async () => {
    const lengths = [0, 1, 11, 12, 13, 300, 12, 13];
    expect(await written(lengths.map(ascii), shared)).toEqual(lengths.map((length) => 'x'.repeat(length)));
  });

  it('go on where one is full: by rows, by bytes, by one text longer than a batch', async () => {
    const lengths = [...Array.from({ length: 2500 }, (_, i) => i % 40), 200_000, 100_000, 3_000_000, 5, 300_000];
    expect(await written(lengths.map(ascii), shared)).toEqual(lengths.map((length) => 'x'.repeat(length)));
  });

  it('keep the text of a call whose task is not known, and only there', async () => {
    const call = { call: 0, form: FORM.enter + 1, values: new Uint32Array([3, 0]) };
    const lines = [
      { ...call, pid: -1, cpu: -1 },
      { ...call, pid: -1, cpu: 2 },
      { ...call, pid: 5, cpu: 2 },
    ];
    expect(
      await written(
        lines.map(() => Buffer.from('fd: 3')),
        shared,
        lines,
      ),
    ).toEqual(['fd: 3', 'fd: 3', '']);
  });

  it('keep bytes that are no UTF-8', async () => {
    expect(await written([Buffer.from([0x61, 0xff, 0x62]), Buffer.from('é'.repeat(20))], shared)).toEqual([
      'a\uefffb',
      'é'.repeat(20),
    ]);
  });
});
