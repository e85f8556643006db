/** A store -> everything a report shows, as plain data. */
import { isScoped } from '../../analyses/params.js';
import { ANALYSES } from '../../analyses/registry.js';
import { type AnalysedCapture, type ReadRows, runAnalysis } from '../../analyses/run.js';
import { type Slices, withParts } from '../../analyses/run-parts.js';
import { usageError } from '../../base/errors.js';
import { visible } from '../../base/visible.js';
import { redactReport } from '../../report/redact/redact-report.js';
import type { ReportCapture, ReportInput } from '../../report/report-input.js';
import type { Store } from '../../store/store.js';
import type { AnalysisResult, CellValue, Finding } from '../../trace/result.js';
import { captureInfo } from '../capture-info.js';
import { analysedCaptures } from '../captures.js';
import { scopeTo, WHOLE } from '../check/one-capture.js';
import { VERSION } from '../version.js';
import { type Watch, watchingSteps } from '../watch.js';
import { type Ends, reportEnds } from './ends.js';
import { chooseLines, readLines } from './evidence.js';
import { captureHealthFindings } from './health.js';
import { redactWordsOf } from './redact-words.js';
import { type ReportScope, scopeText, scopeTimeline, scopeWhere } from './scope.js';
import { linesOfStore } from './store-lines.js';
import { reportTimeline } from './timeline.js';
import { wantedLines } from './wanted-lines.js';

export interface BuildReportOptions {
  readonly title?: string | undefined;
  /** Opens the text of the trace once more; absent when there is only a store. */
  readonly reopen?: (() => Promise<AsyncIterable<Uint8Array>>) | undefined;
  readonly watch?: Watch | undefined;
  readonly scope?: ReportScope | undefined;
  /** Ids of analyses or of the report's own sections. */
  readonly sections?: readonly string[] | undefined;
  /** Of a store with several captures the one to tell of: its name, its id, or a label that it alone has. */
  readonly capture?: string | undefined;
  /** Stand-ins for comms, paths, addresses, IPs and markers. */
  readonly redact?: boolean | undefined;
}

/** Rows per analysis that are handed to the report; the report itself may show fewer. */
const ROWS = 1000;
const MOST_NAMED = 10;

export async function buildReport(store: Store, options: BuildReportOptions = {}): Promise<ReportInput> {
  const captures = await analysedCaptures(store, options.capture);
  const [asked, another] = captures;
  if (asked === undefined) throw usageError('the store holds no capture');
  if (another !== undefined) {
    const names = captures.slice(0, MOST_NAMED).map(({ name }) => visible(name));
    throw usageError(
      `the store holds ${captures.length} captures, a report tells of one`,
      `choose one with --capture: ${names.join(', ')}${captures.length > MOST_NAMED ? ' ...' : ''}`,
    );
  }
  const [facts] = (await captureInfo(store, options.capture)).captures;
  if (facts === undefined) throw usageError('the store holds no capture');
  const capture = facts.capture as unknown as ReportCapture;
  const { id } = asked;
  const name = String(capture.name);
  return await watchingSteps(options.watch, { phase: 'analyse', name }, async (onStep) => {
    const steps = ANALYSES.length + 3;
    const begin = (step: string, done: number) => onStep({ name: step, done, total: steps });
    const scope = options.scope ?? {};
    const results = await runAll(store, asked, slicesOf(capture), { scope, begin });
    await begin('timeline', ANALYSES.length);
    const timeline = scopeTimeline(await reportTimeline(store, id, asked.events), scope);
    await begin('chains', ANALYSES.length + 1);
    const ends = await reportEnds(store, id, scope);
    const input: ReportInput = {
      toolVersion: VERSION,
      title: options.title ?? name,
      capture,
      scope: scopeText(scope, capture.time_unit),
      sections: options.sections ?? null,
      verdicts: verdictsOf(ends, results),
      health: captureHealthFindings(capture, facts.losses, facts.issues),
      results,
      timeline,
      chains: ends.chains,
      evidence: [],
      evidenceFrom: options.reopen === undefined ? 'store' : 'text',
    };
    await begin('lines', ANALYSES.length + 2);
    const numbers = chooseLines(capture.lines, capture.bytes, wantedLines(input));
    const evidence =
      options.reopen === undefined
        ? await linesOfStore(store, id, capture.time_unit, numbers)
        : await readLines(await options.reopen(), numbers);
    const whole = { ...input, evidence };
    return options.redact === true ? redactReport(whole, await redactWordsOf(store)) : whole;
  });
}

async function runAll(
  store: Store,
  asked: AnalysedCapture,
  slices: Slices,
  { scope, begin }: { scope: ReportScope; begin: (step: string, done: number) => void | Promise<void> },
): Promise<AnalysisResult[]> {
  const only = asked.alone ? WHOLE : await scopeTo(store, [asked.id]);
  const results: AnalysisResult[] = [];
  for (const [done, analysis] of ANALYSES.entries()) {
    // A question about one task has no answer for all of them.
    if (analysis.params.some((param) => param.required === true)) continue;
    await begin(analysis.id, done);
    const narrowed = isScoped(analysis);
    const options = { limit: ROWS, where: narrowed ? undefined : scopeWhere(analysis.columns, scope) };
    const read: ReadRows = (sql, values) => store.rows(sql, values);
    const result = await runAnalysis(read, analysis, narrowed ? { ...scope } : {}, [asked], options);
    const readOwn: ReadRows = (sql, values) => store.rows(only(sql), values);
    results.push(await withParts(readOwn, analysis, result, scopeValues(scope), slices));
  }
  return results;
}

/** Few events keep their moments; of many the page tells sixty stretches of time apart. */
const FEW_EVENTS = 4000;
const STRETCHES = 60;

function slicesOf({ events, first_ts, last_ts }: ReportCapture): Slices {
  const origin = String(first_ts ?? 0);
  if (events <= FEW_EVENTS || last_ts === null) return { origin, stretch: 1 };
  return { origin, stretch: Math.max(1, Math.ceil(Number(BigInt(String(last_ts)) - BigInt(origin)) / STRETCHES)) };
}

const scopeValues = ({ pid, since, until }: ReportScope): Readonly<Record<string, CellValue>> => ({
  pid: pid ?? null,
  since: since ?? null,
  until: until ?? null,
});

const RANK: Record<Finding['severity'], number> = { bad: 0, warn: 1, info: 2 };

/** Kills that stand before everything else, where there are many. */
const FIRST_KILLS = 3;
/** Kills that have a sentence of their own; the table of deaths has all. */
const MOST_KILLS = 100;

/**
 * Kills first, then what the analyses found to call for attention, the worst first; each sentence once. Of many kills the
 * sum and a few come first, so that they do not bury what else went wrong.
 */
function verdictsOf({ summary, kills, exits }: Ends, results: readonly AnalysisResult[]): Finding[] {
  const found = results.flatMap((result) => result.findings).filter(({ severity }) => severity !== 'info');
  const told = new Set(kills.map(({ text }) => text));
  const others = [...found, ...exits]
    .filter(({ text }) => !told.has(text) && told.add(text))
    .toSorted((a, b) => RANK[a.severity] - RANK[b.severity]);
  return summary === null
    ? [...kills, ...others]
    : [summary, ...kills.slice(0, FIRST_KILLS), ...others, ...kills.slice(FIRST_KILLS, MOST_KILLS)];
}
