import { expect, it } from 'vitest';
import { readKernelLog } from '../../../src/ingest/kernel-log.js';

const read = (text: string) => readKernelLog(Buffer.from(text, 'latin1'));
const plain = { ts: 5_322_481_000n, text: 'oom-kill:constraint', caller: null, level: null };

it.each([
  ['dmesg', '[    5.322481] oom-kill:constraint', plain],
  ['with the caller', '[    5.322481][  T137] oom-kill:constraint', { ...plain, caller: 'T137' }],
  ['with the CPU of an interrupt', '[    5.322481][    C1] oom-kill:constraint', { ...plain, caller: 'C1' }],
  ['dmesg -r', '<6>[    5.322481] oom-kill:constraint', { ...plain, level: 'info' }],
  ['dmesg -x', 'kern  :warn  : [    5.322481] oom-kill:constraint', { ...plain, level: 'warn' }],
  ['journalctl -k -o short-monotonic', '[    5.322481] rig kernel: oom-kill:constraint', plain],
  ['dmesg -T has no time that compares', '[Sat Nov 21 00:20:38 2026] oom-kill:constraint', { ...plain, ts: null }],
  [
    'a long uptime',
    '[8446287.087641] <_do_fork> pre_handler: x',
    { ts: 8_446_287_087_641_000n, text: '<_do_fork> pre_handler: x' },
  ],
  ['a byte that is not UTF-8', '[    5.322481] a\xffb', { text: 'a\uefffb' }],
])('%s', (_, line, expected) => {
  expect(read(`${line}\n`)).toMatchObject({ rows: [{ lineNo: 1, ...expected }], misfits: 0 });
});

it('counts lines that are none of a log', () => {
  expect(read('[    1.000000] a\nb\n')).toMatchObject({
    misfits: 1,
    misfit: { lineNo: 2, text: 'b' },
    rows: [{ lineNo: 1 }],
  });
});
