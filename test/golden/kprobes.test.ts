/** Opens seen by probes, on a real capture: each name with its exact bytes, beside what the program says that it opened. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { decodeLossless } from '../../src/base/utf8.js';
import type { Store } from '../../src/store/store.js';
import type { Row } from '../../src/trace/result.js';
import { answerOf } from '../support/answer-of.js';
import { storeOfFile } from '../support/store-of.js';

const TOLD = /^mono=\S+ pid=148 tid=148 open name\(octal-escaped\)=\[(.*)\] len=\d+ = (-?\d+) errno=(\d+)/;
const ERRNO: Readonly<Record<string, string>> = { 2: 'ENOENT', 13: 'EACCES', 14: 'EFAULT', 21: 'EISDIR' };
/** The empty name lay where the probe could not read it: the trace says (fault). */
const FAULT = null;
const OWN_LOG = '/out/kprobes/ground_truth.txt';

const unescaped = (text: string): string =>
  decodeLossless(
    Buffer.from(
      text.replace(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8))),
      'latin1',
    ),
  );

let store: Store;
let rows: readonly Row[];
beforeAll(async () => {
  store = await storeOfFile('test/fixtures/kprobes/whole.trace');
  rows = (await answerOf(store, 'files')).rows.filter(
    ({ pid, path, source }) => pid === 148 && path !== OWN_LOG && String(source).startsWith('ustr'),
  );
});
afterAll(() => store.close());

it('shows every name byte by byte, with the descriptor or the error', () => {
  const told = readFileSync('test/fixtures/kprobes/ground-truth.txt', 'utf8')
    .split('\n')
    .flatMap((line) => {
      const [, name, fd, errno] = TOLD.exec(line) ?? [];
      return name === undefined
        ? []
        : [[name === '' ? FAULT : unescaped(name), fd === '-1' ? null : Number(fd), ERRNO[errno as string] ?? null]];
    });
  expect(told.length).toBe(24);
  expect(rows.slice(0, told.length).map(({ path, fd, errno }) => [path, fd, errno])).toEqual(told);
});

it('tells a name that a probe could not read as a fault, not as a path', () => {
  const faults = rows.slice(24).filter(({ path }) => path === null);
  expect(faults.map(({ errno }) => errno)).toEqual(['ENOENT', 'EFAULT', 'EFAULT', 'EFAULT']);
  for (const { source } of faults) expect(source).toBe('ustr: (fault) in do_sys_openat2');
});
