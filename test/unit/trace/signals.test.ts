import { expect, it } from 'vitest';
import { readSignal } from '../../../src/trace/signals.js';

it.each([
  ['9', 'SIGKILL'],
  ['SIGTERM', 'SIGTERM'],
  ['term', 'SIGTERM'],
  ['SigRtMin+1', 'SIGRTMIN+1'],
  ['rtmax-1', 'SIGRTMIN+29'],
  ['RTMAX', 'SIGRTMAX'],
  ['34', 'SIGRTMIN'],
  ['iot', 'SIGABRT'],
  ['rtmin+31', undefined],
  ['rtmax-31', undefined],
  ['0', undefined],
  ['65', undefined],
  ['kil', undefined],
])('%j is %j', (text, name) => {
  expect(readSignal(text)).toBe(name);
});
