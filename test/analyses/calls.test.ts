import { expect, it } from 'vitest';
import { answer } from '../support/blueprint.js';

const OPENS = `
              wl-148     [001] .....     3.000010: opn: (do_sys_openat2+0x0/0x170) pathname="/tmp/a"
              wl-148     [001] .....     3.000050: ret: (__x64_sys_openat+0x6a/0xa0 <- do_sys_openat2) arg1=0x3
              wl-148     [001] .....     3.000100: opn: (do_sys_openat2+0x0/0x170) pathname="/tmp/b"
              wl-148     [001] .....     3.000110: ret: (__x64_sys_openat+0x6a/0xa0 <- do_sys_openat2) arg1=0xfffffffffffffffe
              wl-148     [001] .....     3.000120: opn: (do_sys_openat2+0x0/0x170) pathname="/tmp/c"
`;

it('[A] counts calls, returns, errors by name and measures them', async () => {
  const columns = ['function', 'calls', 'returns', 'missed', 'errors', 'max_dur', 'max_line_no', 'caller'];
  const { csv, findings } = await answer('calls', OPENS, { columns });
  expect(csv).toBe(`${columns.join(',')}\ndo_sys_openat2,3,2,1,ENOENT 1,40000,5,__x64_sys_openat`);
  expect(findings).toEqual([
    {
      severity: 'info',
      text: '1 of 2 returns of do_sys_openat2 were errors: ENOENT 1',
      lines: [7],
      confidence: 'exact',
    },
  ]);
});

it('[A] says nothing of missed returns where none was probed', async () => {
  const { rows } = await answer('calls', OPENS.replaceAll(/^.*ret: .*\n/gm, ''));
  expect(rows.map((row) => [row.calls, row.missed, row.failures])).toEqual([[3, null, null]]);
});

it('[A] names the slowest calls, who called how often, and how long the calls took', async () => {
  const { rows } = await answer('calls', OPENS);
  expect(rows.map((row) => [row.slowest, row.callers, row.histogram])).toEqual([
    ['5: 40 us, 7: 10 us', '__x64_sys_openat 2', '<16 us: 1, <64 us: 1'],
  ]);
});

it('[A] names what to enable where nothing was probed', async () => {
  const text = '              wl-157     [001] ..s1.     8.526864: netif_rx_exit: ret=0\n';
  for (const id of ['calls', 'call-tree']) {
    const { status, missing } = await answer(id, text);
    expect([status, missing]).toEqual(['not-applicable', ['kprobes:*']]);
  }
});
