/**
 * What stands after the columns: a stack tag, a syscall, `name: text`, a function line, or something else. Records of the
 * kernel's own types print no name; they get the one that events/ftrace has for them.
 */
import { type EventFields, FORM } from '../trace/record.js';
import { isStapSignal } from './layout-stap.js';
import type { NameTable } from './names.js';
import { SyscallReader } from './syscall.js';

export type BodyKind = 'event' | 'kernel_stack' | 'user_stack' | 'empty';

/** `tracing_mark_write+0x1f2/0x3b0: x`, `do_idle <ffffffff81234567>: x`, `0x1: x`: names that only symbols options print. */
const DRESSED_NAME =
  /^([A-Za-z_][\w.]*|0x[0-9a-f]+|0)(?:\+0x[0-9a-f]+\/0x[0-9a-f]+)?(?: \[\w+\])?(?: <[0-9a-f]{8,16}>)?:(?: |$)/;
/** An event that this kernel cannot print: its module is gone, or option raw or hex. */
const TYPE_ONLY = /^(?:type: |Unknown type |UNKNOWN TYPE )(\d{1,10})$/;
/** Types of ftrace's own records, the same numbers in every kernel (kernel/trace/trace.h, enum trace_type). */
const FTRACE_TYPES: Readonly<Record<string, string>> = {
  1: 'function',
  2: 'context_switch',
  3: 'wakeup',
  5: 'print',
  6: 'bprint',
};
const STACK_TYPE = '4';
/** Records of the wakeup tracers, before 2.6.33 of sched_switch too (trace_ctxwake_print). */
const CTXWAKE = /^ *\d+: *-?\d+:. +(==>|\+) +\[\d+\] +\d+: *-?\d+:. /;
const SYMBOL_ONLY =
  /^(?:[A-Za-z_.][\w.$]*(?:\+0x[0-9a-f]+\/0x[0-9a-f]+)?(?: \[\w+\])?(?:\(.*\))?|0x[0-9a-f]+|0|\[unknown\/kretprobe'd\])(?: <[0-9a-f]{8,16}>)?$/;
const STACK_TAG = /^<(user )?stack trace ?> *$/;

export class BodyReader {
  private readonly names: NameTable;
  private readonly syscalls: SyscallReader;
  /** From the header: bodies of blk, hwlat and others print no event name and take the tracer's. */
  tracer: string | null = null;
  /** trace-cmd fills names up to 20 columns. */
  padded = false;
  /** Among the lines of function_graph a text alone is that of a printk or a marker. */
  inComment = false;

  constructor(names: NameTable) {
    this.names = names;
    this.syscalls = new SyscallReader(names);
  }

  read(bytes: Buffer, start: number, end: number, out: EventFields): BodyKind {
    if (start >= end && !this.inComment) {
      out.nameId = this.names.named('(no text)', 'empty');
      textArgs(out, start, end);
      return 'empty';
    }
    const first = bytes[start] as number;
    if (first === 0x73 && bytes[start + 1] === 0x79 && bytes[start + 2] === 0x73 && bytes[start + 3] === 0x5f) {
      if (this.syscalls.read(bytes, start, end, out)) return 'event';
    }
    if (first === 0x3c /* < */) {
      const tag = STACK_TAG.exec(bytes.toString('latin1', start, Math.min(end, start + 40)));
      if (tag !== null) return tag[1] === undefined ? 'kernel_stack' : 'user_stack';
    }
    let at = start;
    while (at < end && isWordByte(bytes[at] as number)) at++;
    if (at > start && bytes[at] === 0x3a && (at + 1 === end || bytes[at + 1] === 0x20)) {
      const typed = at - start === 4 && first === 0x74 ? this.typeOnly(bytes, start, end, out) : null;
      if (typed !== null) return typed;
      out.nameId = this.names.event(bytes, start, at);
      textArgs(out, Math.min(at + 2, end), end);
      const kind = this.padded ? this.unpad(bytes, out) : 'event';
      if (this.names.isSyscall[out.nameId] === true) this.syscalls.readNamed(bytes, out.argsStart, end, out);
      return kind;
    }
    return this.unusual(bytes, start, end, out);
  }

  /** A line that is text alone. */
  textOnly(start: number, end: number, out: EventFields): void {
    out.nameId = this.names.named('print', 'text');
    textArgs(out, start, end);
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
    const typed = this.typeOnly(bytes, start, end, out);
    if (typed !== null) return typed;
    textArgs(out, start, end);
    const switches = CTXWAKE.exec(text);
    if (switches !== null) out.nameId = this.names.named(switches[1] === '+' ? 'wakeup' : 'context_switch', 'event');
    else if (isStapSignal(text)) out.nameId = this.names.named('stap_signal', 'event');
    else if (/^# [0-9a-f]+ buf:/.test(text)) out.nameId = this.names.named('raw_data', 'event');
    else if (this.inComment) out.nameId = this.names.named('print', 'text');
    else if (text.includes(' <-') || this.isSymbol(text)) out.nameId = this.names.named('function', 'function');
    else out.nameId = this.names.named(this.tracer === null || this.tracer === 'nop' ? 'text' : this.tracer, 'text');
    return 'event';
  }

  /** A function line without its parent (option print-parent off); the latency tracers trace functions too. */
  private isSymbol(text: string): boolean {
    return this.tracer !== null && /^(?:function|wakeup|irqsoff|preempt)/.test(this.tracer) && SYMBOL_ONLY.test(text);
  }

  private typeOnly(bytes: Buffer, start: number, end: number, out: EventFields): BodyKind | null {
    if (end - start > 40) return null;
    const match = TYPE_ONLY.exec(bytes.toString('latin1', start, end));
    if (match === null) return null;
    const type = match[1] as string;
    if (type === STACK_TYPE) return 'kernel_stack';
    out.nameId = this.names.named(FTRACE_TYPES[type] ?? `type_${type}`, 'event');
    textArgs(out, start, end);
    return 'event';
  }

  private unpad(bytes: Buffer, out: EventFields): BodyKind {
    while (out.argsStart < out.argsEnd && bytes[out.argsStart] === 0x20) out.argsStart++;
    const tag = STACK_TAG.exec(bytes.toString('latin1', out.argsStart, Math.min(out.argsEnd, out.argsStart + 40)));
    if (tag === null) return 'event';
    return tag[1] === undefined && this.names.entry(out.nameId).name !== 'user_stack' ? 'kernel_stack' : 'user_stack';
  }
}

function textArgs(out: EventFields, start: number, end: number): void {
  out.form = FORM.text;
  out.argsStart = start;
  out.argsEnd = end;
}

const isWordByte = (byte: number): boolean =>
  (byte >= 0x61 && byte <= 0x7a) ||
  (byte >= 0x30 && byte <= 0x39) ||
  byte === 0x5f ||
  (byte >= 0x41 && byte <= 0x5a) ||
  byte === 0x2e;
