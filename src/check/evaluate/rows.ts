/** Rules about the rows of an analysis or of a statement: how many there are, and what their values may be. */
import { usageError } from '../../base/errors.js';
import { identifier, literal } from '../../base/sql-text.js';
import type { Column } from '../../trace/result.js';
import type { CheckCapture } from '../capture.js';
import { formatQuantity, type Quantity } from '../rules/quantity.js';
import type { RangeSource, ValueLimits } from '../rules/rule-shape.js';
import type { Outcome } from '../verdict.js';
import { judgeRange, rangeText } from './range.js';
import { cellText, rowEvidence } from './row-text.js';
import { failed, joinOutcomes, notApplicable, passed, plural, SHOWN } from './words.js';

export interface RowsRule extends ValueLimits {
  readonly rows?: RangeSource | undefined;
}

export interface Answer {
  /** One SELECT. */
  readonly sql: string;
  /** Declared columns; null for a statement of the user. */
  readonly columns: readonly Column[] | null;
  /** Columns as the statement gives them. */
  readonly names: readonly string[];
  readonly more: readonly string[];
}

export async function judgeRows(capture: CheckCapture, rule: RowsRule, answer: Answer): Promise<Outcome> {
  const outcomes: Outcome[] = [];
  if (rule.rows !== undefined) outcomes.push(await judgeCount(capture, rule.rows, answer));
  if (rule.min !== undefined || rule.max !== undefined || rule.equals !== undefined) {
    outcomes.push(await judgeValues(capture, rule, answer));
  }
  return joinOutcomes(outcomes);
}

async function judgeCount(capture: CheckCapture, range: RangeSource, answer: Answer): Promise<Outcome> {
  const { rows } = await capture.query(`SELECT count(*) AS n FROM (${answer.sql}\n) AS answer`);
  const count = Number(rows[0]?.n);
  const { holds, absence } = judgeRange(range, count);
  const told = { expected: rangeText(range, 'row'), found: plural(count, 'row'), more: answer.more, absence };
  if (holds) return passed(told);
  // The order of an analysis is its own; a statement of the user may have none.
  const order = answer.columns === null ? ' ORDER BY ALL' : '';
  const shown = await capture.query(`SELECT * FROM (${answer.sql}\n) AS answer${order} LIMIT ${SHOWN}`);
  return failed({ ...told, evidence: rowEvidence(shown.rows, answer.columns, capture) });
}

async function judgeValues(capture: CheckCapture, rule: RowsRule, answer: Answer): Promise<Outcome> {
  const column = rule.column ?? onlyColumn(answer);
  if (!answer.names.includes(column)) {
    throw usageError(`column: the answer has no ${column}`, `it has ${answer.names.join(', ')}`);
  }
  const expected = `${column} ${limitsText(rule)}`;
  const timed = [rule.min, rule.max].some((limit) => limit?.dimension === 'time');
  if (timed && !['us', 'ns'].includes(capture.timeUnit)) {
    return notApplicable({ expected, found: 'the clock of the capture does not count seconds' });
  }
  const name = identifier(column);
  const holds = conditions(name, rule).join(' AND ');
  const from = `FROM (${answer.sql}\n) AS answer`;
  const { rows } = await capture.query(
    `SELECT count(*) AS n, count(${name}) AS known, count(*) FILTER (NOT (${holds})) AS bad, min(${name}) AS low, max(${name}) AS high ${from}`,
  );
  const [total, known, bad] = [Number(rows[0]?.n), Number(rows[0]?.known), Number(rows[0]?.bad)];
  // A limit that is a time says that the column is one.
  const columns = timed ? [{ name: column, unit: 'ns' as const }] : answer.columns;
  const show = (value: unknown): string => cellText(column, value as string, columns, capture);
  if (known === 0) {
    const found = total === 0 ? 'no row, so no value to judge' : `no value in ${plural(total, 'row')}`;
    return notApplicable({ expected, found, more: answer.more });
  }
  const extreme = rule.max === undefined ? rows[0]?.low : rows[0]?.high;
  const unknown = known < total ? `, ${plural(total - known, 'row')} without a value` : '';
  const told = { expected, more: answer.more, absence: false };
  if (bad === 0) {
    return passed({ ...told, found: `${known === 1 ? show(extreme) : `${show(extreme)} at the utmost`}${unknown}` });
  }
  const order = `${rule.max === undefined ? `${name} ASC` : `${name} DESC`}, answer::VARCHAR`;
  const worst = await capture.query(`SELECT * ${from} WHERE NOT (${holds}) ORDER BY ${order} LIMIT ${SHOWN}`);
  const share = known === 1 ? '' : `, ${bad} of ${plural(known, 'value')} beyond the limit`;
  const found = `${show(worst.rows[0]?.[column])}${share}${unknown}`;
  return failed({ ...told, found, evidence: rowEvidence(worst.rows, answer.columns, capture) });
}

function onlyColumn({ names }: Answer): string {
  const [only, another] = names.filter((name) => !/(^|_)line_no$/.test(name));
  if (only === undefined || another !== undefined) {
    throw usageError(`column: say which of ${names.join(', ')} the limit speaks of`);
  }
  return only;
}

/** A part is what a percentage stands for: 5% of a ratio is 0.05. */
const sqlNumber = ({ value, dimension }: Quantity): string =>
  String(dimension === 'percent' ? Number((value / 100).toPrecision(12)) : value);

function conditions(name: string, { min, max, equals }: ValueLimits): string[] {
  const list: string[] = [];
  if (min !== undefined) list.push(`${name} >= ${sqlNumber(min)}`);
  if (max !== undefined) list.push(`${name} <= ${sqlNumber(max)}`);
  if (equals !== undefined) {
    const words = typeof equals === 'string' ? [equals] : equals;
    list.push(`${name}::VARCHAR IN (${words.map(literal).join(', ')})`);
  }
  return list;
}

function limitsText({ min, max, equals }: ValueLimits): string {
  const list: string[] = [];
  if (min !== undefined) list.push(`at least ${formatQuantity(min)}`);
  if (max !== undefined) list.push(`at most ${formatQuantity(max)}`);
  if (equals !== undefined) list.push(typeof equals === 'string' ? equals : `one of ${equals.join(', ')}`);
  return list.join(' and ');
}
