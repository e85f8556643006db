import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { derived } from '../../support/derived.js';

/**
 * Linux 6.12: the init of a pid namespace (376) forks 2 (377) and 3 (378); 3 forks 4 (379) and exits, so 4 is reparented to the
 * init, whose wait4 returns 4. Syscalls print the pids of the namespace, events those of the host.
 */
const TRACE = readFileSync(new URL('../../fixtures/pid-namespace-orphan.trace', import.meta.url), 'utf8');
const REAPERS = `SELECT c.pid, r.pid AS reaper, c.reap_confidence AS confidence FROM task c LEFT JOIN task r ON r.task_id = c.reaper_task_id
  WHERE c.pid BETWEEN 377 AND 379 ORDER BY c.pid`;

describe('wait4 in a pid namespace', () => {
  it('reaps own children and the orphan of a descendant', async () => {
    expect(await derived(TRACE, REAPERS)).toEqual([
      { pid: 377, reaper: 376, confidence: 'inferred' },
      { pid: 378, reaper: 376, confidence: 'inferred' },
      { pid: 379, reaper: 376, confidence: 'inferred' },
    ]);
  });

  it.each([
    [
      'the parent of the orphan made a namespace of its own',
      /clone_flags=1200000( oom_score_adj=0\n.*child_comm=ns-orph-par)/,
      'clone_flags=21200000$1',
    ],
    [
      'the parent of the orphan had not died',
      / *ns-orph-par-378 .*(sys_exit_group|sched_process_exit|signal_generate).*\n/g,
      '',
    ],
  ])('names nobody when %s', async (_, was, becomes) => {
    const counted = TRACE.replace(/^# entries-in-buffer.*\n/m, '');
    const other = counted.replace(was, becomes);
    expect(other).not.toBe(counted);
    expect(await derived(other, REAPERS)).toMatchObject([{ reaper: 376 }, { reaper: 376 }, { reaper: null }]);
  });
});
