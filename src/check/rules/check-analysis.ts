/** Whether a rule speaks of analyses, parameters and columns that there are. */
import { didYouMean } from './nearest.js';
import type { Dimension, Quantity } from './quantity.js';
import type { RuleSource } from './rule-shape.js';
import type { Problem } from './shape.js';
import type { Place } from './value.js';

/** A column's unit, null where it has none. */
export interface AnalysisShape {
  readonly columns: ReadonlyMap<string, string | null>;
  /** Parameter -> whether it must be given. */
  readonly params: ReadonlyMap<string, boolean>;
}

export interface Catalogue {
  readonly analyses: ReadonlyMap<string, AnalysisShape>;
}

interface Asked {
  readonly place: Place;
  readonly analysis?: string | undefined;
  readonly params?: ReadonlyMap<string, string> | undefined;
  readonly columns: readonly (readonly [key: string, column: string])[];
  readonly limits: readonly (readonly [key: string, column: string | undefined, limit: Quantity | undefined])[];
}

export function checkAnalysis(rule: RuleSource, catalogue: Catalogue, problems: Problem[]): void {
  const asked = askedOf(rule);
  if (asked?.analysis === undefined) return;
  const note = (text: string): void => {
    problems.push({ place: asked.place, text });
  };
  const shape = catalogue.analyses.get(asked.analysis);
  if (shape === undefined) {
    const meant = didYouMean(asked.analysis, catalogue.analyses.keys());
    const there = meant === '' ? `; there are ${[...catalogue.analyses.keys()].join(', ')}` : meant;
    note(`analysis: there is no ${asked.analysis}${there}`);
    return;
  }
  const params = [...shape.params.keys()];
  for (const name of asked.params?.keys() ?? []) {
    if (!shape.params.has(name)) note(`params: ${asked.analysis} has no ${name}${didYouMean(name, params)}`);
  }
  for (const [name, required] of shape.params) {
    if (required && asked.params?.has(name) !== true) note(`params: ${asked.analysis} needs ${name}`);
  }
  for (const [key, column] of asked.columns) {
    if (shape.columns.has(column)) continue;
    const meant = didYouMean(column, shape.columns.keys());
    note(
      `${key}: ${asked.analysis} has no column ${column}${meant || `; there are ${[...shape.columns.keys()].join(', ')}`}`,
    );
  }
  for (const [key, column, limit] of asked.limits) {
    const unit = column === undefined ? undefined : shape.columns.get(column);
    if (unit === undefined || limit === undefined || fits(limit.dimension, unit)) continue;
    note(`${key}: column ${column} of ${asked.analysis} is ${unit === 'ns' ? 'a time' : `no ${limit.dimension}`}`);
  }
}

function fits(dimension: Dimension, unit: string | null): boolean {
  if (dimension === 'number') return true;
  return dimension === 'time' ? unit === 'ns' : dimension === 'size' ? unit === 'bytes' : false;
}

function askedOf({ assert, compare }: RuleSource): Asked | undefined {
  if (compare !== undefined) {
    const keys = typeof compare.key === 'string' ? [compare.key] : compare.key;
    const { metric } = compare;
    return {
      ...compare,
      columns: [
        ...keys.map((key) => ['key', key] as const),
        ...(metric === undefined ? [] : [['metric', metric] as const]),
      ],
      limits: [],
    };
  }
  if (assert?.kind !== 'analysis') return undefined;
  const { column, min, max } = assert.of;
  return {
    ...assert.of,
    columns: column === undefined ? [] : [['column', column] as const],
    limits: [
      ['min', column, min],
      ['max', column, max],
    ],
  };
}
