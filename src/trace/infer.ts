/**
 * Columns of an event that no grammar knows, from samples of its text: probes (`(sym+0x0/0x10) a=1 s="x"`), synthetic and user
 * events, any `key=value` tracepoint. A key is one that every sample has, in the same order: what only looks like a key
 * inside some string does not repeat. Text without such keys gives no columns; the raw text is always kept.
 */

export type InferredType = 'int' | 'hex' | 'string' | 'text';

/** Types of values; `both` is a number as option fields prints it, `0x9 (9)`: the decimal one is captured. */
type ValueType = InferredType | 'both';

export interface InferredField {
  readonly name: string;
  readonly type: InferredType;
}

export interface Inferred {
  /** Valid in RE2 and JavaScript; the first group is never empty when the text matches. */
  readonly pattern: string;
  /** Capture groups after the first, in order. */
  readonly fields: readonly InferredField[];
}

const PROBE = /^\(([^()]*)\)/;
const RETURN_PROBE = /^\([^()]* <- [^()]*\)/;
/** A key begins at the start or after a blank, outside quotes; "key=" only: a colon is as often prose. */
const KEY = /(?:^|[ ,])([A-Za-z_]\w*)=/g;

/** undefined: no columns. */
export function inferGrammar(samples: readonly string[]): Inferred | undefined {
  if (samples.length === 0) return undefined;
  const probe = samples.every((text) => PROBE.test(text));
  const returns = probe && samples.every((text) => RETURN_PROBE.test(text));
  const rests = probe ? samples.map((text) => text.replace(PROBE, '')) : [...samples];
  const keys = commonKeys(rests);
  if (!probe && keys.length === 0) return undefined;
  const values = valuesByKey(rests, keys);
  const fields: InferredField[] = [];
  let pattern = probe ? (returns ? '(\\()([^()]*) <- ([^()]*)\\)' : '(\\()([^()]*)\\)') : '';
  if (returns) fields.push({ name: 'caller', type: 'text' }, { name: 'function', type: 'text' });
  else if (probe) fields.push({ name: 'location', type: 'text' });
  keys.forEach((key, i) => {
    const type = typeOf(values[i] as string[]);
    const lead = i === 0 && !probe ? `(${key}=)` : `,? ${key}=`;
    pattern += lead + valuePattern(type, i === keys.length - 1);
    fields.push({ name: key, type: type === 'both' ? 'int' : type });
  });
  return { pattern, fields };
}

/** Keys that occur in every text, in an order that all texts share. */
function commonKeys(texts: readonly string[]): string[] {
  let common: string[] | undefined;
  for (const text of texts) {
    const keys = keysOf(text);
    common = common === undefined ? keys : inOrder(common, keys);
    if (common.length === 0) break;
  }
  return common ?? [];
}

function keysOf(text: string): string[] {
  const keys: string[] = [];
  for (const match of text.matchAll(KEY)) keys.push(match[1] as string);
  return keys.filter((key, i) => keys.indexOf(key) === i);
}

/** Longest common subsequence of two key lists. */
function inOrder(a: readonly string[], b: readonly string[]): string[] {
  if (a.length === b.length && a.every((key, i) => key === b[i])) return [...a];
  const best: string[][] = Array.from({ length: b.length + 1 }, () => []);
  for (const key of a) {
    let diagonal: string[] = [];
    for (let j = 1; j <= b.length; j++) {
      const above = best[j] as string[];
      if (key === b[j - 1]) best[j] = [...diagonal, key];
      else if ((best[j - 1] as string[]).length > above.length) best[j] = best[j - 1] as string[];
      diagonal = above;
    }
  }
  return best[b.length] as string[];
}

function valuesByKey(texts: readonly string[], keys: readonly string[]): string[][] {
  const split = new RegExp(`^.*?${keys.map((key) => `${key}=(.*)`).join(',? ')}$`, 's');
  const values: string[][] = keys.map(() => []);
  for (const text of texts) {
    const match = split.exec(text);
    if (match === null) continue;
    for (let i = 0; i < keys.length; i++) (values[i] as string[]).push(match[i + 1] as string);
  }
  return values;
}

function typeOf(values: readonly string[]): ValueType {
  const all = (test: RegExp): boolean => values.length > 0 && values.every((value) => test.test(value));
  if (all(/^(?:-?\d{1,20}|\(fault\))$/)) return 'int';
  if (all(/^(?:0x[0-9a-f]{1,16}|\(fault\))$/)) return 'hex';
  if (all(/^(?:0x[0-9a-f]{1,16} |'[\s\S]')?\(-?\d{1,20}\)$/)) return 'both';
  return all(/^(?:"|\(fault\)$)/s) ? 'string' : 'text';
}

function valuePattern(type: ValueType, last: boolean): string {
  if (type === 'both') return "(?:0x[0-9a-f]+ |'.')?\\((-?\\d+)\\)";
  if (type === 'int') return '(-?\\d+|\\(fault\\))';
  if (type === 'hex') return '(0x[0-9a-f]+|\\(fault\\))';
  // A string at the end may have been cut off before its closing quote.
  if (type === 'string') return last ? '(".*|\\(fault\\))' : '(".*"|\\(fault\\))';
  return '(.*)';
}

/** Column name of an event's own field beside the common columns of every event. */
export function fieldColumn(name: string): string {
  return COMMON.has(name) ? `arg_${name}` : name;
}
const COMMON: ReadonlySet<string> = new Set(['event_id', 'ts', 'cpu', 'comm', 'pid']);
