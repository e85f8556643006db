/** Input of the causal timeline: one lane per task life, arrows between them. Times in ns, as in the `task` and `link` tables. */
import type { CellValue, Confidence } from '../../trace/result.js';

export interface TimelineTask {
  readonly task_id: number;
  readonly pid: number;
  readonly tgid: number | null;
  readonly comm: string | null;
  readonly parent_task_id: number | null;
  /** First and last time the capture shows the task. */
  readonly start_ts: CellValue;
  readonly end_ts: CellValue;
  readonly fork_ts: CellValue;
  readonly exec_ts: CellValue;
  readonly exit_ts: CellValue;
  readonly reaped_ts: CellValue;
  /** `exited` | `killed` | `dumped` | `alive` | `unknown`. */
  readonly death: string;
  readonly exit_code: number | null;
  readonly exit_signal: number | null;
  readonly zombie_dur: CellValue;
}

export interface TimelineLink {
  /** A kind of the `link` table: fork, exec, send, deliver, terminate, notify_parent, reap ... */
  readonly kind: string;
  /** Short word for the arrow, such as SIGKILL; the kind when null. */
  readonly label: string | null;
  readonly from_ts: CellValue;
  readonly to_ts: CellValue;
  readonly from_task_id: number;
  readonly to_task_id: number;
  readonly from_line: number;
  readonly to_line: number;
  readonly confidence: Confidence;
  /** The sentence that justifies the link. */
  readonly evidence: string;
}

/** A point or a span on one lane: an open, a map, a syscall. */
export interface TimelineMark {
  readonly kind: string;
  readonly task_id: number;
  readonly ts: CellValue;
  /** ns; null for a point. */
  readonly dur: CellValue;
  readonly line_no: number;
  readonly text: string;
}

export interface TimelineData {
  readonly tasks: readonly TimelineTask[];
  readonly links: readonly TimelineLink[];
  readonly marks: readonly TimelineMark[];
}
