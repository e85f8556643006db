import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { derived } from '../../support/derived.js';

/**
 * Linux 6.12, no syscall events and no clone flags: exit_group(5) by the leader 410, then tgkill(SIGKILL) of thread 417 by its
 * leader 414. In both the last thread to leave told 395, the parent of the leader. wait4 said: 410 exited, 414 killed by 9.
 */
const TRACE = readFileSync(new URL('../../fixtures/last-thread-tells.trace', import.meta.url), 'utf8');
const ends = (pids: string) =>
  `SELECT pid, tgid, thread, death, exit_signal FROM task WHERE pid IN (${pids}) ORDER BY pid`;

describe('the last thread of a process tells the parent of its leader', () => {
  it('is a thread of that leader, and the process ends once', async () => {
    expect(await derived(TRACE, ends('410, 412, 414, 415'))).toEqual([
      { pid: 410, tgid: null, thread: null, death: 'exited', exit_signal: null },
      { pid: 412, tgid: 410, thread: true, death: 'exited', exit_signal: null },
      { pid: 414, tgid: null, thread: null, death: 'killed', exit_signal: 9 },
      { pid: 415, tgid: 414, thread: true, death: 'killed', exit_signal: 9 },
    ]);
  });

  it('does not say how the leader ended when a delivery to one of its threads is missing', async () => {
    const without = TRACE.replace(/^ *worker-0-411 .*signal_deliver.*\n/m, '');
    expect(without).not.toBe(TRACE);
    expect(await derived(without, ends('410'))).toMatchObject([{ death: 'unknown' }]);
  });

  it('does not take the word of a thread for the task itself', async () => {
    const unborn = TRACE.replace(/^ *wl-414 .*child_pid=415\n/m, '');
    expect(await derived(unborn, ends('415'))).toMatchObject([{ thread: null, death: 'unknown' }]);
  });
});
