/** What the thread that owns the store and the thread that parses say to each other. */
import type { Bases } from '../../store/bases.js';
import type { BatchMemory } from '../../store/row-batch.js';
import type { Frame } from '../../trace/record.js';
import type { Parsed } from './parse-text.js';

export interface ParserStart {
  readonly bases: Bases;
  /** A ring: filled and emptied in this order. */
  readonly batches: readonly BatchMemory[];
  /** Per batch: FREE or FULL, waited for with Atomics. */
  readonly states: Int32Array<SharedArrayBuffer>;
}

export const FREE = 0;
export const FULL = 1;

/** A piece of the text, null after the last; or the number of a chunk of calls that has been written. */
export type ToParser = Uint8Array | null | number;

export type FromParser =
  | { readonly kind: 'batch'; readonly index: number; readonly memory: BatchMemory }
  /** `memory` comes with a chunk's first message only: every other one would cost the garbage collector its size. */
  | { readonly kind: 'calls'; readonly index: number; readonly memory?: ArrayBufferLike; readonly rows: number }
  | { readonly kind: 'stack'; readonly stackId: number; readonly frames: readonly Frame[] }
  /** So much of the text has been taken. */
  | { readonly kind: 'taken'; readonly bytes: number }
  | { readonly kind: 'parsed'; readonly parsed: Parsed };
