import { type CaptureFacts, type CaptureInfo, captureInfo } from '../../app/capture-info.js';
import { formatBytes, formatCount } from '../../base/format-time.js';
import { visible } from '../../base/visible.js';
import { purposeFor } from '../../trace/capture/advice.js';
import type { CellValue, Row } from '../../trace/result.js';
import { cellText } from '../format/cell.js';
import { safeJson } from '../format/json.js';
import { printTable } from '../format/table.js';
import type { Clock, Look, OutColumn } from '../format/types.js';
import { emit, type Io } from '../io.js';
import { lookAt } from '../look.js';
import type { CommonOptions } from '../options.js';
import { withCapture } from '../session.js';

export async function runInfo(io: Io, argument: string, options: CommonOptions): Promise<void> {
  await withCapture(io, argument, { ...options, baseOnly: true }, async ({ store }) => {
    const info = await captureInfo(store, options.capture);
    if (options.format === 'json') await emit(io.stdout, `${safeJson(info, 2)}\n`);
    else await printInfo(io, info, await lookAt(io, options, store));
  });
}

async function printInfo(io: Io, info: CaptureInfo, look: Look): Promise<void> {
  if (info.captures.length > MOST_IN_FULL) await printCaptures(io, info, look);
  else {
    for (const facts of info.captures) {
      const unit = facts.capture.time_unit as Clock['unit'];
      await printCapture(io, facts, { ...look, clock: { unit } });
    }
  }
  await heading(io, look, 'Questions');
  const rows = info.analyses.map(({ id, question, can_run, missing, captures }) => ({
    command: id,
    answer: can_run
      ? `${question}${captures === undefined || captures === info.captures.length ? '' : ` (${captures} of ${info.captures.length} captures)`}`
      : `needs ${missing.join(', ')}${scriptFor(missing)}`,
  }));
  await table(io, look, ['command', 'answer'], rows);
}

/** The script that records what is missing. */
function scriptFor(missing: readonly string[]): string {
  const purpose = purposeFor(missing);
  return purpose === undefined ? '' : ` (capture-script --for ${purpose})`;
}

/** More captures than that get a line each; --capture tells all of one. */
const MOST_IN_FULL = 3;

async function printCaptures(io: Io, info: CaptureInfo, look: Look): Promise<void> {
  await heading(io, look, `${formatCount(info.captures.length)} captures; --capture tells all of one`);
  const rows = info.captures.map(({ capture, labels }) => ({
    capture: String(capture.capture_id),
    name: capture.name ?? null,
    labels: Object.entries(labels)
      .map(([key, value]) => `${key}=${String(value)}`)
      .join(' '),
    events: capture.events ?? null,
    lost_events: capture.lost_events ?? null,
    issues: capture.issues ?? null,
    first_ts: capture.first_ts ?? null,
    last_ts: capture.last_ts ?? null,
  }));
  await table(io, look, ['capture', 'name', 'labels', 'events', 'lost_events', 'issues', 'first_ts', 'last_ts'], rows);
}

async function printCapture(io: Io, facts: CaptureFacts, look: Look): Promise<void> {
  const { capture } = facts;
  await heading(io, look, visible(String(capture.name)));
  await emit(io.stdout, factLines(facts, look.clock));
  if (facts.losses.length > 0) {
    await heading(io, look, 'Lost');
    await table(io, look, ['kind', 'cpu', 'line_no', 'from_ts', 'to_ts', 'events'], facts.losses);
  }
  if (facts.issues.length > 0) {
    await heading(io, look, 'Not fully understood');
    await table(io, look, ['code', 'count', 'line_no', 'text'], facts.issues);
  }
  await heading(io, look, 'CPUs');
  await table(io, look, ['cpu', 'events', 'first_ts', 'last_ts'], facts.cpus);
  await heading(io, look, 'Events');
  await table(io, look, ['name', 'events', 'first_line'], facts.events);
}

const UNITS: Readonly<Record<string, string>> = {
  us: 'microseconds; which trace_clock is not in the text',
  ns: 'nanoseconds; which trace_clock is not in the text',
  tick: 'ticks of a counter, no seconds',
  none: 'no time stamps',
};
const CLASSES = ['header', 'record', 'frame', 'continuation', 'marker', 'unknown'];

/** The facts as lines of `name  value`. */
function factLines({ capture, labels }: CaptureFacts, clock: Clock): string {
  const count = (value: CellValue | undefined): string =>
    value === null || value === undefined ? 'unknown' : formatCount(String(value));
  const classes = CLASSES.map((name) => `${count(capture[`lines_${name}`])} ${name}`).join(', ');
  const ts = (key: string): string =>
    cellText(capture[key] ?? null, { name: 'ts', type: 'integer', unit: 'ns' }, clock);
  const lines: [string, string][] = [
    ['format', `${String(capture.dialect)}${capture.tracer === null ? '' : `, tracer ${String(capture.tracer)}`}`],
    ['size', `${formatBytes(String(capture.bytes))}, sha256 ${String(capture.sha256)}`],
    ['time', capture.first_ts === null ? 'none' : `${ts('first_ts')} to ${ts('last_ts')}`],
    ['clock', clockText(capture, labels.clock)],
    ['cpus', count(capture.cpus)],
    ['flags', legendText(String(capture.header ?? ''))],
    ['events', count(capture.events)],
    ['records', recordsText(capture, count)],
    ['lost', capture.lost_events === null ? 'some, and nobody counted' : count(capture.lost_events)],
    ['lines', `${count(capture.lines)} = ${classes}`],
    ['issues', count(capture.issues)],
    ...Object.entries(labels).map(([key, value]): [string, string] => [`label ${key}`, String(value)]),
  ];
  const width = Math.max(...lines.map(([name]) => name.length));
  return lines.map(([name, value]) => `${visible(name).padEnd(width)}  ${visible(value)}\n`).join('');
}

/** Times of the latency layout count from the start of the buffer or of the measured section. */
function clockText({ dialect, time_unit }: Row, known: CellValue | undefined): string {
  const unit = String(time_unit);
  if ((unit === 'us' || unit === 'ns') && typeof known === 'string')
    return `${unit === 'us' ? 'microseconds' : 'nanoseconds'}, trace_clock ${known}`;
  if (unit === 'us' && /(?:^|[+])[a-z]+-latency(?:$|[+])/.test(String(dialect)))
    return 'microseconds since the trace began';
  return UNITS[unit] ?? unit;
}

/** What the characters of the flags column stand for, in their order, by the header's legend. */
function legendText(header: string): string {
  const meanings = Array.from(header.matchAll(/^#[ |/]*_-+=> (\S.*?) *$/gm), (match) => match[1] as string);
  const flags = meanings.filter((meaning) => meaning !== 'CPU#' && meaning !== 'delay');
  return flags.length === 0 ? 'the header does not explain them' : flags.join(', ');
}

function recordsText(capture: Row, count: (value: CellValue | undefined) => string): string {
  const records = `${count(capture.records)} (events and stacks)`;
  if (capture.entries_in_buffer === null) return `${records}; the header does not say how many there should be`;
  const agrees =
    capture.entries_in_buffer === capture.records
      ? 'as the kernel counted'
      : `the kernel counted ${count(capture.entries_in_buffer)}`;
  return `${records}; ${agrees}, ${count(capture.entries_written)} were ever written`;
}

const heading = (io: Io, look: Look, text: string): Promise<void> =>
  emit(io.stdout, look.color ? `\n\u001b[1;36m${text}\u001b[0m\n` : `\n${text}\n`);

const TEXTS = new Set(['capture', 'labels', 'kind', 'code', 'text', 'name', 'command', 'answer']);

const column = (name: string): OutColumn => {
  if (TEXTS.has(name)) return { name, type: 'text' };
  return name.endsWith('_ts') ? { name, type: 'integer', unit: 'ns' } : { name, type: 'integer' };
};

const table = (io: Io, look: Look, names: readonly string[], rows: readonly Row[]): Promise<number> =>
  printTable(io.stdout, names.map(column), [rows], look);
