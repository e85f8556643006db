/**
 * How the lines of an event read that nobody described: inferred from samples, for each capture on its own, because people give
 * different probes the same name.
 */
import { literal } from '../base/sql-text.js';
import { type Inferred, inferGrammar } from '../trace/infer.js';
import type { Store } from './store.js';
import { inCaptures, type OfCaptures, type TextShape } from './text-relation.js';

export interface CaptureShape {
  readonly captures: OfCaptures;
  readonly shape: TextShape;
}

export interface EventShapes {
  /** What each capture's lines are alone. */
  readonly own: readonly CaptureShape[];
  /** The same with one type for each field: captures whose lines have the same fields share a shape. */
  readonly shared: readonly TextShape[];
}

/** `samples`: lines of the event by capture. */
export async function eventShapes(
  store: Store,
  name: string,
  samples: ReadonlyMap<number | string, readonly string[]>,
): Promise<EventShapes> {
  const read = [...samples].map(([capture, lines]) => ({ capture, lines, inferred: inferGrammar(lines) }));
  const shapeOf = async (group: Group, alone: boolean): Promise<CaptureShape[]> => {
    const inferred = group.length === 1 ? group[0]?.inferred : inferGrammar(group.flatMap(({ lines }) => lines));
    if (inferred === undefined) return [];
    const captures = alone ? undefined : group.map(({ capture }) => capture);
    return [{ captures, shape: await fitted(store, name, inferred, captures) }];
  };
  const groups = async (key: (inferred: Inferred | undefined) => string): Promise<CaptureShape[]> => {
    const grouped = groupBy(read, ({ inferred }) => key(inferred));
    const shapes: CaptureShape[] = [];
    for (const group of grouped) shapes.push(...(await shapeOf(group, grouped.length === 1)));
    return shapes;
  };
  const own = await groups((inferred) => JSON.stringify(inferred?.fields.map((field) => [field.name, field.type])));
  if (own.length < 2) return { own, shared: own.map(({ shape }) => shape) };
  const shared = await groups((inferred) => JSON.stringify(inferred?.fields.map((field) => field.name)));
  return { own, shared: shared.map(({ shape }) => shape) };
}

interface Read {
  readonly capture: number | string;
  readonly lines: readonly string[];
  readonly inferred: Inferred | undefined;
}
type Group = readonly Read[];

function groupBy(read: readonly Read[], key: (one: Read) => string): Group[] {
  const groups = new Map<string, Read[]>();
  for (const one of read) {
    const group = groups.get(key(one));
    if (group === undefined) groups.set(key(one), [one]);
    else group.push(one);
  }
  return [...groups.values()];
}

/** Samples are not all lines: a type that some line contradicts becomes text. */
async function fitted(store: Store, name: string, inferred: Inferred, captures: OfCaptures): Promise<TextShape> {
  const numbers = inferred.fields.filter((field) => field.type === 'int' || field.type === 'hex');
  if (numbers.length > 0) {
    const [row] = await store.rows(
      `SELECT count(*) AS missed FROM text_event
       WHERE name = ${literal(name)} AND ${inCaptures('capture_id', captures)}
         AND NOT regexp_full_match(args, ${literal(`(?s)${inferred.pattern}`)})`,
    );
    if (Number(row?.missed) > 0) {
      const text = inferred.fields.map((field) => ({ name: field.name, type: 'text' as const }));
      const pattern = inferred.pattern.replaceAll(/\((?:-\?\\d\+|0x\[0-9a-f\]\+)\|\\\(fault\\\)\)/g, '(.*)');
      return { pattern, fields: text, marked: true };
    }
  }
  return { pattern: inferred.pattern, fields: inferred.fields, marked: true };
}
