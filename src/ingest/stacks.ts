import { decodeLossless } from '../base/utf8.js';
import type { RecordSink } from '../trace/record.js';
import { frameStart, parseFrame } from './frame.js';
import type { RecentEvent } from './recent.js';

const TRACEPOINT_FRAME = /=> (?:trace_event_raw_event_|__traceiter_|__bpf_trace_)(\w+)/;

/** Stacks of a capture: each distinct one is given to the sink once, then shared. */
export class StackBook {
  private readonly sink: RecordSink;
  private readonly ids = new Map<string, number>();

  constructor(sink: RecordSink) {
    this.sink = sink;
  }

  /**
   * Does the stack name another tracepoint than the event's? The frame carries the name of the event class, which for most
   * events is the event; only names that share their subsystem's prefix with the event are proof.
   */
  contradicts(block: string, eventName: string): boolean {
    const named = TRACEPOINT_FRAME.exec(block)?.[1];
    if (named === undefined || named === eventName) return false;
    return named.startsWith('signal_') || eventName.startsWith('signal_');
  }

  attach(event: RecentEvent, block: string, space: 'kernel' | 'user'): void {
    if (space === 'kernel') event.kernelStack = block;
    else event.userStack = block;
    const key = `${event.kernelStack ?? ''}\u0000${event.userStack ?? ''}`;
    let id = this.ids.get(key);
    if (id === undefined) {
      id = this.ids.size;
      this.ids.set(key, id);
      this.sink.stack(id, [...frames(event.kernelStack, 'kernel'), ...frames(event.userStack, 'user')]);
    }
    this.sink.attach(event.ordinal, id);
  }
}

function* frames(block: string | null, space: 'kernel' | 'user'): Generator<ReturnType<typeof parseFrame>> {
  for (const line of block?.split('\n') ?? []) {
    const bytes = Buffer.from(line.replace(/\r$/, ''), 'latin1');
    const at = frameStart(bytes, 0, bytes.length);
    if (at >= 0) yield parseFrame(decodeLossless(bytes.subarray(at)), space);
  }
}
