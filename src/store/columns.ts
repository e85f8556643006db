import type { DuckDBDataChunk } from '@duckdb/node-api';
import duckdb from '@duckdb/node-bindings';

/** A column of fixed-width values, filled row by row and copied into a data chunk as a whole. */
export class FixedColumn<T extends Int8Array | Int32Array | BigInt64Array | BigUint64Array | Uint32Array> {
  readonly values: T;
  private readonly index: number;

  constructor(index: number, values: T) {
    this.index = index;
    this.values = values;
  }

  write(chunk: DuckDBDataChunk, rows: number, capacity: number): void {
    const bytes = (this.values.byteLength / capacity) * rows;
    const vector = duckdb.data_chunk_get_vector(chunk.chunk, this.index);
    duckdb.copy_data_to_vector(vector, 0, this.values.buffer as ArrayBuffer, this.values.byteOffset, bytes);
  }
}

/**
 * A VARCHAR column. DuckDB holds a string of up to 12 bytes inside its 16-byte slot (length, then the bytes), so those are
 * written with one copy for the whole column; longer ones are handed over one by one.
 */
export class TextColumn {
  private readonly slots: Buffer;
  private readonly long: { row: number; bytes: Uint8Array }[] = [];
  private readonly index: number;

  constructor(index: number, capacity: number) {
    this.index = index;
    this.slots = Buffer.alloc(capacity * 16);
  }

  /** `bytes` must be UTF-8 and may be a view of a buffer that is reused after the next `write`. */
  set(row: number, bytes: Uint8Array): void {
    const at = row * 16;
    this.slots.fill(0, at, at + 16);
    if (bytes.length > 12) {
      this.long.push({ row, bytes });
      return;
    }
    this.slots[at] = bytes.length;
    this.slots.set(bytes, at + 4);
  }

  setEmpty(row: number): void {
    this.slots.fill(0, row * 16, row * 16 + 16);
  }

  write(chunk: DuckDBDataChunk, rows: number): void {
    const vector = duckdb.data_chunk_get_vector(chunk.chunk, this.index);
    duckdb.copy_data_to_vector(vector, 0, this.slots.buffer as ArrayBuffer, this.slots.byteOffset, rows * 16);
    for (const { row, bytes } of this.long) duckdb.vector_assign_string_element_len(vector, row, bytes);
    this.long.length = 0;
  }
}
