/** Which rows of an answer each mark of a chart stands for, so that the page can fill a mark by those that pass its filter. */
export interface MarkRows {
  /** Rows of the answer, in the order in which marks take them. */
  readonly order: readonly number[];
  /** Per mark where its rows begin in `order`, and the place behind the last. */
  readonly from: readonly number[];
  readonly to: readonly number[];
}

/** From the rows of each mark. */
export function markRows(rows: readonly (readonly number[])[]): MarkRows {
  const order: number[] = [];
  const from: number[] = [];
  const to: number[] = [];
  for (const list of rows) {
    from.push(order.length);
    for (const row of list) order.push(row);
    to.push(order.length);
  }
  return { order, from, to };
}
