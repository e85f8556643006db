/**
 * The rows of one DuckDB data chunk, column by column, in memory that two threads can share: the thread that parses fills
 * it, the thread that owns the store appends it.
 */

/** STANDARD_VECTOR_SIZE of DuckDB. */
export const ROWS = 2048;
/** DuckDB holds a string of up to 12 bytes inside its 16-byte slot (length, then the bytes). */
const INLINE = 12;
const SLOT = 16;
/** Room for the longer strings of a batch; a single one that is longer gets a heap of its own size. */
const HEAP = 1 << 17;

/** Bytes per row of the fixed-width columns of `event_row`, in the table's order. */
const WIDTHS = {
  eventId: 8,
  captureId: 4,
  lineNo: 8,
  ts: 8,
  cpu: 4,
  commId: 4,
  pid: 4,
  tgid: 4,
  flagsId: 4,
  nameId: 4,
  form: 1,
  a0: 8,
  a1: 8,
  a2: 8,
} as const;
type Column = keyof typeof WIDTHS;

/** Where each part of `fixed` begins: counters, strings, then the columns, all at multiples of 8. */
const SLOTS_AT = 16;
const LONG_ROWS_AT = SLOTS_AT + ROWS * SLOT;
const LONG_ENDS_AT = LONG_ROWS_AT + ROWS * 4;
const COLUMNS_AT = LONG_ENDS_AT + ROWS * 4;
const places = new Map<Column, number>();
let end = COLUMNS_AT;
for (const [name, width] of Object.entries(WIDTHS)) {
  places.set(name as Column, end);
  end += width * ROWS;
}
const FIXED = end;

/** The columns in the order of the table: where each begins in `fixed`, and its bytes per row. */
export const FIXED_COLUMNS = [...places].map(([name, at]) => ({ at, width: WIDTHS[name] }));
export const TEXT_COLUMN = { index: FIXED_COLUMNS.length, at: SLOTS_AT, width: SLOT };

export interface BatchMemory {
  readonly fixed: ArrayBufferLike;
  heap: ArrayBufferLike;
}

export class RowBatch {
  readonly memory: BatchMemory;
  private readonly counters: Uint32Array;
  readonly eventId: Uint32Array;
  readonly captureId: Int32Array;
  readonly lineNo: Uint32Array;
  readonly ts: Uint32Array;
  readonly cpu: Int32Array;
  readonly commId: Int32Array;
  readonly pid: Int32Array;
  readonly tgid: Int32Array;
  readonly flagsId: Int32Array;
  readonly nameId: Int32Array;
  readonly form: Int8Array;
  /** a0 to a2: pairs of 32-bit halves. */
  readonly values: readonly Uint32Array[];
  private readonly slots: Uint8Array;
  private readonly longRows: Uint32Array;
  private readonly longEnds: Uint32Array;
  private heap: Uint8Array;

  constructor(memory: BatchMemory) {
    const { fixed } = memory;
    this.memory = memory;
    const halves = (name: Column): Uint32Array => new Uint32Array(fixed, places.get(name), ROWS * 2);
    const integers = (name: Column): Int32Array => new Int32Array(fixed, places.get(name), ROWS);
    this.counters = new Uint32Array(fixed, 0, 3);
    this.eventId = halves('eventId');
    this.captureId = integers('captureId');
    this.lineNo = halves('lineNo');
    this.ts = halves('ts');
    this.cpu = integers('cpu');
    this.commId = integers('commId');
    this.pid = integers('pid');
    this.tgid = integers('tgid');
    this.flagsId = integers('flagsId');
    this.nameId = integers('nameId');
    this.form = new Int8Array(fixed, places.get('form'), ROWS);
    this.values = (['a0', 'a1', 'a2'] as const).map(halves);
    this.slots = new Uint8Array(fixed, SLOTS_AT, ROWS * SLOT);
    this.longRows = new Uint32Array(fixed, LONG_ROWS_AT, ROWS);
    this.longEnds = new Uint32Array(fixed, LONG_ENDS_AT, ROWS);
    this.heap = new Uint8Array(memory.heap);
  }

  static memory(shared: boolean): BatchMemory {
    const room = (bytes: number): ArrayBufferLike => (shared ? new SharedArrayBuffer(bytes) : new ArrayBuffer(bytes));
    return { fixed: room(FIXED), heap: room(HEAP) };
  }

  get rows(): number {
    return this.counters[0] as number;
  }

  set rows(rows: number) {
    this.counters[0] = rows;
  }

  clear(): void {
    this.counters.fill(0);
  }

  /** Whether a text of so many bytes still fits in; an empty batch makes room for any. */
  fits(length: number): boolean {
    if (length <= INLINE || (this.counters[2] as number) + length <= this.heap.length) return true;
    if (this.rows > 0) return false;
    const { heap } = this.memory;
    this.memory.heap = heap instanceof ArrayBuffer ? new ArrayBuffer(length) : new SharedArrayBuffer(length);
    this.heap = new Uint8Array(this.memory.heap);
    return true;
  }

  /** Sets the text of a row: `bytes` from `start` up to `end`, UTF-8. */
  setText(row: number, bytes: Uint8Array, start: number, end: number): void {
    const at = row * SLOT;
    const length = end - start;
    this.slots.fill(0, at, at + SLOT);
    if (length > INLINE) {
      const [, longs = 0, used = 0] = this.counters;
      this.heap.set(bytes.subarray(start, end), used);
      this.longRows[longs] = row;
      this.longEnds[longs] = used + length;
      this.counters[1] = longs + 1;
      this.counters[2] = used + length;
      return;
    }
    this.slots[at] = length;
    for (let i = 0; i < length; i++) this.slots[at + 4 + i] = bytes[start + i] as number;
  }

  /** The texts that do not stand in their slots. */
  eachLongText(take: (row: number, text: Uint8Array) => void): void {
    let from = 0;
    for (let i = 0; i < (this.counters[1] as number); i++) {
      const to = this.longEnds[i] as number;
      take(this.longRows[i] as number, this.heap.subarray(from, to));
      from = to;
    }
  }

  /** Takes over what another batch holds. */
  copy(from: RowBatch): void {
    new Uint8Array(this.memory.fixed).set(new Uint8Array(from.memory.fixed));
    const used = this.counters[2] as number;
    if (used > this.heap.length) {
      this.memory.heap = new ArrayBuffer(used);
      this.heap = new Uint8Array(this.memory.heap);
    }
    this.heap.set(from.heap.subarray(0, used));
  }
}
