/** A report about a part of a capture: one task, a stretch of time. */
import type { RunOptions } from '../../analyses/run.js';
import { clockFormat } from '../../base/format-time.js';
import type { TimelineLink, TimelineTask } from '../../charts/timeline/timeline-data.js';
import type { ReportTimeline } from '../../report/report-input.js';
import type { CellValue, Column } from '../../trace/result.js';

export interface ReportScope {
  readonly pid?: number | undefined;
  /** ns (or ticks) as decimal strings, both included. */
  readonly since?: string | undefined;
  readonly until?: string | undefined;
}

const isWhole = ({ pid, since, until }: ReportScope): boolean =>
  pid === undefined && since === undefined && until === undefined;

const isPid = ({ name }: Column): boolean => name === 'pid' || name.endsWith('_pid');
const isTime = ({ name }: Column): boolean => name === 'ts' || name.endsWith('_ts');

/** Lengths that begin at `ts`. */
const LENGTHS = new Set(['dur', 'zombie_dur', 'total_dur', 'latency']);

/**
 * A condition on the columns that an answer has, for an answer that `scopeParams` do not narrow. A row is kept when its
 * time, from the earliest to the latest that it names, touches the stretch.
 */
export function scopeWhere(columns: readonly Column[], { pid, since, until }: ReportScope): RunOptions['where'] {
  const conditions: string[] = [];
  const values: Record<string, CellValue> = {};
  const quoted = (fits: (column: Column) => boolean): string[] => columns.filter(fits).map(({ name }) => `"${name}"`);
  const pids = quoted(isPid);
  if (pid !== undefined && pids.length > 0) {
    conditions.push(`$scope_pid IN (${pids.join(', ')})`);
    values.scope_pid = pid;
  }
  const times = quoted(isTime);
  if (times.length > 0) {
    const lengths = times.includes('"ts"') ? quoted(({ name }) => LENGTHS.has(name)) : [];
    const ends = [...times, ...lengths.map((length) => `"ts" + ${length}`)];
    if (since !== undefined) {
      conditions.push(`greatest(${ends.join(', ')}) >= $scope_since::BIGINT`);
      values.scope_since = since;
    }
    if (until !== undefined) {
      conditions.push(`least(${times.join(', ')}) <= $scope_until::BIGINT`);
      values.scope_until = until;
    }
  }
  return conditions.length === 0 ? undefined : { sql: conditions.join(' AND '), values };
}

/** The lanes of a task and of those it has links with; in a stretch of time what happened in it. */
export function scopeTimeline(timeline: ReportTimeline, scope: ReportScope): ReportTimeline {
  if (isWhole(scope)) return timeline;
  const { since, until } = scope;
  const inTime = (ts: CellValue): boolean =>
    ts !== null &&
    (since === undefined || BigInt(String(ts)) >= BigInt(since)) &&
    (until === undefined || BigInt(String(ts)) <= BigInt(until));
  const own = new Set(
    timeline.tasks.filter((task) => scope.pid === undefined || task.pid === scope.pid).map((task) => task.task_id),
  );
  const isOwn = (link: TimelineLink): boolean => own.has(link.from_task_id) || own.has(link.to_task_id);
  const links = timeline.links.filter((link) => isOwn(link) && inTime(link.from_ts) && inTime(link.to_ts));
  const near = new Set([...own, ...links.flatMap((link) => [link.from_task_id, link.to_task_id])]);
  const seen = (task: TimelineTask): boolean => near.has(task.task_id) && overlaps(task, scope);
  const tasks = timeline.tasks.filter(seen).map((task) => clipTask(task, scope, inTime));
  const shown = new Set(tasks.map((task) => task.task_id));
  const marks = timeline.marks.filter((mark) => own.has(mark.task_id) && shown.has(mark.task_id) && inTime(mark.ts));
  return { ...timeline, tasks, links, marks };
}

function overlaps(task: TimelineTask, { since, until }: ReportScope): boolean {
  const start = task.fork_ts ?? task.start_ts;
  const end = task.reaped_ts ?? task.exit_ts ?? task.end_ts;
  if (since !== undefined && end !== null && BigInt(String(end)) < BigInt(since)) return false;
  return until === undefined || start === null || BigInt(String(start)) <= BigInt(until);
}

/** What lies outside the stretch is neither drawn nor does it stretch the axis. */
function clipTask(task: TimelineTask, { since, until }: ReportScope, inTime: (ts: CellValue) => boolean): TimelineTask {
  const only = (ts: CellValue): CellValue => (inTime(ts) ? ts : null);
  const later = (ts: CellValue): CellValue =>
    ts !== null && since !== undefined && BigInt(String(ts)) < BigInt(since) ? since : ts;
  const sooner = (ts: CellValue): CellValue =>
    ts !== null && until !== undefined && BigInt(String(ts)) > BigInt(until) ? until : ts;
  return {
    ...task,
    start_ts: later(task.start_ts),
    end_ts: sooner(task.end_ts),
    fork_ts: only(task.fork_ts),
    exec_ts: only(task.exec_ts),
    exit_ts: only(task.exit_ts),
    reaped_ts: only(task.reaped_ts),
  };
}

/** The part that is shown, as a sentence; null for the whole capture. */
export function scopeText(scope: ReportScope, timeUnit: string): string | null {
  if (isWhole(scope)) return null;
  const clock = clockFormat(timeUnit);
  const parts = [
    scope.pid === undefined ? '' : `about pid ${scope.pid}`,
    scope.since === undefined ? '' : `from ${clock.ts(scope.since)}`,
    scope.until === undefined ? '' : `until ${clock.ts(scope.until)}`,
  ];
  return `This report tells a part of the capture: ${parts.filter((part) => part !== '').join(', ')}.`;
}
