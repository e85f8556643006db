/**
 * Gives equal byte ranges equal small integers, without making a string for a range seen before.
 * Ids count up from 0 in order of first sight; `text(id)` is the latin1 text of the bytes.
 */
export class ByteInterner {
  private readonly starts: number[] = [];
  private readonly ends: number[] = [];
  private readonly hashes: number[] = [];
  private pool = Buffer.allocUnsafe(1 << 14);
  private poolEnd = 0;
  private slots = new Int32Array(1 << 10).fill(-1);

  get size(): number {
    return this.starts.length;
  }

  /** Id of the bytes from `start` up to `end`. */
  intern(bytes: Uint8Array, start: number, end: number): number {
    let hash = 0x811c9dc5;
    for (let i = start; i < end; i++) hash = Math.imul(hash ^ (bytes[i] as number), 0x01000193);
    hash ^= hash >>> 15;
    const mask = this.slots.length - 1;
    let slot = hash & mask;
    for (;;) {
      const id = this.slots[slot] as number;
      if (id < 0) return this.add(bytes, start, end, hash, slot);
      if (this.hashes[id] === hash && this.equals(id, bytes, start, end)) return id;
      slot = (slot + 1) & mask;
    }
  }

  bytes(id: number): Uint8Array {
    return this.pool.subarray(this.starts[id], this.ends[id]);
  }

  text(id: number): string {
    return this.pool.toString('latin1', this.starts[id], this.ends[id]);
  }

  private equals(id: number, bytes: Uint8Array, start: number, end: number): boolean {
    const from = this.starts[id] as number;
    if ((this.ends[id] as number) - from !== end - start) return false;
    for (let i = start, j = from; i < end; i++, j++) if (bytes[i] !== this.pool[j]) return false;
    return true;
  }

  private add(bytes: Uint8Array, start: number, end: number, hash: number, slot: number): number {
    const id = this.starts.length;
    const length = end - start;
    if (this.poolEnd + length > this.pool.length) {
      const grown = Buffer.allocUnsafe(Math.max(this.pool.length * 2, this.poolEnd + length));
      this.pool.copy(grown, 0, 0, this.poolEnd);
      this.pool = grown;
    }
    this.pool.set(bytes.subarray(start, end), this.poolEnd);
    this.starts.push(this.poolEnd);
    this.poolEnd += length;
    this.ends.push(this.poolEnd);
    this.hashes.push(hash);
    this.slots[slot] = id;
    if (id * 2 > this.slots.length) this.grow();
    return id;
  }

  private grow(): void {
    const slots = new Int32Array(this.slots.length * 4).fill(-1);
    const mask = slots.length - 1;
    for (let id = 0; id < this.hashes.length; id++) {
      let slot = (this.hashes[id] as number) & mask;
      while ((slots[slot] as number) >= 0) slot = (slot + 1) & mask;
      slots[slot] = id;
    }
    this.slots = slots;
  }
}
