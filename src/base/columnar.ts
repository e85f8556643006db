/**
 * Rows as columns, for JSON that people mail: each key once, each text once. Values are those of JSON without objects.
 */
type Value = string | number | boolean | null;

export type PackedColumn =
  | { readonly values: readonly Value[] }
  /** Each text once, and per row the index of its text; -1 stands for null. */
  | { readonly texts: readonly string[]; readonly at: readonly number[] };

export interface PackedRows {
  readonly rows: number;
  readonly columns: Readonly<Record<string, PackedColumn>>;
}

type Rows = readonly object[];

/** All rows have the keys of the first one. */
export function packRows(rows: Rows): PackedRows {
  const columns: Record<string, PackedColumn> = {};
  for (const key of Object.keys(rows[0] ?? {})) {
    columns[key] = packColumn(rows.map((row) => (row as Record<string, Value>)[key] ?? null));
  }
  return { rows: rows.length, columns };
}

function packColumn(values: readonly Value[]): PackedColumn {
  if (!values.some((value) => typeof value === 'string')) return { values };
  if (!values.every((value) => typeof value === 'string' || value === null)) return { values };
  const index = new Map<string, number>();
  const at = values.map((value) => {
    if (typeof value !== 'string') return -1;
    const known = index.get(value) ?? index.size;
    index.set(value, known);
    return known;
  });
  return { texts: [...index.keys()], at };
}

export function unpackRows<T>({ rows, columns }: PackedRows): T[] {
  const entries = Object.entries(columns).map(([key, column]) => {
    const values = 'values' in column ? column.values : column.at.map((at) => column.texts[at] ?? null);
    return [key, values] as const;
  });
  return Array.from({ length: rows }, (_row, index) => {
    return Object.fromEntries(entries.map(([key, values]) => [key, values[index] ?? null])) as T;
  });
}
