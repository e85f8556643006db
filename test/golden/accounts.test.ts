import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { classified, readTrace } from '../support/read-trace.js';

const FOLDER = 'test/fixtures/accounts';
const CAPTURES = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.trace'))
  .map((name) => name.replace(/\.trace$/, ''));

it('there is an account of each capture, and no other', () => {
  expect(CAPTURES.length).toBeGreaterThan(40);
  expect(readdirSync('test/golden/__golden__/accounts').sort()).toEqual(CAPTURES.map((name) => `${name}.txt`).sort());
});

/** What the import makes of each layout, dialect and oddity: a change of any shows here. */
it.each(CAPTURES)('account of %s', async (name) => {
  const bytes = readFileSync(`${FOLDER}/${name}.trace`);
  const { account, events } = readTrace(bytes);
  expect(classified(account)).toBe(account.lines.lines);
  const { header, lines } = account;
  const counts = new Map<string, number>();
  for (const event of events) counts.set(event.name, (counts.get(event.name) ?? 0) + 1);
  const text = [
    `dialect ${account.dialect}`,
    `tracer ${header.tracer}, ${header.entriesInBuffer} of ${header.entriesWritten} entries, ${header.cpus} CPUs`,
    `legend ${header.legend.join(' | ')}`,
    `clock ${account.timeUnit}, ${account.firstTs} to ${account.lastTs}`,
    `lines ${lines.lines}: ${Object.entries(lines)
      .filter(([kind, count]) => kind !== 'lines' && count > 0)
      .map(([kind, count]) => `${count} ${kind}`)
      .join(', ')}`,
    `records ${account.events} events, ${account.stacks} stacks, ${events.filter(({ stack }) => stack !== null).length} attached`,
    ...(account.refusal === null ? [] : [`refused: ${account.refusal.reason}`]),
    ...account.issues.map(({ code, count, lineNo, text: said }) => `issue ${code} ${count}, line ${lineNo}: ${said}`),
    ...account.losses.map(
      ({ kind, cpu, lineNo, fromTs, toTs, events: lost }) =>
        `loss ${kind}, cpu ${cpu}, line ${lineNo}, ${fromTs} to ${toTs}, events ${lost}`,
    ),
    ...[...counts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([event, count]) => `event ${event} ${count}`),
    '',
    ...events.map((event) =>
      JSON.stringify(
        [
          event.lineNo,
          event.comm,
          event.pid,
          event.tgid,
          event.cpu,
          event.flags,
          event.ts,
          event.name,
          event.args,
          event.values,
          event.stack?.length,
        ],
        (_, value: unknown) => (typeof value === 'bigint' ? `${value}` : value),
      ),
    ),
  ].join('\n');
  await expect(`${text}\n`).toMatchFileSnapshot(`__golden__/accounts/${name}.txt`);
});
