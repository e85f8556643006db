/**
 * All that a report needs, as plain data (JSON safe): a report can be rebuilt from a saved input without a store.
 * Times and durations are nanoseconds since the trace clock's zero; beyond 2^53 they are decimal strings.
 */
import type { TimelineLink, TimelineMark, TimelineTask } from '../charts/timeline/timeline-data.js';
import type { AnalysisResult, CellValue, Chain, Confidence, Finding } from '../trace/result.js';

/** One row of the `capture` table. */
export interface ReportCapture {
  readonly name: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly dialect: string;
  readonly tracer: string | null;
  /** Precision of the stamps: us, ns, tick (a clock that counts), none. */
  readonly time_unit: string;
  readonly cpus: number | null;
  readonly entries_in_buffer: number | null;
  readonly entries_written: number | null;
  readonly lost_events: number | null;
  readonly events: number;
  readonly records: number;
  readonly issues: number;
  readonly lines: number;
  readonly lines_header: number;
  readonly lines_record: number;
  readonly lines_frame: number;
  readonly lines_continuation: number;
  readonly lines_marker: number;
  readonly lines_unknown: number;
  readonly first_ts: CellValue;
  readonly last_ts: CellValue;
  /** The kernel's own comment lines, as they stand in the file. */
  readonly header: string;
}

export interface ReportTimeline {
  readonly tasks: readonly TimelineTask[];
  readonly links: readonly TimelineLink[];
  readonly marks: readonly TimelineMark[];
  /** What was left out and how to see it, as a sentence; null when nothing was. */
  readonly clipped: string | null;
}

/** A link of the store that joins two steps of a chain. */
export interface ChainCause {
  readonly from_event_id: number;
  readonly to_event_id: number;
  readonly confidence: Confidence;
}

export interface ReportChain {
  readonly title: string;
  readonly task_id: number;
  readonly chain: Chain;
  readonly causes: readonly ChainCause[];
}

export interface EvidenceLine {
  readonly line_no: number;
  readonly text: string;
}

export interface ReportInput {
  readonly toolVersion: string;
  readonly title: string;
  readonly capture: ReportCapture;
  /** Which part of the capture the report tells, as a sentence; null for all of it. */
  readonly scope: string | null;
  /** Ids of the sections to show; null for all. */
  readonly sections: readonly string[] | null;
  /** The answers, most important first. */
  readonly verdicts: readonly Finding[];
  /** Losses, issues, doubts about the capture itself. */
  readonly health: readonly Finding[];
  /** In registry order. */
  readonly results: readonly AnalysisResult[];
  readonly timeline: ReportTimeline;
  readonly chains: readonly ReportChain[];
  /** Lines of the trace that statements rest on, with their neighbours, in line order. */
  readonly evidence: readonly EvidenceLine[];
  /** Whether they were read from the text, or made again from a store, which holds no text. */
  readonly evidenceFrom: 'text' | 'store';
}
