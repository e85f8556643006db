/** Reads a trace as the importer does and gives back what it hands on, as plain values. */
import { decodeLossless } from '../../src/base/utf8.js';
import { forEachBlock } from '../../src/ingest/blocks.js';
import { Importer } from '../../src/ingest/importer.js';
import {
  type Account,
  type EventFields,
  type Frame,
  NO_TIME_HIGH,
  NO_TIME_LOW,
  valueCount,
} from '../../src/trace/record.js';

export interface ReadEvent {
  readonly lineNo: number;
  readonly name: string;
  readonly kind: string;
  readonly comm: string | null;
  readonly pid: number | null;
  readonly tgid: number | null;
  readonly cpu: number | null;
  readonly flags: string;
  /** ns or ticks; null: the line has no time. */
  readonly ts: bigint | null;
  readonly args: string;
  readonly values: readonly bigint[];
  /** Symbols of the stack, innermost first; null without a stack. */
  readonly stack: readonly (string | null)[] | null;
}

export interface ReadTrace {
  readonly events: readonly ReadEvent[];
  readonly account: Account;
}

interface Held {
  readonly fields: EventFields;
  readonly args: string;
  stack: number | null;
  owner: { pid: number; commId: number } | null;
}

/** The whole input as one block. */
export function readTrace(input: string | Buffer): ReadTrace {
  const gathered = gather();
  gathered.importer.consume(Buffer.isBuffer(input) ? input : Buffer.from(input, 'utf8'), true);
  return gathered.finish();
}

/** The input in blocks as they come from `cut`. */
export function readBlocks(input: Buffer, sizes: Iterator<number>): ReadTrace {
  const gathered = gather();
  let rest = Buffer.alloc(0);
  for (let at = 0; at < input.length; ) {
    const size = Math.max(1, sizes.next().value as number);
    const bytes = Buffer.concat([rest, input.subarray(at, at + size)]);
    at += size;
    rest = Buffer.from(bytes.subarray(gathered.importer.consume(bytes, false)));
  }
  gathered.importer.consume(rest, true);
  return gathered.finish();
}

/** The input in chunks, through the same gathering of blocks as a file. */
export async function readChunks(input: Buffer, size: number): Promise<ReadTrace> {
  const gathered = gather();
  const chunks = function* (): Generator<Uint8Array> {
    for (let at = 0; at < input.length; at += size) yield input.subarray(at, at + size);
  };
  await forEachBlock(chunks(), (block, last) => gathered.importer.consume(block, last));
  return gathered.finish();
}

function gather(): { importer: Importer; finish: () => ReadTrace } {
  const held: Held[] = [];
  const stacks: (readonly Frame[])[] = [];
  const importer = new Importer({
    event(event) {
      const text = decodeLossless(Buffer.from(event.bytes.subarray(event.argsStart, event.argsEnd)));
      held.push({ fields: { ...event, values: event.values.slice() }, args: text, stack: null, owner: null });
    },
    stack(stackId, frames) {
      stacks[stackId] = frames;
    },
    attach(ordinal, stackId) {
      (held[ordinal] as Held).stack = stackId;
    },
    own(cpu, from, to, pid, commId) {
      for (const event of held.slice(from, to)) {
        if (event.fields.cpu === cpu && event.fields.pid < 0) event.owner = { pid, commId };
      }
    },
  });
  return {
    importer,
    finish: () => {
      const account = importer.finish();
      return { account, events: held.map((event) => plain(event, stacks, account)) };
    },
  };
}

function plain(
  { fields, args, stack, owner }: Held,
  stacks: readonly (readonly Frame[])[],
  account: Account,
): ReadEvent {
  const entry = account.names[fields.nameId];
  const value = (i: number): bigint =>
    (BigInt(fields.values[i * 2 + 1] as number) << 32n) | BigInt(fields.values[i * 2] as number);
  const values = Array.from({ length: valueCount(fields.form) }, (_, i) => value(i));
  const known = (number: number): number | null => (number < 0 ? null : number);
  return {
    lineNo: fields.lineNo,
    name: entry?.name ?? '?',
    kind: entry?.kind ?? '?',
    comm: account.comms[owner?.commId ?? fields.commId] ?? null,
    pid: known(owner?.pid ?? fields.pid),
    tgid: known(fields.tgid),
    cpu: known(fields.cpu),
    flags: account.flags[fields.flagsId] ?? '?',
    ts: time(fields),
    args,
    values,
    stack: stack === null ? null : (stacks[stack] ?? []).map(({ symbol }) => symbol),
  };
}

function time({ tsLow, tsHigh }: EventFields): bigint | null {
  if (tsLow === NO_TIME_LOW && tsHigh === NO_TIME_HIGH) return null;
  return BigInt.asIntN(64, (BigInt(tsHigh) << 32n) | BigInt(tsLow));
}

/** Sum of the line classes. */
export const classified = ({ lines }: Account): number =>
  lines.header + lines.record + lines.frame + lines.continuation + lines.marker + lines.unknown;
