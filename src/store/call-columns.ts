/** Rows of `syscall_row`, column by column, as many as a data chunk of DuckDB has. */
import { ROWS } from './row-batch.js';

const WIDTHS = {
  captureId: 4,
  enterId: 8,
  exitId: 8,
  pid: 4,
  syscallId: 4,
  enterTs: 8,
  exitTs: 8,
  ret: 8,
  torn: 1,
  form: 1,
  a0: 8,
  a1: 8,
  a2: 8,
  a3: 8,
  a4: 8,
  a5: 8,
} as const;
type Column = keyof typeof WIDTHS;
const VALUES = ['a0', 'a1', 'a2', 'a3', 'a4', 'a5'] as const;

/** What a row lacks, bits of `lacks`; the columns that are NULL then. */
export const LACKS = { enter: 1, exit: 2, ret: 4 } as const;
const NULLABLE: Partial<Record<Column, number>> = {
  enterId: LACKS.enter,
  enterTs: LACKS.enter,
  exitId: LACKS.exit,
  exitTs: LACKS.exit,
  ret: LACKS.ret,
};

const places = new Map<Column, number>();
let end = ROWS;
for (const [name, width] of Object.entries(WIDTHS)) {
  places.set(name as Column, end);
  end += width * ROWS;
}
const BYTES = end;

/** The columns in the order of the table: where each begins, its bytes per row, and what a row lacks where it is NULL. */
export const CALL_COLUMNS = [...places].map(([name, at]) => ({ at, width: WIDTHS[name], lack: NULLABLE[name] ?? 0 }));

export class CallColumns {
  readonly memory: ArrayBufferLike;
  rows = 0;
  readonly lacks: Uint8Array;
  readonly captureId: Int32Array;
  readonly pid: Int32Array;
  readonly syscallId: Int32Array;
  readonly torn: Uint8Array;
  readonly form: Int8Array;
  /** Pairs of 32-bit halves, low first. */
  readonly enterId: Uint32Array;
  readonly exitId: Uint32Array;
  readonly enterTs: Uint32Array;
  readonly exitTs: Uint32Array;
  readonly ret: Uint32Array;
  readonly values: readonly Uint32Array[];

  constructor(memory: ArrayBufferLike, rows = 0) {
    const halves = (name: Column): Uint32Array => new Uint32Array(memory, places.get(name), ROWS * 2);
    const integers = (name: Column): Int32Array => new Int32Array(memory, places.get(name), ROWS);
    this.memory = memory;
    this.rows = rows;
    this.lacks = new Uint8Array(memory, 0, ROWS);
    this.captureId = integers('captureId');
    this.pid = integers('pid');
    this.syscallId = integers('syscallId');
    this.torn = new Uint8Array(memory, places.get('torn'), ROWS);
    this.form = new Int8Array(memory, places.get('form'), ROWS);
    this.enterId = halves('enterId');
    this.exitId = halves('exitId');
    this.enterTs = halves('enterTs');
    this.exitTs = halves('exitTs');
    this.ret = halves('ret');
    this.values = VALUES.map(halves);
  }

  /** Memory that is shared goes from thread to thread as it is: handing it over would slow down every typed array of a thread. */
  static memory(shared: boolean): ArrayBufferLike {
    return shared ? new SharedArrayBuffer(BYTES) : new ArrayBuffer(BYTES);
  }
}
