import { describe, expect, it } from 'vitest';
import {
  type Facets,
  type Filter,
  hasWord,
  isIdle,
  matches,
  splitWords,
} from '../../../../src/report/client/filter-match.js';

const NO_FILTER: Filter = { words: [], pid: '', signal: '', cpu: '', from: null, to: null };
const row: Facets = {
  text: 'bash-4994 [005] 9978.187414 sigkill to a.out 5441',
  pids: ['4994', '5441'],
  signals: ['SIGKILL'],
  cpus: ['5'],
  times: [9978.187414],
};

describe('a row with columns', () => {
  it.each<[Partial<Filter>, boolean]>([
    [{}, true],
    [{ words: ['sigkill', 'bash'] }, true],
    [{ words: ['sigkill', 'zsh'] }, false],
    [{ pid: '5441' }, true],
    [{ pid: '544' }, false],
    [{ signal: 'SIGKILL' }, true],
    [{ signal: 'SIGCHLD' }, false],
    [{ cpu: '5' }, true],
    [{ cpu: '0' }, false],
    [{ from: 9978, to: 9979 }, true],
    [{ from: 9979 }, false],
    [{ to: 9978 }, false],
  ])('%j: %s', (filter, shown) => {
    expect(matches(row, { ...NO_FILTER, ...filter })).toBe(shown);
  });
});

it('a sentence without columns is searched by whole words, and kept where it has no time', () => {
  const sentence: Facets = {
    text: 'a.out 5441 was killed by sigkill',
    pids: null,
    signals: null,
    cpus: null,
    times: null,
  };
  expect(matches(sentence, { ...NO_FILTER, pid: '5441' })).toBe(true);
  expect(matches(sentence, { ...NO_FILTER, pid: '441' })).toBe(false);
  expect(matches(sentence, { ...NO_FILTER, signal: 'SIGKILL' })).toBe(true);
  expect(matches(sentence, { ...NO_FILTER, from: 1, cpu: '3' })).toBe(true);
});

it('knows words, idleness and queries', () => {
  expect(hasWord('15441 and 5441', '5441')).toBe(true);
  expect(hasWord('15441 54412', '5441')).toBe(false);
  expect(isIdle(NO_FILTER)).toBe(true);
  expect(isIdle({ ...NO_FILTER, to: 0 })).toBe(false);
  expect(splitWords('  SIGKILL  a.out ')).toEqual(['sigkill', 'a.out']);
});
