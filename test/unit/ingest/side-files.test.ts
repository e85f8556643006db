import { describe, expect, it } from 'vitest';
import { readKallsyms } from '../../../src/ingest/kallsyms.js';
import { readProcMaps } from '../../../src/ingest/proc-maps.js';

const maps = (text: string) => readProcMaps(Buffer.from(text, 'latin1'));
const symbols = (text: string) => readKallsyms(Buffer.from(text));

describe('/proc/PID/maps', () => {
  it.each([
    [
      'a library',
      '7fef041e8000-7fef043a2000 r-xp 00001000 fd:01 269                        /lib64/libc-2.17.so',
      {
        start: 0x7fef041e8000n,
        end: 0x7fef043a2000n,
        perms: 'r-xp',
        offset: 0x1000n,
        dev: 'fd:01',
        inode: 269n,
        path: '/lib64/libc-2.17.so',
      },
    ],
    ['anonymous memory', '00e24000-011f7000 rw-p 00000000 00:00 0 ', { path: null, perms: 'rw-p' }],
    ['the stack', '7ffd1000-7ffd2000 rw-p 00000000 00:00 0          [stack]', { path: '[stack]' }],
    [
      'vsyscall',
      'ffffffffff600000-ffffffffff601000 --xp 00000000 00:00 0    [vsyscall]',
      { start: 0xffffffffff600000n },
    ],
    [
      'a deleted file with spaces',
      '1-2 r--s 0 00:05 7   /tmp/a b (deleted)',
      { path: '/tmp/a b (deleted)', perms: 'r--s' },
    ],
    ['a newline in a path', '1-2 r--p 0 00:05 7 /tmp/a\\012b', { path: '/tmp/a\nb' }],
    ['a byte that is not UTF-8', '1-2 r--p 0 00:05 7 /tmp/\xff', { path: '/tmp/\uefff' }],
  ])('%s', (_, line, expected) => {
    expect(maps(`${line}\n`)).toMatchObject({ rows: [{ lineNo: 1, ...expected }], misfits: 0 });
  });

  it('reads CRLF, and counts what does not fit', () => {
    const read = maps('1-2 r--p 0 00:05 7 /a\r\nSize: 4 kB\r\n\r\n2-3 r--p 0 00:05 7 /b\r\nRss: 1 kB\r\n');
    expect(read.rows.map((row) => [row.lineNo, row.path])).toEqual([
      [1, '/a'],
      [4, '/b'],
    ]);
    expect(read).toMatchObject({ misfits: 2, misfit: { lineNo: 2, text: 'Size: 4 kB' } });
  });
});

describe('/proc/kallsyms', () => {
  it('reads symbols of the kernel and of modules', () => {
    expect(symbols('ffffffff81000000 T _text\nffffffffc0a01000 t e1000_probe\t[e1000]\n').rows).toEqual([
      { address: 0xffffffff81000000n, type: 'T', symbol: '_text', module: null },
      { address: 0xffffffffc0a01000n, type: 't', symbol: 'e1000_probe', module: 'e1000' },
    ]);
  });

  it('reads a 32-bit kernel', () => {
    expect(symbols('c0008000 T stext\n').rows).toMatchObject([{ address: 0xc0008000n }]);
  });

  it('counts what does not fit', () => {
    expect(symbols('hello\n')).toMatchObject({ rows: [], misfits: 1, misfit: { lineNo: 1, text: 'hello' } });
  });
});
