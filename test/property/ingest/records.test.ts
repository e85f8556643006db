import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeLossless } from '../../../src/base/utf8.js';
import { KERNEL_6, type Printed, printHeader, printRecord, type Style } from '../../support/kernel-printer.js';
import { classified, type ReadEvent, readTrace } from '../../support/read-trace.js';

/** Any bytes but NUL; a line break too. */
const comm = fc
  .oneof(
    fc.uint8Array({ min: 1, maxLength: 15 }),
    fc
      .constantFrom(...['<idle>', '<...>', 'x-1 [000]', '-12 [001] d.', 'a\nb', '\n', '#', 'kworker/u8:1-ev', ''])
      .map((text) => Buffer.from(text)),
  )
  .map((bytes) => Buffer.from(bytes));
const word = fc.stringMatching(/^[a-z][a-z0-9_]{0,12}$/);
/** Bodies of one line that are no syscall, no stack and no marker. */
const body = fc
  .tuple(word, fc.string({ unit: 'binary-ascii', maxLength: 40 }))
  .map(([name, args]) => ({ name: `ev_${name}`, args: args.replace(/[\n\r\0]/g, '.') }));
const flags = fc.stringMatching(/^[dDbX.][nNpBLbl.][hHszZ.][0-9a-f.]{1,5}$/);

const step = fc.record({
  comm,
  pid: fc.nat(0x7fffffff),
  tgid: fc.option(fc.nat(0x7fffffff)),
  cpu: fc.nat(999),
  flags,
  after: fc.nat(100_000_000),
  body,
});
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

const style = fc.record({
  layout: fc.constantFrom('default' as const),
  pidWidth: fc.constantFrom(5 as const, 7 as const),
  tgid: fc.constantFrom('none' as const, 'before' as const, 'after' as const),
  irqInfo: fc.boolean(),
  clock: fc.constantFrom('us' as const, 'ns' as const, 'tick' as const),
});

function print(steps: readonly Step[], how: Style): { text: Buffer; stamps: bigint[] } {
  let ts = 1_000_000n;
  const stamps: bigint[] = [];
  const lines = steps.map(({ after, body: { name, args }, ...columns }) => {
    ts += BigInt(after);
    stamps.push(ts);
    const record: Printed = { ...columns, ts, body: Buffer.from(`${name}: ${args}`, 'latin1') };
    return Buffer.concat([printRecord(record, how), Buffer.from('\n')]);
  });
  return { text: Buffer.concat([Buffer.from(printHeader(how, steps.length)), ...lines]), stamps };
}

/** What the style's columns tell of a record. */
function shown(
  { comm: bytes, pid, tgid, cpu, flags: said, body: { name, args } }: Step,
  ts: bigint,
  how: Style,
): Partial<ReadEvent> {
  const width = how.layout === 'latency' ? 8 : 15;
  const text = decodeLossless(bytes.subarray(0, width)).replace(/^ +/, '');
  const nanos = how.clock === 'us' ? ts * 1000n : ts;
  const numbers = how.layout === 'raw' || how.layout === 'hex';
  return {
    name,
    args: decodeLossless(Buffer.from(args, 'latin1')),
    pid,
    cpu,
    ts: numbers ? ts : nanos,
    comm: numbers ? null : text,
    ...(how.layout === 'default' ? { tgid: how.tgid === 'none' ? null : tgid, flags: how.irqInfo ? said : '' } : {}),
    ...(how.layout === 'latency' ? { flags: said } : {}),
  };
}

function roundTrip(steps: readonly Step[], how: Style): void {
  const { text, stamps } = print(steps, how);
  const { events, account } = readTrace(text);
  expect(events).toMatchObject(steps.map((each, i) => shown(each, stamps[i] as bigint, how)));
  expect(events.length).toBe(steps.length);
  expect(account.lines.unknown).toBe(0);
  expect(account.lines.record).toBe(steps.length);
  expect(classified(account)).toBe(account.lines.lines);
}

const several = fc.array(step, { minLength: 1, maxLength: 12 });

describe('records as the kernel prints them are read as they were', () => {
  it('in the default layout, whatever the comm', () => {
    fc.assert(
      fc.property(several, style, (steps, how) => roundTrip(steps, how)),
      { numRuns: 400 },
    );
  });

  it.each(['latency', 'verbose', 'raw', 'hex'] as const)('in the %s layout', (layout) => {
    const clock = layout === 'raw' || layout === 'hex' ? (['tick'] as const) : (['us', 'tick'] as const);
    fc.assert(
      fc.property(several, fc.constantFrom(...clock), (steps, unit) => {
        roundTrip(steps, { ...KERNEL_6, layout, clock: unit });
      }),
      { numRuns: 200 },
    );
  });

  it('with every syscall argument and result', () => {
    const number = fc.bigInt({ min: 0n, max: (1n << 64n) - 1n });
    const call = fc.record({
      name: word,
      args: fc.uniqueArray(fc.tuple(word, number), { maxLength: 6, selector: ([key]) => key }),
      result: number,
    });
    fc.assert(
      fc.property(fc.array(call, { minLength: 1, maxLength: 10 }), (calls) => {
        const columns = { comm: Buffer.from('bash'), pid: 7, tgid: null, cpu: 0, flags: '.....' };
        const byName = new Map(calls.map((each) => [each.name, each]));
        const bodies = [...byName.values()].flatMap(({ name, args, result }) => [
          `sys_${name}(${args.map(([key, value]) => `${key}: ${value.toString(16)}`).join(', ')})`,
          `sys_${name} -> 0x${result.toString(16)}`,
        ]);
        const lines = bodies.map((text, i) =>
          printRecord({ ...columns, ts: BigInt(i), body: Buffer.from(text) }, KERNEL_6).toString('latin1'),
        );
        const { events } = readTrace(`${printHeader(KERNEL_6, bodies.length)}${lines.join('\n')}\n`);
        expect(events.map(({ name, values }) => [name, values])).toEqual(
          [...byName.values()].flatMap(({ name, args, result }) => [
            [`sys_enter_${name}`, args.map(([, value]) => value)],
            [`sys_exit_${name}`, [result]],
          ]),
        );
      }),
    );
  });
});
