/**
 * What stands after the columns: a stack tag, a syscall, `name: text`, a function line, or something else.
 */
import { type EventFields, FORM } from '../trace/record.js';
import type { NameTable } from './names.js';
import { SyscallReader } from './syscall.js';

export type BodyKind = 'event' | 'kernel_stack' | 'user_stack' | 'empty';

/** `tracing_mark_write+0x1f2/0x3b0: x`, `do_idle <ffffffff81234567>: x`, `0x1: x`: names that only symbols options print. */
const DRESSED_NAME =
  /^([A-Za-z_][\w.]*|0x[0-9a-f]+|0)(?:\+0x[0-9a-f]+\/0x[0-9a-f]+)?(?: \[\w+\])?(?: <[0-9a-f]{8,16}>)?:(?: |$)/;
const STACK_TAG = Buffer.from('<stack trace>', 'latin1');
const USER_STACK_TAG = Buffer.from('<user stack trace>', 'latin1');

export class BodyReader {
  private readonly names: NameTable;
  private readonly syscalls: SyscallReader;
  /** From the header: bodies of blk, hwlat and others print no event name and take the tracer's. */
  tracer: string | null = null;

  constructor(names: NameTable) {
    this.names = names;
    this.syscalls = new SyscallReader(names);
  }

  read(bytes: Buffer, start: number, end: number, out: EventFields): BodyKind {
    if (start >= end) {
      out.nameId = this.names.named('(no text)', 'empty');
      textArgs(out, start, end);
      return 'empty';
    }
    const first = bytes[start] as number;
    if (first === 0x73 && bytes[start + 1] === 0x79 && bytes[start + 2] === 0x73 && bytes[start + 3] === 0x5f) {
      if (this.syscalls.read(bytes, start, end, out)) return 'event';
    }
    if (first === 0x3c /* < */) {
      if (matches(bytes, start, end, STACK_TAG)) return 'kernel_stack';
      if (matches(bytes, start, end, USER_STACK_TAG)) return 'user_stack';
    }
    let at = start;
    while (at < end && isWordByte(bytes[at] as number)) at++;
    if (at > start && bytes[at] === 0x3a && (at + 1 === end || bytes[at + 1] === 0x20)) {
      out.nameId = this.names.event(bytes, start, at);
      textArgs(out, Math.min(at + 2, end), end);
      return 'event';
    }
    return this.unusual(bytes, start, end, out);
  }

  private unusual(bytes: Buffer, start: number, end: number, out: EventFields): BodyKind {
    const text = bytes.toString('latin1', start, Math.min(end, start + 512));
    const dressed = DRESSED_NAME.exec(text);
    if (dressed !== null) {
      const name = dressed[1] as string;
      out.nameId = this.names.named(name, name === 'tracing_mark_write' ? 'marker' : 'event');
      textArgs(out, start + dressed[0].length, end);
      return 'event';
    }
    textArgs(out, start, end);
    if (text.includes(' <-') || (this.tracer?.startsWith('function') && /^[^\s:]+(?:\(.*\))?$/.test(text))) {
      out.nameId = this.names.named('function', 'function');
    } else {
      out.nameId = this.names.named(this.tracer === null || this.tracer === 'nop' ? 'text' : this.tracer, 'text');
    }
    return 'event';
  }
}

function textArgs(out: EventFields, start: number, end: number): void {
  out.form = FORM.text;
  out.argsStart = start;
  out.argsEnd = end;
}

function matches(bytes: Buffer, start: number, end: number, tag: Buffer): boolean {
  let stop = end;
  while (stop > start && bytes[stop - 1] === 0x20) stop--;
  return stop - start === tag.length && tag.compare(bytes, start, stop) === 0;
}

const isWordByte = (byte: number): boolean =>
  (byte >= 0x61 && byte <= 0x7a) ||
  (byte >= 0x30 && byte <= 0x39) ||
  byte === 0x5f ||
  (byte >= 0x41 && byte <= 0x5a) ||
  byte === 0x2e;
