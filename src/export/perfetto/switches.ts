/** The scheduler's events as the kernel's own: Perfetto makes run slices per CPU, thread states and wakers of them. */
import { type BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import { visible } from '../../base/visible.js';
import type { PacketWriter } from './packet-writer.js';
import { BUNDLE, FTRACE, PACKET, SWITCH, WAKING } from './schema.js';

type Column = readonly unknown[];

/** Bits of prev_state by letter (kernel 4.4, include/linux/sched.h), which is how Perfetto reads it when it knows no kernel. */
const STATES: Readonly<Record<string, number>> = {
  S: 1,
  D: 2,
  T: 4,
  t: 8,
  X: 16,
  Z: 32,
  x: 64,
  K: 128,
  W: 256,
  P: 512,
  N: 1024,
  I: 1026,
};
const PREEMPTED = 2048;

/** `S`, `R+`, `D|K` -> the number. */
export function stateBits(text: string): number {
  let bits = 0;
  for (const letter of text.replace('+', '').split('|')) bits |= STATES[letter] ?? 0;
  return text.endsWith('+') ? bits | PREEMPTED : bits;
}

/** One chunk of switches.sql: a packet for each run of one CPU; how many events. */
export function writeSwitches(writer: PacketWriter, columns: readonly Column[]): number {
  const cpus = columns[0] as Column;
  for (let from = 0; from < cpus.length; ) {
    let to = from + 1;
    while (to < cpus.length && cpus[to] === cpus[from]) to++;
    writeRun(writer, columns, from, to);
    from = to;
  }
  return cpus.length;
}

function writeRun(writer: PacketWriter, columns: readonly Column[], from: number, to: number): void {
  writer.packet((out) => {
    out.tag(PACKET.ftraceEvents, WireType.LengthDelimited).fork();
    out.tag(BUNDLE.cpu, WireType.Varint).uint32(columns[0]?.[from] as number);
    for (let i = from; i < to; i++) {
      out.tag(BUNDLE.event, WireType.LengthDelimited).fork();
      writeOne(
        out,
        columns.map((column) => column[i]),
      );
      out.join();
    }
    out.join();
  });
}

function writeOne(out: BinaryWriter, row: readonly unknown[]): void {
  const [, kind, ts, pid, comm, taskPid, prio, state, nextComm, nextPid, nextPrio, targetCpu, context] = row;
  const int = (field: number, value: unknown): void => {
    if (typeof value === 'number') out.tag(field, WireType.Varint).int32(value);
  };
  const text = (field: number, value: unknown): void => {
    if (typeof value === 'string') out.tag(field, WireType.LengthDelimited).string(visible(value));
  };
  out.tag(FTRACE.timestamp, WireType.Varint).uint64(ts as bigint);
  int(FTRACE.pid, pid);
  if (context !== 0) out.tag(FTRACE.flags, WireType.Varint).uint32(context as number);
  out.tag(kind as number, WireType.LengthDelimited).fork();
  if (kind === FTRACE.schedSwitch) {
    text(SWITCH.prevComm, comm);
    int(SWITCH.prevPid, taskPid);
    int(SWITCH.prevPrio, prio);
    out.tag(SWITCH.prevState, WireType.Varint).int64(stateBits(String(state)));
    text(SWITCH.nextComm, nextComm);
    int(SWITCH.nextPid, nextPid);
    int(SWITCH.nextPrio, nextPrio);
  } else {
    text(WAKING.comm, comm);
    int(WAKING.pid, taskPid);
    int(WAKING.prio, prio);
    int(WAKING.success, 1);
    int(WAKING.targetCpu, targetCpu);
  }
  out.join();
}
