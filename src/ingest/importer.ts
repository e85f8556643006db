/** The way in: bytes of a capture in any cut -> events, stacks and an account of every line. */
import type { ByteInterner } from '../base/interner.js';
import { decodeLossless } from '../base/utf8.js';
import type { Account, RecordSink } from '../trace/record.js';
import { BlockReader } from './block-reader.js';
import { WINDOW } from './choose-layout.js';
import { Reader } from './reader.js';
import { refusalOf } from './refusal.js';
import { type Sniffed, sniff } from './sniff.js';
import { Unwrapper } from './unwrap.js';

export class Importer {
  private readonly reader: Reader;
  private readonly blocks: BlockReader;
  private sniffed: Sniffed | null = null;
  private unwrapper: Unwrapper | null = null;
  /** Unwrapped lines that the reader has not used up. */
  private unwrapped: Buffer = Buffer.alloc(0);
  private head = '';

  constructor(sink: RecordSink) {
    this.reader = new Reader(sink);
    this.blocks = new BlockReader(this.reader);
  }

  /** Reads whole lines of `bytes`; returns how many bytes are used up. Pass the rest again, followed by what comes next. */
  consume(bytes: Buffer, last: boolean): number {
    const start = this.sniffed === null ? this.start(bytes, last) : 0;
    if (start < 0) return 0;
    const text = start === 0 ? bytes : bytes.subarray(start);
    if (this.unwrapper === null) return start + this.blocks.consume(text, last);
    const { lines, used } = this.unwrapper.unwrap(text, last);
    const joined = this.unwrapped.length === 0 ? lines : Buffer.concat([this.unwrapped, lines]);
    this.unwrapped = joined.subarray(this.blocks.consume(joined, last));
    return start + used;
  }

  /** Looks at the first bytes; returns where the text begins, -1 when more are needed for it. */
  private start(bytes: Buffer, last: boolean): number {
    if (bytes.length < WINDOW && !last) return -1;
    const bom = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
    const head = bytes.subarray(bom, bom + WINDOW);
    this.head = head.toString('latin1', 0, 8192);
    this.sniffed = sniff(head);
    const { containers, padded } = this.sniffed;
    this.reader.body.padded = padded;
    if (containers.length > 0) {
      this.unwrapper = new Unwrapper(containers);
      this.reader.wrapped = true;
    }
    return bom;
  }

  /** After the last block: the account of everything that is no event. */
  finish(): Account {
    const { reader } = this;
    const { events, stackBlocks } = reader.writer;
    const { tally, header, misfit } = reader;
    const firstTs = tally.firstTs === null ? null : BigInt(tally.firstTs);
    reader.losses.finish(header.facts, BigInt(events + stackBlocks), firstTs);
    const containers = (this.sniffed?.containers ?? []).map(({ name }) => name);
    return {
      dialect: this.dialect(containers),
      header: { ...header.facts, text: lossless(header.facts.text) },
      lines: tally.lines,
      timeUnit: tally.timeUnit,
      events,
      stacks: stackBlocks,
      firstTs,
      lastTs: tally.lastTs === null ? null : BigInt(tally.lastTs),
      issues: reader.issues.list().map((issue) => ({ ...issue, text: lossless(issue.text) })),
      losses: reader.losses.list(),
      refusal: refusalOf(
        events + stackBlocks,
        tally.lines,
        header.facts,
        misfit === null ? null : { ...misfit, text: lossless(misfit.text) },
        this.head,
        containers,
      ),
      names: reader.names.entries,
      syscalls: reader.names.syscallNames,
      comms: texts(reader.comms).map((comm) => (comm === '\u0000' ? null : comm)),
      flags: texts(reader.flags),
    };
  }

  /** The layouts by name; what printed or wrapped them in place of `ftrace`. */
  private dialect(containers: readonly string[]): string {
    const { section, header } = this.reader;
    const wrapped = containers.find((name) => name === 'dmesg' || name === 'systrace' || name === 'pasted');
    const tool = wrapped ?? (header.perfetto ? 'perfetto' : (this.sniffed?.tool ?? 'ftrace'));
    const names = [...section.layouts].map((name) => name.replace(/^ftrace/, tool));
    return names.join('+') || 'unknown';
  }
}

/** Text that was looked at as one character per byte. */
const lossless = (latin1: string): string => decodeLossless(Buffer.from(latin1, 'latin1'));

const texts = (interner: ByteInterner): string[] =>
  Array.from({ length: interner.size }, (_, id) => decodeLossless(interner.bytes(id)));
