/**
 * First rules from what a good capture shows: each as the YAML of one item under `rules`. They are proposals; the caller keeps
 * those that pass on the capture.
 */
import { readFileSync } from 'node:fs';
import { safeJson } from '../../base/safe-json.js';
import type { Row } from '../../trace/result.js';
import type { CheckCapture } from '../capture.js';
import { formatQuantity } from '../rules/quantity.js';

const read = (file: string): string => readFileSync(new URL(file, import.meta.url), 'utf8');
const PROCESS = read('../evaluate/process.sql');
const FACTS = read('../evaluate/process-facts.sql');
const SYSCALL = read('../evaluate/latency-syscall.sql');
const ANY = '(?s).*';

const MAX_PROCESSES = 20;
const MAX_WORDS = 12;
const MAX_SYSCALLS = 5;
/** A percentile of fewer calls says little. */
const MIN_CALLS = 20;
/** A limit leaves room: a run on a busy machine is no regression. */
const ROOM = 4;

export async function firstRules(capture: CheckCapture): Promise<string[]> {
  return [...healthRules(capture), ...(await processRules(capture)), ...(await latencyRules(capture))];
}

/** One rule; values are JSON, which is YAML. */
function rule(
  name: string,
  assert: Readonly<Record<string, unknown>>,
  more: Readonly<Record<string, unknown>> = {},
): string {
  const lines = [`  - name: ${safeJson(name)}`];
  for (const [key, value] of Object.entries(more)) lines.push(`    ${key}: ${safeJson(value)}`);
  lines.push('    assert:');
  for (const [key, value] of Object.entries(assert)) lines.push(`      ${key}: ${safeJson(value)}`);
  return `${lines.join('\n')}\n`;
}

function healthRules(capture: CheckCapture): string[] {
  return [
    rule('the capture lost no events', { lost_events: 0 }, { tags: ['health'] }),
    rule('the capture is understood', { issues: capture.issues }, { tags: ['health'], severity: 'warn' }),
    rule('no process is left a zombie', { analysis: 'zombies', rows: 0 }, { tags: ['process'] }),
  ];
}

async function processRules(capture: CheckCapture): Promise<string[]> {
  // What does not end in the capture has no end to expect.
  const rows = await capture.rows(
    `SELECT comm, count(*) AS n, to_json(list(DISTINCT death ORDER BY death)) AS deaths,
       to_json(list(DISTINCT exit_code ORDER BY exit_code) FILTER (exit_code IS NOT NULL)) AS codes, count(exit_code) AS coded,
       to_json(list(DISTINCT exit_signal ORDER BY exit_signal) FILTER (exit_signal IS NOT NULL)) AS signals, count(exit_signal) AS signalled,
       count(*) FILTER (reaped) AS reaped
     FROM (${PROCESS}) WHERE comm NOT IN ('<...>', '') GROUP BY comm
     HAVING bool_and(death IN ('exited', 'killed', 'dumped')) ORDER BY min(line_no), comm LIMIT ${MAX_PROCESSES}`,
    { comm: ANY },
  );
  const facts = new Map<string, Row[]>();
  for (const kind of ['signals', 'errors']) {
    facts.set(
      kind,
      await capture.rows(
        `SELECT comm, to_json(list(DISTINCT word ORDER BY word)) AS words, count(*) FILTER (word IS NULL) AS blank FROM (${FACTS}) GROUP BY comm`,
        { comm: ANY, kind },
      ),
    );
  }
  return rows.flatMap((row) => processRule(row, facts));
}

const list = (value: unknown): unknown[] =>
  value === null || value === undefined ? [] : (JSON.parse(String(value)) as unknown[]);

function processRule(row: Row, facts: ReadonlyMap<string, readonly Row[]>): string[] {
  const comm = String(row.comm);
  const total = Number(row.n);
  const deaths = list(row.deaths);
  const codes = list(row.codes);
  const signals = list(row.signals);
  const assert: Record<string, unknown> = { process: comm, death: deaths.length === 1 ? deaths[0] : deaths };
  if (codes.length === 1 && Number(row.coded) === total) assert.exit_code = codes[0];
  if (signals.length === 1 && Number(row.signalled) === total) assert.exit_signal = signals[0];
  if (Number(row.reaped) === total) assert.reaped = true;
  const rules = [rule(`${comm} ends as it should`, assert, { tags: ['process'] })];
  for (const [kind, what] of [
    ['signals', 'gets no signal but these'],
    ['errors', 'fails only so'],
  ] as const) {
    const words = list(facts.get(kind)?.find((each) => each.comm === comm)?.words);
    if (words.length > MAX_WORDS) continue;
    rules.push(rule(`${comm} ${what}`, { process: comm, [kind]: { only: words } }, { tags: ['process'] }));
  }
  return rules;
}

async function latencyRules(capture: CheckCapture): Promise<string[]> {
  const called = await capture.rows(
    `SELECT n.name, count(*) AS n FROM syscall_row s JOIN syscall_name n USING (syscall_id)
     WHERE s.enter_ts IS NOT NULL AND s.exit_ts IS NOT NULL
       -- These wait for somebody else; how long says nothing about them.
       AND NOT regexp_full_match(n.name, '.*(wait|poll|select|sleep|futex|pause|sigsuspend).*|read|recv.*|accept.*|io_getevents')
     GROUP BY n.name HAVING count(*) >= ${MIN_CALLS} ORDER BY count(*) DESC, n.name LIMIT ${MAX_SYSCALLS}`,
  );
  const rules: string[] = [];
  for (const { name } of called) {
    const [row] = await capture.rows(`SELECT quantile_disc(dur, 0.99) AS p99 FROM (${SYSCALL})`, { of: String(name) });
    const limit = roundUp(Number(row?.p99) * ROOM);
    const text = formatQuantity({ value: limit, dimension: 'time' }).replace(' ', '');
    rules.push(
      rule(
        `${name} takes no longer than usual`,
        { latency: { syscall: name }, p99: text, min_count: MIN_CALLS },
        { tags: ['latency'], severity: 'warn', allow_missing: true },
      ),
    );
  }
  return rules;
}

/** To one digit of 1, 2, 5. */
function roundUp(value: number): number {
  const step = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(value, 1))));
  return ([1, 2, 5, 10].find((digit) => digit * step >= value) ?? 10) * step;
}
