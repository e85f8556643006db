/** What a rule that compares sees in one capture: a number per key. */
import { identifier } from '../../base/sql-text.js';
import type { CheckCapture } from '../capture.js';
import { answerOfAnalysis, answerOfSql } from '../evaluate/answer.js';
import { inPlace } from '../evaluate/judge.js';
import { type Events, missingOf, missingOfSql } from '../evaluate/needs.js';
import type { Rule } from '../rules/load-rules.js';
import type { Compare } from '../rules/rule-shape.js';

export type Unit = 'ns' | 'bytes' | null;

export interface Collected {
  /** Key -> value; 1 where the rule names no metric. */
  readonly values: ReadonlyMap<string, number>;
  readonly unit: Unit;
  /** Events without which there is nothing to compare. */
  readonly missing: readonly string[];
}

export const keysOf = ({ key }: Compare): readonly string[] => (typeof key === 'string' ? [key] : key);

export async function collect(capture: CheckCapture, rule: Rule, enabled: readonly string[]): Promise<Collected> {
  const { compare } = rule;
  if (compare === undefined) throw new Error(`${rule.name}: does not compare`);
  const events: Events = { names: capture.eventNames, enabled };
  return await inPlace(rule, async () => {
    const missing = await missingOfCompare(capture, rule, compare, events);
    if (missing.length > 0) return { values: new Map(), unit: null, missing };
    const { analysis, sql, metric } = compare;
    const answer =
      analysis === undefined
        ? await answerOfSql(capture, sql ?? '')
        : answerOfAnalysis(capture, { analysis, params: compare.params, where: compare.where });
    const key = keysOf(compare)
      .map((name) => `coalesce(${identifier(name)}::VARCHAR, '-')`)
      .join(` || ' ' || `);
    // Of several rows of one key the greatest value stands for it.
    const value = metric === undefined ? '1' : `max(${identifier(metric)}::DOUBLE)`;
    const { rows } = await capture.query(
      `SELECT ${key} AS key, ${value} AS value FROM (${answer.sql}\n) AS answer GROUP BY ALL ORDER BY key`,
    );
    const values = new Map<string, number>();
    for (const row of rows) if (row.value !== null) values.set(String(row.key), Number(row.value));
    return { values, unit: unitOf(metric, answer.columns), missing };
  });
}

function unitOf(
  metric: string | undefined,
  columns: readonly { readonly name: string; readonly unit?: string }[] | null,
): Unit {
  const unit = columns?.find(({ name }) => name === metric)?.unit;
  if (unit === 'ns' || unit === 'bytes') return unit;
  return columns === null && metric !== undefined && /(^|_)dur$|latency$/.test(metric) ? 'ns' : null;
}

async function missingOfCompare(
  capture: CheckCapture,
  rule: Rule,
  { analysis, params, sql }: Compare,
  events: Events,
): Promise<readonly string[]> {
  const own = missingOf([rule.needs ?? []], events);
  if (own.length > 0) return own;
  if (analysis !== undefined) return missingOf(capture.analysis(analysis, params ?? new Map()).needs, events);
  return await missingOfSql(sql ?? '', capture, events);
}
