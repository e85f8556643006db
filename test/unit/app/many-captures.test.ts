import { createReadStream } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { ANALYSES } from '../../../src/analyses/registry.js';
import { analysedCaptures } from '../../../src/app/captures.js';
import { deriveAll } from '../../../src/app/derive.js';
import { importTrace } from '../../../src/app/import-trace.js';
import { Store } from '../../../src/store/store.js';
import type { AnalysisResult } from '../../../src/trace/result.js';
import { DOZEN } from '../../support/captures.js';
import { answers, toldAlone, toldOf } from '../../support/per-capture.js';
import { storeOfFile, storeOfTexts } from '../../support/store-of.js';

const ASKED = { life: { pid: 5441 } };

// Every question is put to many captures.
vi.setConfig({ testTimeout: 120_000 });

describe('a store of many captures', () => {
  let store: Store;
  let together: Map<string, AnalysisResult>;

  beforeAll(async () => {
    store = await Store.create();
    for (const path of DOZEN) await importTrace(store, { name: path, chunks: createReadStream(path) });
    await deriveAll(store);
    together = await answers(store, await analysedCaptures(store), ASKED);
  }, 120_000);
  afterAll(() => store.close());

  it.each(DOZEN)('tells of %s what a store of its own tells', async (path) => {
    const own = await storeOfFile(path);
    try {
      const alone = await answers(own, await analysedCaptures(own), ASKED);
      for (const { id } of ANALYSES) {
        const here = together.get(id) as AnalysisResult;
        expect(toldOf(here, path), id).toEqual(toldAlone(alone.get(id) as AnalysisResult));
      }
    } finally {
      own.close();
    }
  });
});

const HEAD = '# tracer: nop\n#\n';
const line = (at: number, name: string, args: string): string =>
  `            bash-77      [000] .....    10.00000${at}: ${name}: ${args}\n`;

/** People give their probes the same names again and again, and not the same arguments. */
const NAMESAKES = [
  `${HEAD}${line(1, 'mine', '(do_sys_openat2+0x0/0x90) path="/etc/passwd"')}${line(2, 'back', '(ksys_read+0x10/0x20 <- vfs_read) ret=0x5')}`,
  `${HEAD}${line(1, 'mine', '(vfs_read+0x0/0x90) count=5')}${line(2, 'back', 'state=3 mode=open')}`,
  `${HEAD}${line(1, 'mine', 'text of a marker')}${line(3, 'sched_switch', 'not as the kernel prints it')}`,
  `${HEAD}${line(1, 'mine', '(getname+0x0/0x90) name="/etc/shadow" flags=0x1')}${line(3, 'sched_switch', 'prev_comm=a prev_pid=77 prev_prio=120 prev_state=S ==> next_comm=b next_pid=78 next_prio=120')}`,
];

describe('captures whose events have the same names', () => {
  it.each(NAMESAKES.map((text, i) => [`trace-${i + 1}`, text] as const))(
    '%s is told as in a store of its own',
    async (name, text) => {
      const [all, own] = [await storeOfTexts(...NAMESAKES), await storeOfTexts(text)];
      try {
        const together = await answers(all, await analysedCaptures(all), { life: { pid: 77 } });
        const alone = await answers(own, await analysedCaptures(own), { life: { pid: 77 } });
        for (const { id } of ANALYSES) {
          expect(toldOf(together.get(id) as AnalysisResult, name), id).toEqual(
            toldAlone(alone.get(id) as AnalysisResult),
          );
        }
      } finally {
        all.close();
        own.close();
      }
    },
  );
});
