/**
 * A line on stderr while work takes longer than a second: how far, how fast, how long still. Of work in
 * steps: which one, how many are behind, and the time that it has taken. Terminals only.
 */
import type { Watch, Work } from '../app/watch.js';
import { visible } from '../base/visible.js';
import { cutTo } from './format/width.js';
import type { Io } from './io.js';

const FIRST_MS = 1000;
const EVERY_MS = 200;
const BAR = 24;

const WORDS: Readonly<Record<Work['phase'], string>> = {
  read: 'reading',
  derive: 'deriving tables',
  analyse: 'analysing',
  write: 'writing',
};

export function progressWatch(io: Io, quiet: boolean): Watch | undefined {
  if (quiet || io.stderr.isTTY !== true) return undefined;
  return (work) => {
    const start = Date.now();
    let shown = false;
    const timer = setInterval(() => {
      const elapsed = Date.now() - start;
      if (elapsed < FIRST_MS) return;
      shown = true;
      io.stderr.write(`\r\u001b[K${progressLine(work, elapsed, (io.stderr.columns ?? 80) - 1)}`);
    }, EVERY_MS);
    timer.unref();
    return () => {
      clearInterval(timer);
      if (shown) io.stderr.write('\r\u001b[K');
    };
  };
}

/** For tests: what is shown after `elapsed` ms. */
export function progressLine(work: Work, elapsed: number, width: number): string {
  const seconds = elapsed / 1000;
  const state = work.progress?.();
  const steps = work.steps?.();
  const parts = [`${WORDS[work.phase]} ${visible(work.name)}${steps === undefined ? '' : `: ${visible(steps.name)}`}`];
  if (state === undefined) {
    if (steps !== undefined) parts.push(`${bar(steps.done / steps.total)} ${steps.done} of ${steps.total} steps`);
    parts.push(`${Math.floor(seconds)} s`);
  } else {
    const rate = state.read / seconds;
    if (state.size !== null) {
      const share = Math.min(1, state.read / state.size);
      parts.push(`${bar(share)} ${Math.floor(share * 100)} %`);
    } else {
      parts.push(`${megabytes(state.read)} MB`);
    }
    parts.push(`${megabytes(rate)} MB/s`);
    if (state.size !== null && rate > 0) parts.push(`${Math.ceil(Math.max(0, state.size - state.read) / rate)} s left`);
  }
  return cutTo(parts.join('  '), width);
}

function bar(share: number): string {
  const full = Math.round(share * BAR);
  return `[${'#'.repeat(full)}${'.'.repeat(BAR - full)}]`;
}

const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(bytes < 1e7 ? 1 : 0);
