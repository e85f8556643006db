/** Times and durations for people. Input is integer nanoseconds as a number or, beyond 2^53, a decimal string. */
export type Nanoseconds = number | string;

/** The time as the trace prints it: seconds with 6 decimals, with 9 when the clock is finer. */
export function formatTs(ns: Nanoseconds): string {
  const value = BigInt(ns);
  const sign = value < 0n ? '-' : '';
  const size = value < 0n ? -value : value;
  const fraction = (size % 1_000_000_000n).toString().padStart(9, '0');
  return `${sign}${size / 1_000_000_000n}.${fraction.endsWith('000') ? fraction.slice(0, 6) : fraction}`;
}

const STEPS: readonly (readonly [limit: number, size: number, unit: string])[] = [
  [1e3, 1, 'ns'],
  [1e6, 1e3, 'us'],
  [1e9, 1e6, 'ms'],
  [120e9, 1e9, 's'],
  [7200e9, 60e9, 'min'],
  [172_800e9, 3600e9, 'h'],
  [Number.POSITIVE_INFINITY, 86_400e9, 'd'],
];

/** `79 us`, `1.53 ms`, `13.98 s`: at most four digits that carry meaning, never more than the value has. */
export function formatDur(ns: Nanoseconds): string {
  const value = Number(ns);
  const size = Math.abs(value);
  for (const [limit, unitSize, unit] of STEPS) {
    if (size >= limit) continue;
    const scaled = value / unitSize;
    const decimals = Math.abs(scaled) >= 100 ? 1 : Math.abs(scaled) >= 10 ? 2 : 3;
    return `${trimZeros(scaled.toFixed(unitSize === 1 ? 0 : decimals))} ${unit}`;
  }
  return `${value} ns`;
}

const trimZeros = (digits: string): string => (digits.includes('.') ? digits.replace(/\.?0+$/, '') : digits);

/** `43,588`: thousands with a comma, whatever the locale of the machine. */
export const formatCount = (count: number | string): string => String(count).replace(/\B(?=(\d{3})+(?!\d))/g, ',');

/** `3.73 MiB`, `812 B`. */
export function formatBytes(bytes: number | string): string {
  let value = Number(bytes);
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  let unit = 0;
  while (Math.abs(value) >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit += 1;
  }
  return `${unit === 0 ? value : trimZeros(value.toFixed(value >= 100 ? 0 : 2))} ${units[unit]}`;
}

/** How times and durations of one capture are shown. */
export interface ClockFormat {
  ts(time: Nanoseconds): string;
  dur(time: Nanoseconds): string;
}

const NS_FORMAT: ClockFormat = { ts: formatTs, dur: formatDur };
/** A clock that counts (counter, x86-tsc) has no unit that could be claimed: plain numbers. */
const TICK_FORMAT: ClockFormat = {
  ts: String,
  dur: (time) => `${formatCount(time)} ${String(time) === '1' ? 'tick' : 'ticks'}`,
};

/** For a `capture.time_unit`: us and ns are precisions of stamps that are held in ns, tick is a count. */
export const clockFormat = (timeUnit: string): ClockFormat => (timeUnit === 'tick' ? TICK_FORMAT : NS_FORMAT);
