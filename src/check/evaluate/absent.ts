/** Something does not happen between one event and another, or for a time, or to the end of the capture. */
import { formatDur } from '../../base/format-time.js';
import type { CheckCapture } from '../capture.js';
import type { AssertionOf } from '../rules/rule-shape.js';
import type { Outcome } from '../verdict.js';
import { eventEvidence, termOf, termText } from './events.js';
import type { Events } from './needs.js';
import { resolveSteps, type Step, stepSql } from './steps.js';
import { failed, notApplicable, passed, plural, SHOWN } from './words.js';

export async function judgeAbsent(
  capture: CheckCapture,
  rule: AssertionOf<'absent'>,
  events: Events,
): Promise<Outcome> {
  const [after, absent] = resolveSteps([rule.after, termOf(rule.absent)]) as [Step, Step];
  const per = rule.per ?? 'task';
  const until = rule.until === undefined ? undefined : termOf(rule.until);
  const window = [
    until === undefined ? undefined : `until ${termText(until)}`,
    rule.within === undefined ? undefined : `within ${formatDur(rule.within.value)}`,
  ].filter((part) => part !== undefined);
  const where = window.length === 0 ? 'to the end of the capture' : window.join(' or ');
  const expected = `no ${termText(termOf(rule.absent))} after ${termText(rule.after)} ${where}`;
  if (rule.within !== undefined && !['us', 'ns'].includes(capture.timeUnit)) {
    return notApplicable({ expected, found: 'the clock of the capture does not count seconds' });
  }
  const end = until === undefined ? undefined : resolveSteps([until])[0];
  const inTime = rule.within === undefined ? 'true' : `x.ts - a.ts <= ${Math.round(rule.within.value)}`;
  const inWindow = end === undefined ? 'true' : '(u.event_id IS NULL OR x.event_id < u.event_id)';
  const { rows } = await capture.query(
    `WITH a AS (${stepSql(after, per, events)}), x AS (${stepSql(absent, per, events)})
     ${end === undefined ? '' : `, u AS (${stepSql(end, per, events)})`},
     seen AS (
       SELECT a.event_id AS after_id, CASE WHEN ${inTime} AND ${inWindow} THEN x.event_id END AS absent_id
       FROM a ASOF LEFT JOIN x ON x.key = a.key AND a.event_id < x.event_id
       ${end === undefined ? '' : 'ASOF LEFT JOIN u ON u.key = a.key AND a.event_id < u.event_id'}
     )
     SELECT count(*) AS n, count(absent_id) AS bad,
       array_to_string(list(after_id || ',' || absent_id ORDER BY after_id) FILTER (absent_id IS NOT NULL)[1:${SHOWN}], ',') AS shown
     FROM seen`,
  );
  const [total, bad] = [Number(rows[0]?.n), Number(rows[0]?.bad)];
  if (total === 0) return notApplicable({ expected, found: `no ${termText(rule.after)}` });
  if (bad === 0) return passed({ expected, found: `not after any of ${plural(total, 'time')}`, absence: true });
  const ids = String(rows[0]?.shown ?? '').split(',');
  const evidence = await eventEvidence(capture, [...new Set(ids)].slice(0, 2 * SHOWN));
  const line = evidence[1]?.line_no ?? evidence[0]?.line_no;
  const more = line === null || line === undefined ? [] : ['why', 'CAPTURE', '--line', String(line)];
  return failed({ expected, found: `${bad} of ${plural(total, 'time')}`, evidence, more, absence: true });
}
