/**
 * Shapes: one declaration that reads a value of a rules file, says what is wrong with it in words, and gives the JSON Schema
 * that an editor checks it with. A general validator would name the failed keyword; these name the key and the nearest word.
 */
import { didYouMean } from './nearest.js';
import { type Dimension, parseQuantity, type Quantity, quantityPattern, unitsOf } from './quantity.js';
import { describe, type Entry, type Mapping, type Place, type ScalarValue, type Value } from './value.js';

export type JsonSchema = { readonly [keyword: string]: unknown };

export interface Problem {
  readonly place: Place;
  readonly text: string;
}

/** What reading a file knows and gathers. */
export interface Reading {
  readonly vars: ReadonlyMap<string, string>;
  /** Names of variables that some value asked for. */
  readonly used: Set<string>;
  readonly problems: Problem[];
}

/** `read` gives undefined where it has noted a problem. */
export interface Shape<T> {
  read(value: Value, key: string, reading: Reading): T | undefined;
  readonly schema: JsonSchema;
}

export type Read<S> = S extends Shape<infer T> ? T : never;

const wrong = (reading: Reading, place: Place, text: string): undefined => {
  reading.problems.push({ place, text });
};

const expected = (reading: Reading, value: Value, key: string, what: string, more = ''): undefined =>
  wrong(reading, value.place, `${key}: must be ${what}, not ${describe(value)}${more}`);

const VARIABLE = /\$\{([^{}]*)\}/g;
/** Where a variable may stand for a value that is no text. */
const VARIABLE_SCHEMA: JsonSchema = { type: 'string', pattern: '^\\$\\{[A-Za-z_][A-Za-z0-9_]*\\}$' };

function fill(text: string, value: Value, key: string, reading: Reading, quote: (text: string) => string): string {
  return text.replace(VARIABLE, (whole, name: string) => {
    const found = reading.vars.get(name);
    reading.used.add(name);
    if (found !== undefined) return quote(found);
    wrong(
      reading,
      value.place,
      `${key}: no variable ${name}${didYouMean(name, reading.vars.keys())} (--var ${name}=...)`,
    );
    return whole;
  });
}

/** A scalar with its variable replaced: `${limit}` alone becomes a number when the variable is one. */
function scalar(value: Value, key: string, reading: Reading): ScalarValue | undefined {
  if (value.kind !== 'scalar') return undefined;
  if (typeof value.value !== 'string' || !value.value.includes('${')) return value.value;
  const text = fill(value.value, value, key, reading, (found) => found);
  if (!/^\$\{[^{}]*\}$/.test(value.value)) return text;
  if (text === 'true' || text === 'false') return text === 'true';
  return /^-?\d{1,15}(\.\d+)?$/.test(text) ? Number(text) : text;
}

const described = (doc: string | undefined, schema: JsonSchema): JsonSchema =>
  doc === undefined ? schema : { description: doc, ...schema };

export const text = (doc?: string): Shape<string> => ({
  read: (value, key, reading) => {
    const found = scalar(value, key, reading);
    if (typeof found === 'string' && found !== '') return found;
    return typeof found === 'number' ? String(found) : expected(reading, value, key, 'text');
  },
  schema: described(doc, { type: ['string', 'number'], minLength: 1 }),
});

/** SQL: a variable in it can only be data, so its quotes are doubled: write '${comm}'. */
export const sqlText = (doc?: string): Shape<string> => ({
  read: (value, key, reading) => {
    if (value.kind !== 'scalar' || typeof value.value !== 'string' || value.value.trim() === '') {
      return expected(reading, value, key, 'SQL text');
    }
    return fill(value.value, value, key, reading, (found) => found.replaceAll("'", "''"));
  },
  schema: described(doc, { type: 'string', pattern: '\\S' }),
});

export const integer = (least: number, doc?: string): Shape<number> => ({
  read: (value, key, reading) => {
    const found = scalar(value, key, reading);
    if (typeof found === 'number' && Number.isSafeInteger(found) && found >= least) return found;
    return expected(reading, value, key, `a whole number from ${least}`);
  },
  schema: described(doc, {
    anyOf: [{ type: 'integer', minimum: least, maximum: Number.MAX_SAFE_INTEGER }, VARIABLE_SCHEMA],
  }),
});

export const flag = (doc?: string): Shape<boolean> => ({
  read: (value, key, reading) => {
    const found = scalar(value, key, reading);
    return typeof found === 'boolean' ? found : expected(reading, value, key, 'true or false');
  },
  schema: described(doc, { anyOf: [{ type: 'boolean' }, VARIABLE_SCHEMA] }),
});

export const quantity = (dimensions: readonly Dimension[], doc?: string): Shape<Quantity> => ({
  read: (value, key, reading) => {
    const found = scalar(value, key, reading);
    const parsed = typeof found === 'string' || typeof found === 'number' ? parseQuantity(found) : undefined;
    if (parsed !== undefined && dimensions.includes(parsed.dimension)) return parsed;
    return expected(reading, value, key, `a number with its unit (${unitsOf(dimensions)})`);
  },
  schema: described(doc, {
    anyOf: [
      ...(dimensions.includes('number') ? [{ type: 'number', minimum: -1e15, maximum: 1e15 }] : []),
      { type: 'string', pattern: quantityPattern(dimensions) },
      VARIABLE_SCHEMA,
    ],
  }),
});

export const choice = <const T extends string>(words: readonly T[], doc?: string): Shape<T> => ({
  read: (value, key, reading) => {
    const found = scalar(value, key, reading);
    const word = words.find((candidate) => candidate === found);
    if (word !== undefined) return word;
    const meant = typeof found === 'string' ? didYouMean(found, words) : '';
    return expected(reading, value, key, `one of ${words.join(', ')}`, meant);
  },
  schema: described(doc, { anyOf: [{ enum: words }, VARIABLE_SCHEMA] }),
});

export const either = <A, B>(first: Shape<A>, second: Shape<B>, kind: Value['kind'], doc?: string): Shape<A | B> => ({
  // The kind of the value decides, so that a message speaks of the shape that was meant.
  read: (value, key, reading) =>
    value.kind === kind ? first.read(value, key, reading) : second.read(value, key, reading),
  schema: described(doc, { anyOf: [first.schema, second.schema] }),
});

export const listOf = <T>(item: Shape<T>, least: number, doc?: string): Shape<readonly T[]> => ({
  read: (value, key, reading) => {
    if (value.kind !== 'list') return expected(reading, value, key, 'a list');
    if (value.items.length < least) return wrong(reading, value.place, `${key}: needs at least ${least} of them`);
    const items = value.items.map((each, i) => item.read(each, `${key}[${i + 1}]`, reading));
    return items.every((each) => each !== undefined) ? items : undefined;
  },
  schema: described(doc, { type: 'array', items: item.schema, minItems: least }),
});

export const mapOf = <T>(item: Shape<T>, doc?: string): Shape<ReadonlyMap<string, T>> => ({
  read: (value, key, reading) => {
    if (value.kind !== 'map') return expected(reading, value, key, 'a map');
    const found = new Map<string, T>();
    for (const entry of value.entries) {
      const each = item.read(entry.value, `${key}.${entry.key}`, reading);
      if (each !== undefined) found.set(entry.key, each);
    }
    return found;
  },
  schema: described(doc, { type: 'object', additionalProperties: item.schema }),
});

type Fields = Readonly<Record<string, Shape<unknown>>>;
export type RecordOf<F extends Fields, R extends keyof F> = { readonly [K in R]: Read<F[K]> } & {
  readonly [K in Exclude<keyof F, R>]?: Read<F[K]> | undefined;
} & { readonly place: Place };

export interface RecordOptions<R> {
  readonly required: readonly R[];
  /** At least one of these must be there. */
  readonly some?: readonly string[];
  /** At most one of these may be there. */
  readonly single?: readonly string[];
  readonly doc?: string;
}

export function record<F extends Fields, R extends keyof F & string = never>(
  fields: F,
  options: RecordOptions<R>,
): Shape<RecordOf<F, R>> & { readonly fields: F } {
  const names = Object.keys(fields);
  const { required, some = [], single = [], doc } = options;
  const read = (value: Value, key: string, reading: Reading): RecordOf<F, R> | undefined => {
    if (value.kind !== 'map') return expected(reading, value, key, `a map (${names.join(', ')})`);
    const before = reading.problems.length;
    const found: Record<string, unknown> = { place: value.place };
    for (const { key: name, keyPlace, value: inner } of value.entries) {
      const shape = Object.hasOwn(fields, name) ? fields[name] : undefined;
      if (shape === undefined) {
        const meant = didYouMean(name, names);
        wrong(reading, keyPlace, `${key}: no key ${name}${meant === '' ? `; there are ${names.join(', ')}` : meant}`);
      } else found[name] = shape.read(inner, `${key}.${name}`, reading);
    }
    const has = (name: string): boolean => hasKey(value, name);
    for (const name of required) if (!has(name)) wrong(reading, value.place, `${key}: needs ${name}`);
    if (some.length > 0 && !some.some(has)) wrong(reading, value.place, `${key}: needs one of ${some.join(', ')}`);
    const given = single.filter(has);
    if (given.length > 1) wrong(reading, value.place, `${key}: takes only one of ${given.join(', ')}`);
    return reading.problems.length === before ? (found as RecordOf<F, R>) : undefined;
  };
  const properties = Object.fromEntries(names.map((name) => [name, (fields[name] as Shape<unknown>).schema]));
  const demands: JsonSchema[] = [];
  if (some.length > 0) demands.push({ anyOf: some.map((name) => ({ required: [name] })) });
  for (const [i, one] of single.entries()) {
    for (const other of single.slice(i + 1)) demands.push({ not: { required: [one, other] } });
  }
  const schema = described(doc, {
    type: 'object',
    properties,
    additionalProperties: false,
    ...(required.length > 0 ? { required } : {}),
    ...(demands.length > 0 ? { allOf: demands } : {}),
  });
  return { read, schema, fields };
}

const hasKey = (value: Mapping, name: string): boolean => value.entries.some((entry: Entry) => entry.key === name);

/** Records told apart by the one key that only they have. */
export function variants<V extends Readonly<Record<string, Shape<unknown> & { readonly fields: Fields }>>>(
  kinds: V,
  doc?: string,
): Shape<{ [K in keyof V]: { readonly kind: K; readonly of: Read<V[K]> } }[keyof V]> {
  type Found = { [K in keyof V]: { readonly kind: K; readonly of: Read<V[K]> } }[keyof V];
  const names = Object.keys(kinds);
  return {
    read: (value, key, reading) => {
      if (value.kind !== 'map') return expected(reading, value, key, `a map with one of ${names.join(', ')}`);
      const given = names.filter((name) => hasKey(value, name));
      const [only] = given;
      if (given.length > 1) return wrong(reading, value.place, `${key}: takes only one of ${given.join(', ')}`);
      if (only === undefined) {
        const meant = value.entries.map((entry) => didYouMean(entry.key, names)).find((each) => each !== '') ?? '';
        return wrong(reading, value.place, `${key}: needs one of ${names.join(', ')}${meant}`);
      }
      const of = kinds[only]?.read(value, key, reading);
      return of === undefined ? undefined : ({ kind: only, of } as unknown as Found);
    },
    schema: described(doc, { anyOf: Object.values(kinds).map((kind) => kind.schema) }),
  };
}
