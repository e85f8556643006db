import { ANALYSES } from '../../src/analyses/registry.js';
import { type AnalysedCapture, type ParamValues, runAnalysis } from '../../src/analyses/run.js';
import type { Store } from '../../src/store/store.js';
import type { AnalysisResult, CellValue, Row } from '../../src/trace/result.js';

/** Ids count over a whole store: only their order means something. */
const IDS = ['event_id', 'task_id', 'lifetime_id'];

function ranked(rows: readonly Row[]): Row[] {
  const ranks = IDS.map((id) => {
    const values = [...new Set(rows.map((row) => row[id] ?? null))].sort((a, b) => Number(a) - Number(b));
    return [id, new Map(values.map((value, rank): [CellValue, number] => [value, rank]))] as const;
  });
  return rows.map((row) => {
    const own: Record<string, CellValue> = { ...row };
    for (const [id, rank] of ranks) if (id in own) own[id] = rank.get(own[id] ?? null) ?? null;
    return own;
  });
}

/** What an answer says of one capture, in a form that is the same whatever else the store holds. */
export interface Told {
  readonly rows: readonly Row[];
  readonly findings: readonly unknown[];
  readonly missing: readonly string[];
}

/** Params that make an answer of an analysis that needs some. */
export type Asked = Readonly<Record<string, ParamValues>>;

/** The answers of all analyses, by their id. */
export async function answers(
  store: Store,
  captures: readonly AnalysedCapture[],
  asked: Asked = {},
): Promise<Map<string, AnalysisResult>> {
  const results = new Map<string, AnalysisResult>();
  for (const analysis of ANALYSES) {
    const result = await runAnalysis(
      (sql, values) => store.rows(sql, values),
      analysis,
      asked[analysis.id] ?? {},
      captures,
    );
    if (result.status === 'failed') throw new Error(`${analysis.id}: ${result.error ?? ''}`);
    results.set(analysis.id, result);
  }
  return results;
}

/** What an answer about several captures says of one of them. */
export function toldOf(result: AnalysisResult, capture: string): Told {
  const own = result.rows.filter((row) => row.capture === capture).map(({ capture: _, ...row }) => row);
  return {
    rows: ranked(own),
    findings: result.findings.filter((finding) => finding.capture === capture).map(({ capture: _, ...rest }) => rest),
    missing: result.notAnswered?.find((each) => each.capture === capture)?.missing ?? [],
  };
}

/** What an answer about the only capture says. */
export const toldAlone = (result: AnalysisResult): Told => ({
  rows: ranked(result.rows),
  findings: result.findings,
  missing: result.missing,
});
