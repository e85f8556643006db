/** How long something takes: percentiles, the longest and the mean. */
import { readFileSync } from 'node:fs';
import { formatDur } from '../../base/format-time.js';
import type { Row } from '../../trace/result.js';
import type { CheckCapture } from '../capture.js';
import type { AssertionOf } from '../rules/rule-shape.js';
import type { Outcome } from '../verdict.js';
import { failed, globPattern, notApplicable, passed, plural, SHOWN } from './words.js';

type Rule = AssertionOf<'latency'>;

const MEASURES = {
  p50: 'quantile_disc(dur, 0.5)',
  p90: 'quantile_disc(dur, 0.9)',
  p95: 'quantile_disc(dur, 0.95)',
  p99: 'quantile_disc(dur, 0.99)',
  p999: 'quantile_disc(dur, 0.999)',
  max: 'max(dur)',
  mean: 'avg(dur)',
} as const;
type Measure = keyof typeof MEASURES;
const NAMES = Object.keys(MEASURES) as Measure[];

interface Source {
  readonly kind: 'syscall' | 'function' | 'signal' | 'wakeup' | 'zombie';
  readonly of: string;
  readonly text: string;
}

export function latencySource({ syscall, function: name, signal, wakeup }: Rule['latency']): Source {
  if (syscall !== undefined) return { kind: 'syscall', of: syscall, text: syscall };
  if (name !== undefined) return { kind: 'function', of: name, text: `${name}()` };
  if (signal !== undefined) return { kind: 'signal', of: signal, text: `${signal} until delivery` };
  if (wakeup !== undefined) return { kind: 'wakeup', of: '', text: 'wake-up until running' };
  return { kind: 'zombie', of: '', text: 'zombie until reaped' };
}

/** Events without which there is nothing to measure. */
export function latencyNeeds({ kind, of }: Source): readonly (readonly string[])[] {
  if (kind === 'syscall') return [[`sys_enter_${of}`, `sys_exit_${of}`]];
  if (kind === 'signal') return [['signal_generate', 'signal_deliver']];
  return kind === 'wakeup'
    ? [
        ['sched_switch', 'sched_waking'],
        ['sched_switch', 'sched_wakeup'],
      ]
    : [];
}

export async function judgeLatency(capture: CheckCapture, rule: Rule): Promise<Outcome> {
  const source = latencySource(rule.latency);
  const { comm } = rule.latency;
  const asked = NAMES.filter((name) => rule[name] !== undefined);
  const limits = asked.map((name) => `${name} at most ${formatDur(rule[name]?.value ?? 0)}`).join(', ');
  const expected = `${source.text}${comm === undefined ? '' : ` of ${comm}`}: ${limits}`;
  if (!['us', 'ns'].includes(capture.timeUnit)) {
    return notApplicable({ expected, found: 'the clock of the capture does not count seconds' });
  }
  const own = readFileSync(new URL(`./latency-${source.kind}.sql`, import.meta.url), 'utf8');
  const sql = `SELECT * FROM (${own}) WHERE $comm::VARCHAR IS NULL OR regexp_full_match(comm, $comm::VARCHAR)`;
  const parameters = { of: source.of, comm: comm === undefined ? null : `(?s)${globPattern(comm, false)}` };
  const columns = asked.map((name) => `round(${MEASURES[name]})::BIGINT AS ${name}`).join(', ');
  const [row] = await capture.rows(`SELECT count(*) AS n, ${columns} FROM (${sql})`, parameters);
  const count = Number(row?.n);
  const more = moreOf(source);
  if (count < (rule.min_count ?? 1)) {
    const found = count === 0 ? 'no value in the capture' : `only ${plural(count, 'value')}`;
    return notApplicable({ expected, found, more });
  }
  const told = asked.map((name) => `${name} ${formatDur(Number(row?.[name]))}`).join(', ');
  const found = `${told} (${plural(count, 'value')})`;
  const beyond = asked.filter((name) => Number(row?.[name]) > (rule[name]?.value ?? 0));
  if (beyond.length === 0) return passed({ expected, found, more });
  const least = Math.min(...beyond.map((name) => rule[name]?.value ?? 0));
  const worst = await capture.rows(
    `SELECT dur, line_no, comm FROM (${sql}) WHERE dur > ${Math.round(least)} ORDER BY dur DESC, line_no LIMIT ${SHOWN}`,
    parameters,
  );
  return failed({ expected, found, more, evidence: worst.map((each) => asEvidence(each, source)) });
}

const asEvidence = ({ dur, line_no, comm }: Row, { text }: Source) => ({
  line_no: Number(line_no),
  text: `${comm ?? 'a task without a name'}: ${text} ${formatDur(Number(dur))}`,
});

function moreOf({ kind, of }: Source): string[] {
  switch (kind) {
    case 'syscall':
      return ['query', 'CAPTURE', `FROM syscall WHERE name = '${of.replaceAll("'", "''")}' ORDER BY dur DESC`];
    case 'function':
      return ['call-tree', 'CAPTURE', '--function', of];
    case 'signal':
      return ['signals', 'CAPTURE'];
    case 'wakeup':
      return ['wakeup-latency', 'CAPTURE'];
    case 'zombie':
      return ['query', 'CAPTURE', 'FROM task WHERE zombie_dur IS NOT NULL ORDER BY zombie_dur DESC'];
  }
}
