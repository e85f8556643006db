import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Work } from '../../../src/app/watch.js';
import { progressLine, progressWatch } from '../../../src/cli/progress.js';
import { memoryIo } from '../../support/program.js';

const reading = (read: number, size: number | null): Work => ({
  phase: 'read',
  name: 'trace\u001b[31m',
  progress: () => ({ read, size }),
});

describe('progress', () => {
  it('tells how far, how fast and how long still', () => {
    expect(progressLine(reading(50e6, 200e6), 2000, 200)).toBe(
      'reading trace\\e[31m  [######..................] 25 %  25 MB/s  6 s left',
    );
  });

  it('tells what it can of a pipe, and of work that cannot be measured', () => {
    expect(progressLine(reading(5e6, null), 2000, 200)).toBe('reading trace\\e[31m  5.0 MB  2.5 MB/s');
    expect(progressLine({ phase: 'derive', name: 'x' }, 2900, 200)).toBe('deriving tables x  2 s');
  });

  it('tells of work in steps which one, how many are behind, and how long it has taken', () => {
    const derive = { phase: 'derive', name: 'x', steps: () => ({ name: 'signal\u001b', done: 6, total: 24 }) } as const;
    expect(progressLine(derive, 3100, 200)).toBe(
      'deriving tables x: signal\\e  [######..................] 6 of 24 steps  3 s',
    );
  });

  it('never says more than all, and stays in the line', () => {
    expect(progressLine(reading(300, 200), 1000, 200)).toContain('] 100 %');
    expect(progressLine(reading(300, 200), 1000, 10)).toHaveLength(10);
  });
});

describe('the progress line on stderr', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('appears after a second and is wiped in the end', () => {
    const io = memoryIo({ terminal: 100 });
    const done = progressWatch(io, false)?.(reading(1e6, 2e6));
    vi.advanceTimersByTime(900);
    expect(io.stderr.text).toBe('');
    vi.advanceTimersByTime(400);
    expect(io.stderr.text).toContain('50 %');
    done?.();
    expect(io.stderr.text.endsWith('\r\u001b[K')).toBe(true);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('is for terminals that want it', () => {
    expect(progressWatch(memoryIo(), false)).toBeUndefined();
    expect(progressWatch(memoryIo({ terminal: 80 }), true)).toBeUndefined();
  });
});
