import type { Analysis } from '../../analyses/analysis.js';
import { isScoped } from '../../analyses/params.js';
import { type ParamValues, runAnalysis } from '../../analyses/run.js';
import { analysedCaptures } from '../../app/captures.js';
import { storeTrouble } from '../../app/store-trouble.js';
import { watching } from '../../app/watch.js';
import { formatCount } from '../../base/format-time.js';
import { visible } from '../../base/visible.js';
import { purposeFor } from '../../trace/capture/advice.js';
import type { AnalysisResult } from '../../trace/result.js';
import { findingText } from '../finding-text.js';
import { printerFor } from '../format/printer.js';
import type { Io } from '../io.js';
import { lookAt } from '../look.js';
import type { FilterOptions, Moment } from '../options.js';
import { progressWatch } from '../progress.js';
import { absolute, rowFilter, type TimeBase } from '../row-filter.js';
import { say, withCapture } from '../session.js';
import { timeBase } from '../time-base.js';

export async function runAnalysisCommand(
  io: Io,
  analysis: Analysis,
  argument: string,
  options: FilterOptions & Omit<ParamValues, 'since' | 'until'>,
): Promise<void> {
  await withCapture(io, argument, options, async ({ store }) => {
    const own = new Set(analysis.params.map((param) => param.name));
    const filters = Object.fromEntries(
      Object.entries(options).filter(([name]) => !own.has(name)),
    ) as unknown as FilterOptions;
    const captures = await analysedCaptures(store, options.capture);
    const time = await timeBase(store, captures);
    const where = rowFilter(analysis.id, analysis.columns, filters, time);
    const params = { ...options, ...momentsOf(analysis, options, time) };
    const watch = progressWatch(io, options.quiet === true);
    const result = await watching(watch, { phase: 'analyse', name: analysis.id }, () =>
      runAnalysis((sql, values) => store.rows(sql, values), analysis, params, captures, {
        where,
        limit: options.limit,
      }),
    );
    if (result.status === 'failed') throw storeTrouble(argument, new Error(`${analysis.id}: ${result.error ?? ''}`));
    const print = await printerFor(options.format);
    await print(io.stdout, result.columns, [result.rows], await lookAt(io, options, store));
    talk(io, options, result);
  });
}

/** Times that the statement takes itself. */
function momentsOf(analysis: Analysis, { since, until }: FilterOptions, time: TimeBase): ParamValues {
  if (!isScoped(analysis)) return {};
  const at = (moment: Moment | undefined): string | undefined =>
    moment === undefined ? undefined : absolute(moment, time);
  return { since: at(since), until: at(until) };
}

/** `kprobes:*` is no event that could just be enabled. */
const PROBE_HINT =
  "kprobes:* are probes that you make: echo 'p:NAME FUNCTION' >> kprobe_events, 'r:NAME FUNCTION ret=$retval' for what it returned";

/** Of many captures that lack events so many are named. */
const MOST_NAMED = 5;

function talk(io: Io, options: FilterOptions, result: AnalysisResult): void {
  if (result.status === 'not-applicable') {
    say(io, options, `not answered: the capture has no ${result.missing.join(', ')}; enable them when recording`);
    const purpose = purposeFor(result.missing);
    if (purpose !== undefined)
      say(io, options, `ftrail capture-script --for ${purpose} prints a script that records it`);
    if (result.missing.includes('kprobes:*')) say(io, options, PROBE_HINT);
  } else if (result.status === 'empty') {
    say(io, options, 'no rows');
  }
  for (const { capture, missing } of (result.status === 'not-applicable' ? [] : (result.notAnswered ?? [])).slice(
    0,
    MOST_NAMED,
  )) {
    say(io, options, `not answered for ${visible(capture)}: it has no ${missing.join(', ')}`);
  }
  const unnamed = (result.notAnswered?.length ?? 0) - MOST_NAMED;
  if (result.status !== 'not-applicable' && unnamed > 0)
    say(io, options, `not answered for ${formatCount(unnamed)} more captures: they lack the events`);
  if (result.rows.length < result.totalRows) {
    say(io, options, `${formatCount(result.rows.length)} of ${formatCount(result.totalRows)} rows`);
  }
  for (const finding of result.findings) say(io, options, findingText(finding));
}
