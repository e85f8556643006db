import { expect, it } from 'vitest';
import { nearest } from '../../../src/base/nearest.js';

const WORDS = ['SIGTRAP', 'SIGTERM', 'SIGKILL', 'cgroup_kill'];

it.each([
  ['SIGTREM', 'SIGTERM'],
  ['sigkil', 'SIGKILL'],
  ['cgroup', 'cgroup_kill'],
  ['noon', undefined],
  ['', undefined],
])('%j means %j', (word, meant) => {
  expect(nearest(word, WORDS)).toBe(meant);
});
