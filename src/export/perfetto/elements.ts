/** Slices and instants. Slices of one track nest in Perfetto: one that would cross the slice around it becomes an instant. */
import type { PacketWriter } from './packet-writer.js';
import { TYPE } from './schema.js';
import { trackUuid } from './tracks.js';

type Column = readonly unknown[];

interface Open {
  readonly slice: string;
  readonly end: number;
}

export class ElementWriter {
  private readonly open = new Map<number, Open[]>();
  private readonly crossing = new Set<string>();
  private readonly writer: PacketWriter;

  constructor(writer: PacketWriter) {
    this.writer = writer;
  }

  /** One chunk of elements.sql. */
  write(columns: readonly Column[]): void {
    const rows = columns[0]?.length ?? 0;
    for (let i = 0; i < rows; i++) this.one(columns.map((column) => column[i]));
  }

  private one(row: readonly unknown[]): void {
    const [
      phase,
      ts,
      track,
      line,
      slice,
      end,
      event,
      category,
      name,
      args,
      ret,
      errno,
      path,
      text,
      confidence,
      out,
      into,
    ] = row;
    const at = trackUuid(track as number);
    const key = `${String(category)} ${String(slice)}`;
    if (phase === 2) {
      if (this.ends(track as number, key)) this.writer.event({ ts: ts as bigint, type: TYPE.sliceEnd, track: at });
      return;
    }
    const nests =
      phase === 0 && this.begins(track as number, { slice: key, end: end as number }, event as number, ts as bigint);
    this.writer.event({
      ts: ts as bigint,
      type: nests ? TYPE.sliceBegin : TYPE.instant,
      track: at,
      name: name as string,
      category: category as string,
      args: [
        ['line', line as number],
        ['confidence', confidence as string, true],
        ['args', args as string | null],
        ['ret', number(ret as string | null)],
        ['errno', errno as string | null, true],
        ['path', path as string | null],
        ['text', text as string | null],
      ],
      flows: flowIds(out),
      endingFlows: flowIds(into),
    });
  }

  private begins(track: number, slice: Open, event: number, ts: bigint): boolean {
    const stack = this.open.get(track) ?? [];
    this.open.set(track, stack);
    // A slice whose end stands further on, out of order, is over all the same.
    while (stack.length > 0 && (stack.at(-1) as Open).end < event) {
      stack.pop();
      this.writer.event({ ts, type: TYPE.sliceEnd, track: trackUuid(track) });
    }
    const around = stack.at(-1);
    if (around !== undefined && around.end < slice.end) {
      this.crossing.add(slice.slice);
      return false;
    }
    stack.push(slice);
    return true;
  }

  private ends(track: number, key: string): boolean {
    if (this.crossing.delete(key)) return false;
    const stack = this.open.get(track);
    if (stack?.at(-1)?.slice !== key) return false;
    stack.pop();
    return true;
  }
}

/** A return value as a number where it is one: `0x10`, `-2`. */
const number = (text: string | null): string | bigint | null =>
  text !== null && /^(?:-?\d{1,18}|0x[0-9a-f]{1,15})$/.test(text) ? BigInt(text) : text;

const flowIds = (list: unknown): bigint[] => (typeof list === 'string' ? list.split(',').map(BigInt) : []);
