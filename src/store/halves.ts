const HIGH = 2 ** 32;

/** Sets a 64-bit row of a column that is held as 32-bit halves, low first. */
export function setHalves(column: Uint32Array, row: number, value: number): void {
  column[row * 2] = value >>> 0;
  column[row * 2 + 1] = Math.floor(value / HIGH);
}
