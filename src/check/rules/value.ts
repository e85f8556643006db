/** What a rules file holds, free of YAML: maps, lists and scalars, each with its place. */
export interface Place {
  readonly file: string;
  /** 1-based. */
  readonly line: number;
}

export type ScalarValue = string | number | boolean | null;

export interface Scalar {
  readonly kind: 'scalar';
  readonly value: ScalarValue;
  readonly place: Place;
}

export interface List {
  readonly kind: 'list';
  readonly items: readonly Value[];
  readonly place: Place;
}

export interface Entry {
  readonly key: string;
  readonly keyPlace: Place;
  readonly value: Value;
}

export interface Mapping {
  readonly kind: 'map';
  readonly entries: readonly Entry[];
  readonly place: Place;
}

export type Value = Scalar | List | Mapping;

/** `a map`, `the text "abc"`: what stands there, in the words of a message. */
export function describe(value: Value): string {
  if (value.kind === 'map') return 'a map';
  if (value.kind === 'list') return 'a list';
  if (value.value === null) return 'nothing';
  return typeof value.value === 'string' ? `the text ${JSON.stringify(value.value.slice(0, 60))}` : String(value.value);
}
