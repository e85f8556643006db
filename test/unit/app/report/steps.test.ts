import { expect, it } from 'vitest';
import { openCapture } from '../../../../src/app/open-capture.js';
import { buildReport } from '../../../../src/app/report/build-report.js';
import type { Steps, Watch } from '../../../../src/app/watch.js';
import { renderReport } from '../../../../src/report/render-report.js';

it('deriving, analysing and drawing tell their steps as they go, in order and of one total', async () => {
  const seen = new Map<string, Steps[]>();
  const watch: Watch = (work) => {
    const steps: Steps[] = [];
    seen.set(work.phase, steps);
    const look = (): void => {
      const step = work.steps?.();
      if (step !== undefined && steps.at(-1) !== step) steps.push(step);
    };
    // As the line on a terminal does: it can look only when the work lets it.
    const timer = setInterval(look, 1);
    return () => {
      look();
      clearInterval(timer);
    };
  };
  const capture = await openCapture('samples/life-of-a-process/trace', { watch });
  try {
    const input = await buildReport(capture.store, { watch });
    const drawn: Steps[] = [];
    await renderReport(input, { onStep: (step) => void drawn.push(step) });
    seen.set('write', drawn);
    for (const phase of ['derive', 'analyse', 'write']) {
      const steps = seen.get(phase)!;
      expect(steps.length, phase).toBeGreaterThan(5);
      expect(new Set(steps.map(({ total }) => total)).size, phase).toBe(1);
      for (const [at, { done }] of steps.entries()) expect(done).toBeGreaterThan(steps[at - 1]?.done ?? -1);
      expect(steps.at(-1)!.done, phase).toBe(steps.at(-1)!.total - 1);
    }
  } finally {
    capture.close();
  }
});
