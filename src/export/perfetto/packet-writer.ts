/** Packets of a Perfetto trace, one after another into a file. Texts that come again are written once and named by a number. */
import { closeSync, openSync, writeSync } from 'node:fs';
import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import { visible } from '../../base/visible.js';
import { ARG, ENTRY, EVENT, INTERNED, PACKET, SEQUENCE, TRACE } from './schema.js';

/** A value of an argument; a bigint is a signed integer of 64 bits. */
export type Arg = string | number | bigint | null;

export interface TrackEvent {
  readonly ts: bigint;
  readonly type: number;
  readonly track: number;
  readonly name?: string | undefined;
  readonly category?: string | undefined;
  /** Names are ours. Those of `repeated` have few values. */
  readonly args?: readonly (readonly [name: string, value: Arg, repeated?: boolean])[];
  /** Flows that begin here, and that end here. */
  readonly flows?: readonly bigint[];
  readonly endingFlows?: readonly bigint[];
}

/** All packets are of one writer, as Perfetto calls it a sequence. */
const SEQUENCE_ID = 1;
/** Packets are gathered up to this many before they are written. */
const BATCH = 1024;
/** Names of more values than this are not worth remembering. */
const MOST_INTERNED = 20_000;

export class PacketWriter {
  packets = 0;
  private readonly file: number;
  private readonly out = new BinaryWriter();
  private readonly interned = new Map<number, Map<string, number>>();
  private fresh: (readonly [kind: number, iid: number, text: string])[] = [];
  private waiting = 0;
  private begun = false;

  constructor(path: string) {
    this.file = openSync(path, 'w');
  }

  /** One packet; `fill` writes what is in it. */
  packet(fill: (out: BinaryWriter) => void): void {
    const { out } = this;
    out.tag(TRACE.packet, WireType.LengthDelimited).fork();
    out.tag(PACKET.sequenceId, WireType.Varint).uint32(SEQUENCE_ID);
    out.tag(PACKET.sequenceFlags, WireType.Varint).uint32(this.begun ? SEQUENCE.needsState : SEQUENCE.stateCleared);
    this.begun = true;
    fill(out);
    out.join();
    this.packets++;
    if (++this.waiting >= BATCH) this.flush();
  }

  event(event: TrackEvent): void {
    const name = event.name === undefined ? undefined : this.intern(INTERNED.names, visible(event.name));
    const category = event.category === undefined ? undefined : this.intern(INTERNED.categories, event.category);
    const args = (event.args ?? []).filter(([, value]) => value !== null).map((arg) => this.arg(arg));
    this.packet((out) => {
      out.tag(PACKET.timestamp, WireType.Varint).uint64(event.ts);
      this.writeFresh(out);
      out.tag(PACKET.trackEvent, WireType.LengthDelimited).fork();
      out.tag(EVENT.type, WireType.Varint).uint32(event.type);
      out.tag(EVENT.track, WireType.Varint).uint64(event.track);
      if (typeof name === 'number') out.tag(EVENT.nameIid, WireType.Varint).uint32(name);
      else if (name !== undefined) out.tag(EVENT.name, WireType.LengthDelimited).string(name);
      if (typeof category === 'number') out.tag(EVENT.categoryIids, WireType.Varint).uint32(category);
      for (const write of args) {
        out.tag(EVENT.annotations, WireType.LengthDelimited).fork();
        write(out);
        out.join();
      }
      for (const flow of event.flows ?? []) out.tag(EVENT.flows, WireType.Bit64).fixed64(flow);
      for (const flow of event.endingFlows ?? []) out.tag(EVENT.endingFlows, WireType.Bit64).fixed64(flow);
      out.join();
    });
  }

  close(): void {
    this.flush();
    closeSync(this.file);
  }

  private arg([name, value, repeated]: readonly [string, Arg, boolean?]): (out: BinaryWriter) => void {
    const nameIid = this.intern(INTERNED.argNames, name) as number;
    const text = typeof value === 'string' ? visible(value) : value;
    const known = repeated === true && typeof text === 'string' ? this.intern(INTERNED.argValues, text) : text;
    const isIid = repeated === true && typeof known === 'number';
    return (out) => {
      out.tag(ARG.nameIid, WireType.Varint).uint32(nameIid);
      if (isIid) out.tag(ARG.textIid, WireType.Varint).uint32(known);
      else if (typeof known === 'number') out.tag(ARG.uint, WireType.Varint).uint64(known);
      else if (typeof known === 'bigint') out.tag(ARG.int, WireType.Varint).int64(known);
      else out.tag(ARG.text, WireType.LengthDelimited).string(String(known));
    };
  }

  /** The number of a text, or the text itself when there are too many of its kind. */
  private intern(kind: number, text: string): number | string {
    const known = this.interned.get(kind) ?? new Map<string, number>();
    this.interned.set(kind, known);
    const found = known.get(text);
    if (found !== undefined) return found;
    if (known.size >= MOST_INTERNED) return text;
    const iid = known.size + 1;
    known.set(text, iid);
    this.fresh.push([kind, iid, text]);
    return iid;
  }

  private writeFresh(out: BinaryWriter): void {
    if (this.fresh.length === 0) return;
    out.tag(PACKET.internedData, WireType.LengthDelimited).fork();
    for (const [kind, iid, text] of this.fresh) {
      out.tag(kind, WireType.LengthDelimited).fork();
      out.tag(ENTRY.iid, WireType.Varint).uint32(iid);
      out.tag(ENTRY.text, WireType.LengthDelimited).string(text);
      out.join();
    }
    out.join();
    this.fresh = [];
  }

  private flush(): void {
    const bytes = this.out.finish();
    for (let at = 0; at < bytes.length; ) at += writeSync(this.file, bytes, at);
    this.waiting = 0;
  }
}
