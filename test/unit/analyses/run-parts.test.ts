import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ANALYSES } from '../../../src/analyses/registry.js';
import { type ReadRows, runAnalysis } from '../../../src/analyses/run.js';
import { withParts } from '../../../src/analyses/run-parts.js';
import { eventNames } from '../../../src/app/capture-info.js';
import { type Capture, openCapture } from '../../../src/app/open-capture.js';
import type { Parts } from '../../../src/trace/result.js';
import { storeOfTexts } from '../../support/store-of.js';

let capture: Capture;
beforeAll(async () => {
  capture = await openCapture('samples/life-of-a-process/trace', {});
});
afterAll(() => capture.close());

const NO_SCOPE = { pid: null, since: null, until: null };
const sum = (parts: Parts, measure: string, row: number): number =>
  parts.rows.filter((part) => part.row === row).reduce((all, part) => all + Number(part[measure]), 0);

describe('the parts of an answer', () => {
  it.each(ANALYSES.filter(({ parts }) => parts !== undefined))('$id add up to its rows', async (analysis) => {
    const { store } = capture;
    const read: ReadRows = (sql, values) => store.rows(sql, values);
    const result = await runAnalysis(read, analysis, {}, await eventNames(store));
    const { parts } = await withParts(read, analysis, result, NO_SCOPE, { origin: '0', stretch: 1 });
    if (result.status !== 'ok') return expect(parts).toBeUndefined();
    expect(parts?.joint).toBe(true);
    for (const [at, row] of result.rows.entries()) {
      for (const measure of parts!.measures)
        expect(sum(parts!, measure, at), `${measure} of row ${at}`).toBe(Number(row[measure]));
    }
  });

  it('are told apart by one thing at a time where there are too many, and still add up', async () => {
    const lines = Array.from({ length: 4400 }, (_, n) => {
      const time = `10.${String(n).padStart(6, '0')}`;
      return ` task-${100 + (n % 50)} [00${n % 4}] .... ${time}: sys_getpid()`;
    });
    const store = await storeOfTexts(`# tracer: nop\n#\n${lines.join('\n')}\n`);
    try {
      const read: ReadRows = (sql, values) => store.rows(sql, values);
      const stat = ANALYSES.find(({ id }) => id === 'stat')!;
      const result = await runAnalysis(read, stat, {}, await eventNames(store));
      const { parts } = await withParts(read, stat, result, NO_SCOPE, { origin: '0', stretch: 1 });
      expect(parts?.joint).toBe(false);
      const of = (by: string) => parts!.rows.filter((part) => part.by === by);
      expect(of('pid')).toHaveLength(50);
      expect(of('cpu').map((part) => [part.cpu, part.events])).toEqual([0, 1, 2, 3].map((cpu) => [cpu, 1100]));
      expect(of('pid').reduce((all, part) => all + Number(part.events), 0)).toBe(4400);
      expect(of('ts')).toHaveLength(4400);
    } finally {
      store.close();
    }
  });
});
