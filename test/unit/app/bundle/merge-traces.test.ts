import { describe, expect, it } from 'vitest';
import { mergeTraces } from '../../../../src/app/bundle/merge-traces.js';
import { asyncOf, gather } from '../../../support/program.js';

const header = (entries: string): string =>
  `# tracer: nop\n#\n# entries-in-buffer/entries-written: ${entries}   #P:2\n#\n#           TASK-PID     CPU#  |||||  TIMESTAMP  FUNCTION\n`;
const record = (pid: number, ts: string, text: string): string =>
  `            bash-${pid}     [000] .....  ${ts}: ${text}\n`;

async function merged(main: string, others: string, step = 1 << 20): Promise<string> {
  const bytes = Buffer.from(main);
  const chunks: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; at += step) chunks.push(bytes.subarray(at, at + step));
  return Buffer.concat(await gather(mergeTraces(asyncOf(chunks), Buffer.from(others)))).toString();
}

const A1 = record(1, '10.000001', 'one');
const A2 = `${record(1, '10.000005', 'signal_generate: sig=9')}${record(1, '10.000006', '<stack trace>')} => a\n => b\n`;
const B1 = `${record(2, '10.000003', 'kill')}${record(2, '10.000004', '<stack trace>')} => c\n`;
const B2 = record(2, '10.000009', 'last');

describe.each([1, 3, 64, 1 << 20])('in chunks of %i bytes', (step) => {
  it('puts every record with its stack where its time is, and adds up the counts', async () => {
    expect(await merged(`${header('3/5')}${A1}${A2}`, `${header('3/4')}${B1}${B2}`, step)).toBe(
      `${header('6/9')}${A1}${B1}${A2}${B2}`,
    );
  });
});

it('leaves the trace as it is when others did nothing', async () => {
  const main = `${header('3/5')}${A1}${A2}`;
  expect(await merged(main, header('0/0'))).toBe(main);
});

it('gives what others did when the chosen tasks did nothing', async () => {
  expect(await merged(header('0/0'), `${header('2/2')}${B1}`)).toBe(`${header('2/2')}${B1}`);
});

it('ends a record that was cut off before what comes behind it', async () => {
  expect(await merged(`${header('1/1')}${A1.slice(0, -1)}`, `${header('1/1')}${B2.slice(0, -1)}`)).toBe(
    `${header('2/2')}${A1}${B2}`,
  );
});

it('reads times of records with a TGID and of a clock in nanoseconds', async () => {
  const tgid = (ts: string): string => `           a b c-7       (      7) [001] d..2.    ${ts}: x\n`;
  const bare = (ts: string): string => `           <...>-8       (-------) [001] d..2.    ${ts}: y\n`;
  expect(await merged(`${tgid('1.000000001')}${tgid('1.000000009')}`, bare('1.000000005'))).toBe(
    `${tgid('1.000000001')}${bare('1.000000005')}${tgid('1.000000009')}`,
  );
});
