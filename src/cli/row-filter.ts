/** --since, --until, --pid, --comm -> a condition on the columns that an answer has. */
import { usageError } from '../base/errors.js';
import type { CellValue } from '../trace/result.js';
import { isMoment } from './format/cell.js';
import type { FilterOptions, Moment } from './options.js';

export interface RowFilter {
  readonly sql: string;
  readonly values: Readonly<Record<string, CellValue>>;
}

/** What times mean in this store. */
export interface TimeBase {
  /** First time of the capture as in table `capture`; of several captures each has its own. */
  readonly firstTs: CellValue | 'each';
  readonly ticks: boolean;
  /** Some captures count ticks, others seconds. */
  readonly mixed?: boolean;
}

/**
 * A row stays when one of its pid columns is the pid, one of its comm columns is the name, and one of its times lies in the
 * window. A usage error when the answer has no such column: a filter that does nothing would mislead.
 */
export function rowFilter(
  id: string,
  columns: readonly { readonly name: string }[],
  options: FilterOptions,
  time: TimeBase,
): RowFilter | undefined {
  const conditions: string[] = [];
  const values: Record<string, CellValue> = {};
  const named = (option: string, fits: (name: string) => boolean): string[] => {
    const found = columns.filter((column) => fits(column.name)).map((column) => quoted(column.name));
    if (found.length === 0) throw usageError(`${option}: an answer of ${id} has no column that it could apply to`);
    return found;
  };
  if (options.pid !== undefined) {
    values.only_pid = options.pid;
    conditions.push(any(named('--pid', isPid), (name) => `${name} = $only_pid`));
  }
  if (options.comm !== undefined) {
    values.only_comm = options.comm;
    conditions.push(any(named('--comm', isComm), (name) => `${name} = $only_comm`));
  }
  if (options.since !== undefined || options.until !== undefined) {
    const times = named(options.since === undefined ? '--until' : '--since', isMoment);
    values.from_time = options.since === undefined ? null : absolute(options.since, time);
    values.to_time = options.until === undefined ? null : absolute(options.until, time);
    conditions.push(
      any(
        times,
        (name) =>
          `(${name} >= coalesce($from_time::BIGINT, ${name}) AND ${name} <= coalesce($to_time::BIGINT, ${name}))`,
      ),
    );
  }
  return conditions.length === 0 ? undefined : { sql: conditions.join(' AND '), values };
}

const isPid = (name: string): boolean => name === 'pid' || name.endsWith('_pid');
const isComm = (name: string): boolean => name === 'comm' || name.endsWith('_comm');

const any = (names: readonly string[], condition: (name: string) => string): string =>
  `(${names.map(condition).join(' OR ')})`;

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** A moment in ns (or ticks) of the trace's clock. */
export function absolute(moment: Moment, { firstTs, ticks, mixed = false }: TimeBase): string {
  if (mixed) throw usageError('a time: some captures count ticks, others seconds', 'choose one with --capture');
  const value = ticks ? moment.ticks : moment.ns;
  if (!moment.relative) return value.toString();
  if (firstTs === 'each')
    throw usageError(
      'a +offset counts from the start of one capture, and there are several',
      'choose one with --capture',
    );
  if (firstTs === null) throw usageError('the capture has no times, so there is nothing to count from');
  return (BigInt(String(firstTs)) + value).toString();
}
