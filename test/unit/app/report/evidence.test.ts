import { describe, expect, it } from 'vitest';
import { chooseLines, readLines } from '../../../../src/app/report/evidence.js';

const TEXT = 'one\ntwo\r\n\nfour \xff\nfive';

async function* chunked(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

describe('readLines', () => {
  it.each([1, 2, 3, 7, 100])('finds lines by number whatever the chunks (%d bytes)', async (size) => {
    const found = await readLines(chunked(Buffer.from(TEXT, 'latin1'), size), [1, 2, 3, 4, 5]);
    expect(found).toEqual([
      { line_no: 1, text: 'one' },
      { line_no: 2, text: 'two' },
      { line_no: 3, text: '' },
      { line_no: 4, text: 'four \uefff' },
      { line_no: 5, text: 'five' },
    ]);
    expect(await readLines(chunked(Buffer.from(TEXT, 'latin1'), size), [2, 9])).toEqual([{ line_no: 2, text: 'two' }]);
  });

  it('reads no further than the last line it needs', async () => {
    let read = 0;
    let closed = false;
    const source = (async function* () {
      try {
        for (;;) {
          read += 1;
          yield Buffer.from('a line\n');
        }
      } finally {
        closed = true;
      }
    })();
    expect(await readLines(source, [3])).toHaveLength(1);
    expect({ read, closed }).toEqual({ read: 3, closed: true });
  });

  it('cuts a line that has no end in sight, and says so', async () => {
    const [line] = await readLines(chunked(Buffer.from(`${'x'.repeat(5000)}\n`), 64), [1]);
    expect(line?.text).toMatch(/^x{1000} … \(4000 more bytes\)$/);
  });
});

describe('chooseLines', () => {
  it('takes all of a small trace', () => {
    expect(chooseLines(3, 90, [])).toEqual([1, 2, 3]);
  });
  it('takes what is named with its neighbours from a large one, inside its bounds', () => {
    expect(chooseLines(100_000, 1_800_000, [{ lines: [1, 50_000, 100_000], around: 1 }])).toEqual([
      1, 2, 49_999, 50_000, 50_001, 99_999, 100_000,
    ]);
  });
  it('keeps to its room, the first named first', () => {
    const many = Array.from({ length: 90_000 }, (_line, index) => index + 1);
    const chosen = chooseLines(100_000, 400_000, [
      { lines: [99_000], around: 5 },
      { lines: many, around: 0 },
    ]);
    expect(chosen).toHaveLength(4090);
    expect(chosen).toContain(99_005);
  });
  it('takes fewer where lines are long', () => {
    const many = Array.from({ length: 9000 }, (_line, index) => index + 1);
    const chosen = chooseLines(100_000, 27_800_000, [{ lines: many, around: 0 }]);
    expect(chosen).toHaveLength(794);
  });
});
