/** Events in an order: always after the first of them, at least once, or never. */
import { formatDur } from '../../base/format-time.js';
import type { CheckCapture } from '../capture.js';
import type { AssertionOf } from '../rules/rule-shape.js';
import type { Outcome } from '../verdict.js';
import { eventEvidence, termText } from './events.js';
import type { Events } from './needs.js';
import { chainSql, resolveSteps } from './steps.js';
import { failed, notApplicable, passed, plural, SHOWN } from './words.js';

interface Counted {
  readonly total: number;
  readonly complete: number;
  /** The capture ended before the time was over. */
  readonly open: number;
  readonly broken: readonly Broken[];
  readonly whole: readonly string[][];
}

interface Broken {
  /** Events of the steps that there were. */
  readonly ids: readonly string[];
  /** Time from first to last where all were there, but too late. */
  readonly dur: number | null;
}

export async function judgeSequence(
  capture: CheckCapture,
  rule: AssertionOf<'sequence'>,
  events: Events,
): Promise<Outcome> {
  const happens = rule.happens ?? 'always';
  const terms = rule.sequence.map(termText);
  const within = rule.within === undefined ? '' : ` within ${formatDur(rule.within.value)}`;
  const [first = '', ...then] = terms;
  const expected =
    happens === 'always'
      ? `every ${first}, then ${then.join(', then ')}${within}`
      : `${happens} ${terms.join(', then ')}${within}`;
  if (rule.within !== undefined && !['us', 'ns'].includes(capture.timeUnit)) {
    return notApplicable({ expected, found: 'the clock of the capture does not count seconds' });
  }
  const found = await count(capture, rule, events);
  const { total, complete, open, broken, whole } = found;
  const bad = total - complete - open;
  const times = plural(complete, 'time');
  if (happens === 'never') {
    if (complete === 0) return passed({ expected, found: 'not once', absence: true });
    return failed({ expected, found: times, absence: true, ...(await shown(capture, whole)) });
  }
  if (happens === 'eventually' && complete > 0) return passed({ expected, found: times });
  if (total === 0) {
    const none = `${first} did not happen`;
    return happens === 'always' ? notApplicable({ expected, found: none }) : failed({ expected, found: none });
  }
  const undecided = open === 0 ? '' : `, ${open} cut off by the end of the capture`;
  if (bad > 0) {
    return failed({
      expected,
      found: `${howBroken(terms, broken)} (${bad} of ${total}${undecided})`,
      ...(await shown(
        capture,
        broken.map(({ ids }) => ids),
      )),
    });
  }
  if (complete === 0) return notApplicable({ expected, found: `all ${total} are cut off by the end of the capture` });
  return passed({ expected, found: `${times}${undecided}`, absence: true });
}

async function count(capture: CheckCapture, rule: AssertionOf<'sequence'>, events: Events): Promise<Counted> {
  const last = rule.sequence.length - 1;
  const within = rule.within === undefined ? 'true' : `t_${last} - t_0 <= ${Math.round(rule.within.value)}`;
  const open =
    rule.within === undefined || capture.lastTs === null
      ? 'false'
      : `t_0 + ${Math.round(rule.within.value)} > ${BigInt(capture.lastTs as number)}`;
  const ids = `concat_ws(',', ${rule.sequence.map((_, i) => `e_${i}`).join(', ')})`;
  const { rows } = await capture.query(
    `WITH judged AS (
       SELECT e_0, ${ids} AS ids, t_${last} - t_0 AS dur,
         CASE WHEN e_${last} IS NOT NULL AND ${within} THEN 'complete' WHEN e_${last} IS NULL AND ${open} THEN 'open' ELSE 'broken' END AS state
       FROM (${chainSql(resolveSteps(rule.sequence), rule.per, events)})
     )
     SELECT state, count(*) AS n,
       array_to_string(list(ids || ':' || coalesce(dur::VARCHAR, '') ORDER BY e_0)[1:${SHOWN}], ';') AS shown
     FROM judged GROUP BY state`,
  );
  const of = (state: string): { n: number; shown: { ids: string[]; dur: number | null }[] } => {
    const row = rows.find((each) => each.state === state);
    const shown = row === undefined ? [] : String(row.shown).split(';').map(parseShown);
    return { n: Number(row?.n ?? 0), shown };
  };
  const [complete, opened, broken] = [of('complete'), of('open'), of('broken')];
  return {
    total: complete.n + opened.n + broken.n,
    complete: complete.n,
    open: opened.n,
    broken: broken.shown,
    whole: complete.shown.map((each) => each.ids),
  };
}

function parseShown(text: string): { ids: string[]; dur: number | null } {
  const [ids = '', dur = ''] = text.split(':');
  return { ids: ids.split(','), dur: dur === '' ? null : Number(dur) };
}

/** What was missing in the first that broke. */
function howBroken(terms: readonly string[], [first]: readonly Broken[]): string {
  if (first === undefined) return '';
  const missing = terms[first.ids.length];
  if (missing === undefined) return `it took ${formatDur(first.dur ?? 0)}`;
  return `no ${missing} follows`;
}

async function shown(
  capture: CheckCapture,
  chains: readonly (readonly string[])[],
): Promise<Pick<Outcome, 'evidence' | 'more'>> {
  const evidence = await eventEvidence(capture, [...new Set(chains.flat())].slice(0, SHOWN));
  const line = evidence[0]?.line_no ?? null;
  return { evidence, more: line === null ? [] : ['why', 'CAPTURE', '--line', String(line)] };
}
