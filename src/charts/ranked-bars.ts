/** The largest first, as bars with the number beside them. */
import type { TopLevelSpec } from 'vega-lite';
import { visible } from '../base/visible.js';
import { SAYING, SPEAKING, said } from './said.js';
import { ROLES } from './theme.js';

export interface RankedItem {
  readonly name: string;
  readonly value: number;
  /** The value as people read it. */
  readonly label: string;
}

const MOST = 12;

/** Draws the given order; the caller sorts. */
export function rankedBars(items: readonly RankedItem[]): TopLevelSpec {
  const values = items.slice(0, MOST).map(({ name, value, label }, order) => ({
    order,
    name: clip(visible(name)),
    value,
    label,
    ...said(`${name}: ${label}`, order),
  }));
  return {
    config: SPEAKING,
    width: 420,
    height: { step: 22 },
    data: { values },
    encoding: {
      y: {
        field: 'order',
        type: 'ordinal',
        axis: {
          title: null,
          domain: false,
          ticks: false,
          labelExpr: labelOf(values),
          labelLimit: 240,
          labelFontSize: 12,
        },
      },
      x: { field: 'value', type: 'quantitative', axis: null, scale: { zero: true } },
    },
    layer: [
      { mark: { type: 'bar', fill: ROLES.level4, height: 13 }, encoding: { description: SAYING } },
      {
        mark: { type: 'text', align: 'left', dx: 6, fill: ROLES.muted },
        encoding: { text: { field: 'label', type: 'nominal' } },
      },
    ],
  };
}

/** Two rows may have the same name, so the axis counts and the words are looked up. */
const labelOf = (values: readonly { name: string }[]): string =>
  `(${JSON.stringify(values.map(({ name }) => name))})[datum.value]`;

const clip = (text: string): string => (text.length > 40 ? `${text.slice(0, 39)}…` : text);
