/** Numbers with a unit as people write limits: 2ms, 5%, 64KiB, 100. */
import { formatBytes, formatCount, formatDur } from '../../base/format-time.js';

export type Dimension = 'time' | 'size' | 'percent' | 'number';

export interface Quantity {
  /** Nanoseconds, bytes, percent or the number itself. */
  readonly value: number;
  readonly dimension: Dimension;
}

const UNITS: Readonly<Record<string, readonly [Dimension, number]>> = {
  '': ['number', 1],
  '%': ['percent', 1],
  ns: ['time', 1],
  us: ['time', 1e3],
  ms: ['time', 1e6],
  s: ['time', 1e9],
  min: ['time', 60e9],
  h: ['time', 3600e9],
  B: ['size', 1],
  kB: ['size', 1e3],
  MB: ['size', 1e6],
  GB: ['size', 1e9],
  KiB: ['size', 2 ** 10],
  MiB: ['size', 2 ** 20],
  GiB: ['size', 2 ** 30],
};

const NUMBER = '-?[0-9]{1,15}(?:\\.[0-9]{1,9})?';
const UNIT_WORDS: Readonly<Record<Dimension, string>> = {
  time: 'ns|us|ms|s|min|h',
  size: 'B|kB|MB|GB|KiB|MiB|GiB',
  percent: '%',
  number: '',
};

/** The pattern of the text of a quantity, for a JSON Schema too. */
export const quantityPattern = (dimensions: readonly Dimension[]): string =>
  `^${NUMBER} ?(?:${dimensions.map((dimension) => UNIT_WORDS[dimension]).join('|')})$`;

export function parseQuantity(text: string | number): Quantity | undefined {
  const found = /^(-?\d{1,15}(?:\.\d{1,9})?) ?([A-Za-z%]*)$/.exec(String(text));
  const unit = found === null || !Object.hasOwn(UNITS, found[2] as string) ? undefined : UNITS[found[2] as string];
  if (found === null || unit === undefined) return undefined;
  return { value: Number((Number(found[1]) * unit[1]).toPrecision(15)), dimension: unit[0] };
}

export const unitsOf = (dimensions: readonly Dimension[]): string =>
  dimensions
    .map((dimension) => (dimension === 'number' ? 'a plain number' : UNIT_WORDS[dimension].replaceAll('|', ', ')))
    .join(', ');

export function formatQuantity({ value, dimension }: Quantity): string {
  switch (dimension) {
    case 'time':
      return formatDur(value);
    case 'size':
      return formatBytes(value);
    case 'percent':
      return `${value} %`;
    case 'number':
      return Number.isInteger(value) ? formatCount(value) : String(value);
  }
}
