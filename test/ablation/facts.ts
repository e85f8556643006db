/** Facts that the workload of a capture wrote down: questions in SQL and the rows to expect (facts.json beside the capture). */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Store } from '../../src/store/store.js';
import type { Wrong } from './compare.js';

export interface Fact {
  readonly kind: string;
  readonly sql: string;
  readonly expect: readonly (readonly unknown[])[];
}

/** A question without its pid is none; a count of rows is no statement about the world when lines are missing. */
const asks = (fact: Fact): boolean =>
  !/\bundefined\b/.test(fact.sql) && (!/count\(/.test(fact.sql) || fact.expect[0]?.[0] === 0);

export function readFacts(trace: string): Fact[] {
  const path = join(dirname(trace), 'facts.json');
  if (!trace.endsWith('/trace') || !existsSync(path)) return [];
  return (JSON.parse(readFileSync(path, 'utf8')) as { facts: Fact[] }).facts.filter(asks);
}

const silent = (value: unknown): boolean => value === null || value === 'unknown';

/** Rows that say something else than every expected row; fewer rows and empty fields say nothing. */
export async function wrongFacts(store: Store, facts: readonly Fact[]): Promise<Wrong[]> {
  const wrong: Wrong[] = [];
  for (const { kind, sql, expect } of facts) {
    for (const row of await store.rows(sql)) {
      const values = Object.values(row);
      const fits = expect.some((truth) => values.every((value, i) => silent(value) || value === truth[i]));
      if (!fits)
        wrong.push({
          what: 'fact',
          field: kind,
          of: 0,
          said: `${sql} -> ${JSON.stringify(values)}`,
          truth: JSON.stringify(expect),
          exact: true,
        });
    }
  }
  return wrong;
}
