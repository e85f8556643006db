/** What is in a store, as plain data: the answer of `ftrail info`. Keys are a contract: they are the JSON of the command. */

import { ANALYSES } from '../analyses/registry.js';
import { type AnalysedCapture, idText, missingEvents } from '../analyses/run.js';
import type { Store } from '../store/store.js';
import type { CellValue, Row } from '../trace/result.js';
import { analysedCaptures } from './captures.js';

export interface CaptureFacts {
  /** The row of table `capture`. */
  readonly capture: Row;
  readonly labels: Readonly<Record<string, CellValue>>;
  /** One row per CPU: cpu, events, first_ts, last_ts. */
  readonly cpus: readonly Row[];
  /** One row per event name: name, events, first_line. */
  readonly events: readonly Row[];
  /** Rows of table `loss`. */
  readonly losses: readonly Row[];
  /** One row per issue code: code, count, line_no (the first), text. */
  readonly issues: readonly Row[];
}

export interface AnalysisFacts {
  readonly id: string;
  readonly question: string;
  readonly can_run: boolean;
  /** Events that would have to be enabled. */
  readonly missing: readonly string[];
  /** Of several captures, how many it can be answered for. */
  readonly captures?: number;
}

export interface CaptureInfo {
  readonly captures: readonly CaptureFacts[];
  readonly analyses: readonly AnalysisFacts[];
}

/** `wanted`: as --capture says it; without it all captures are told of. */
export async function captureInfo(store: Store, wanted?: string): Promise<CaptureInfo> {
  const asked = await analysedCaptures(store, wanted);
  const captures = await factsOf(store, asked);
  const analyses = ANALYSES.map((analysis) => {
    const lacks = asked.map(({ events }) => missingEvents(analysis, events));
    const able = lacks.filter((missing) => missing.length === 0).length;
    return {
      id: analysis.id,
      question: analysis.question,
      can_run: able > 0 || (asked.length === 0 && missingEvents(analysis, NOTHING).length === 0),
      missing: able > 0 ? [] : [...new Set(asked.length === 0 ? missingEvents(analysis, NOTHING) : lacks.flat())],
      ...(asked.length > 1 ? { captures: able } : {}),
    };
  });
  return { captures, analyses };
}

const NOTHING: ReadonlySet<string> = new Set();

/**
 * Names of all events of a store: what `needs` of an analysis is held against. Of a store with several captures `analysedCaptures`
 * knows which has what. Reads the base tables only: `info` derives nothing.
 */
export async function eventNames(store: Store): Promise<Set<string>> {
  const rows = await store.rows('SELECT DISTINCT name FROM shown_name');
  return new Set(rows.map((row) => String(row.name)));
}

/** Set-based: a store may hold thousands. */
async function factsOf(store: Store, asked: readonly AnalysedCapture[]): Promise<CaptureFacts[]> {
  const only = asked.length === 1 ? `WHERE capture_id = ${idText(asked[0]?.id ?? 0)}` : '';
  const of = async (sql: string): Promise<(id: unknown) => Row[]> => {
    const found = new Map<unknown, Row[]>();
    for (const { capture_id, ...row } of await store.rows(sql)) {
      const own = found.get(capture_id);
      if (own === undefined) found.set(capture_id, [row]);
      else own.push(row);
    }
    return (id) => found.get(id) ?? [];
  };
  const captures = new Map((await store.rows(`FROM capture ${only}`)).map((row) => [row.capture_id, row]));
  const labels = await of(`SELECT capture_id, key, value FROM capture_label ${only} ORDER BY key`);
  const cpus =
    await of(`SELECT capture_id, nullif(cpu, -1) AS cpu, count(*) AS events, min(known_ts(ts)) AS first_ts, max(known_ts(ts)) AS last_ts
    FROM event_row ${only} GROUP BY ALL ORDER BY cpu`);
  const events = await of(`SELECT capture_id, name, count(*) AS events, min(line_no) AS first_line
    FROM event_row JOIN name_dict USING (name_id) ${only} GROUP BY capture_id, name ORDER BY events DESC, name`);
  const losses = await of(`SELECT capture_id, kind, cpu, line_no, from_ts, to_ts, events
    FROM loss ${only} ORDER BY line_no, kind, cpu`);
  const issues = await of(`SELECT capture_id, code, count, line_no, text
    FROM import_issue ${only} ORDER BY count DESC, code`);
  return asked.map(({ id }) => ({
    capture: captures.get(id) ?? {},
    labels: Object.fromEntries(labels(id).map((label) => [String(label.key), label.value ?? null])),
    cpus: cpus(id),
    events: events(id),
    losses: losses(id),
    issues: issues(id),
  }));
}
