/** What a rule asks of an analysis or in SQL, as one statement. */
import type { CheckCapture } from '../capture.js';
import type { AssertionOf } from '../rules/rule-shape.js';
import type { Answer } from './rows.js';

export function answerOfAnalysis(
  capture: CheckCapture,
  {
    analysis,
    params = new Map<string, string>(),
    where,
  }: Pick<AssertionOf<'analysis'>, 'analysis' | 'params' | 'where'>,
): Answer {
  const { sql, columns } = capture.analysis(analysis, params);
  const options = [...params].flatMap(([name, value]) => [`--${name.replaceAll('_', '-')}`, value]);
  return {
    sql: where === undefined ? sql : `SELECT * FROM (${sql}\n) AS answer WHERE (${where}\n)`,
    columns,
    names: columns.map(({ name }) => name),
    more: [analysis, 'CAPTURE', ...options],
  };
}

export async function answerOfSql(capture: CheckCapture, text: string): Promise<Answer> {
  const sql = text.trim().replace(/;$/, '');
  const { columns } = await capture.query(`SELECT * FROM (${sql}\n) AS answer LIMIT 0`);
  return { sql, columns: null, names: columns.map(({ name }) => name), more: ['query', 'CAPTURE', sql] };
}
