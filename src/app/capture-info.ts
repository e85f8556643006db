/** What is in a store, as plain data: the answer of `ftrail info`. Keys are a contract: they are the JSON of the command. */

import { ANALYSES } from '../analyses/registry.js';
import { missingEvents } from '../analyses/run.js';
import type { Store } from '../store/store.js';
import type { CellValue, Row } from '../trace/result.js';

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
}

export interface CaptureInfo {
  readonly captures: readonly CaptureFacts[];
  readonly analyses: readonly AnalysisFacts[];
}

export async function captureInfo(store: Store): Promise<CaptureInfo> {
  const captures: CaptureFacts[] = [];
  for (const capture of await store.rows('SELECT * FROM capture ORDER BY capture_id')) {
    captures.push(await factsOf(store, capture));
  }
  const events = await eventNames(store);
  const analyses = ANALYSES.map((analysis) => {
    const missing = missingEvents(analysis, events);
    return { id: analysis.id, question: analysis.question, can_run: missing.length === 0, missing };
  });
  return { captures, analyses };
}

/**
 * Names of all events of a store: what `needs` of an analysis is held against. Probes have the names that people give them, so
 * `kprobes:*` stands for any line that shows a call of a function. Reads the base tables only: `info` derives nothing.
 */
export async function eventNames(store: Store): Promise<Set<string>> {
  const rows = await store.rows(
    `SELECT DISTINCT name FROM name_dict UNION ALL SELECT 'kprobes:*' WHERE EXISTS (
       FROM event_row JOIN name_dict USING (name_id)
       WHERE name = 'funcgraph_entry'
         OR kind = 'event' AND args[1] = '(' AND regexp_matches(args, '^[(](?:[^ )]+[+])?0x[0-9a-f]+[/ )]'))
     UNION ALL SELECT '--dmesg FILE' WHERE EXISTS (FROM kernel_log)
     UNION ALL SELECT unnest(['kprobes:do_sys_openat2', 'path=+0($arg2):string']) WHERE EXISTS (
       FROM event_row JOIN name_dict USING (name_id)
       WHERE name = 'do_sys_open' OR kind = 'event' AND args[1] = '('
         AND regexp_matches(args, '^[(](?:do_sys_open|do_sys_openat2|do_filp_open|do_file_open|getname|getname_flags|vfs_open|path_openat)[.+].*="'))`,
  );
  return new Set(rows.map((row) => String(row.name)));
}

async function factsOf(store: Store, capture: Row): Promise<CaptureFacts> {
  const of = (sql: string): Promise<Row[]> => store.rows(sql, { id: capture.capture_id as number });
  const labels = await of('SELECT key, value FROM capture_label WHERE capture_id = $id ORDER BY key');
  return {
    capture,
    labels: Object.fromEntries(labels.map((label) => [String(label.key), label.value ?? null])),
    cpus: await of(`SELECT nullif(cpu, -1) AS cpu, count(*) AS events, min(known_ts(ts)) AS first_ts, max(known_ts(ts)) AS last_ts
      FROM event_row WHERE capture_id = $id GROUP BY ALL ORDER BY cpu`),
    events: await of(`SELECT name, count(*) AS events, min(line_no) AS first_line
      FROM event_row JOIN name_dict USING (name_id) WHERE capture_id = $id GROUP BY name ORDER BY events DESC, name`),
    losses: await of(`SELECT kind, cpu, line_no, from_ts, to_ts, events
      FROM loss WHERE capture_id = $id ORDER BY line_no, kind, cpu`),
    issues: await of(`SELECT code, count, line_no, text
      FROM import_issue WHERE capture_id = $id ORDER BY count DESC, code`),
  };
}
