/** What a laid out timeline consists of; all positions in px. */
import type { Lane } from './lanes.js';

/** What a shape stands for: the index into tasks, links or marks of the input. */
export interface ItemRef {
  readonly of: 'task' | 'link' | 'mark';
  readonly index: number;
}

export interface Bar extends ItemRef {
  /** `young` is a life before its exec, `run` time on a CPU, `span` another mark that lasts. */
  readonly role: 'life' | 'young' | 'zombie' | 'run' | 'span';
  /** How many marks the bar stands for, when they lie too close to be told apart. */
  readonly count: number;
  readonly x: number;
  readonly x2: number;
  readonly y: number;
  readonly y2: number;
}

export type ArrowRole = 'create' | 'signal' | 'notify' | 'reap' | 'other';

export interface Arrow extends ItemRef {
  readonly role: ArrowRole;
  readonly inferred: boolean;
  readonly x: number;
  readonly y: number;
  readonly x2: number;
  readonly y2: number;
  /** Height of the bow above the lane, 0 for a straight arrow between two lanes. */
  readonly bend: number;
  /** Everyday life in a crowd: drawn fainter, without a word. */
  readonly quiet: boolean;
  /** How many links the arrow stands for, when they lie too close to be told apart. */
  readonly count: number;
}

export interface Glyph extends ItemRef {
  /** `before` and `after`: the life goes on outside what the capture shows. */
  readonly shape: 'exec' | 'death' | 'exit' | 'point' | 'drop' | 'before' | 'after';
  readonly x: number;
  readonly y: number;
}

export interface Label extends ItemRef {
  readonly role: ArrowRole;
  readonly x: number;
  readonly y: number;
  readonly text: string;
}

export interface AxisTick {
  readonly x: number;
  /** Middle of the words: beside the mark where they would be cut off. */
  readonly labelX: number;
  readonly label: string;
  /** Time since the tick before; null for the first. */
  readonly step: { readonly x: number; readonly text: string } | null;
}

/** A pause that takes a large part of all time but little of the even scale. */
export interface Fold {
  readonly x: number;
  readonly x2: number;
  readonly text: string;
}

export interface PlacedLane extends Lane {
  readonly label: string;
  /** Middle of the life bar. */
  readonly y: number;
  readonly top: number;
  readonly bottom: number;
  readonly labelX: number;
  readonly labelY: number;
  readonly labelWidth: number;
}

export interface Plot {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

export interface TimelineLayout {
  readonly width: number;
  readonly height: number;
  readonly plot: Plot;
  readonly lanes: readonly PlacedLane[];
  readonly bars: readonly Bar[];
  readonly arrows: readonly Arrow[];
  readonly glyphs: readonly Glyph[];
  readonly labels: readonly Label[];
  readonly ticks: readonly AxisTick[];
  readonly folds: readonly Fold[];
}

/** Height of a life bar. */
export const BAR = 10;
/** Width of a character of the small print, for estimates. */
export const CHAR = 6.4;
