/** The tracks of a Perfetto trace: a process and a thread per life of a pid, and one per CPU for what no task did. */
import { WireType } from '@bufbuild/protobuf/wire';
import { visible } from '../../base/visible.js';
import type { Row } from '../../trace/result.js';
import type { PacketWriter } from './packet-writer.js';
import { PACKET, PROCESS, THREAD, TRACK, TYPE } from './schema.js';

/** Lives of a pid are told apart by their tracks: Perfetto takes a second track of one tid for a reuse of the number. */
const THREADS = 2 ** 40;
const PROCESSES = 2 ** 41;
const CPUS = 2 ** 42;
export const LOSSES = 2 ** 43;

/** Of a track as elements.sql numbers it: a task_id, or -2 - cpu, or -1. */
export const trackUuid = (track: number): number => (track >= 0 ? THREADS + track : CPUS - 1 - track);

export function writeTasks(writer: PacketWriter, tasks: readonly Row[]): void {
  const processes = new Set<number>();
  for (const task of tasks) {
    const process = Number(task.process_task_id ?? task.task_id);
    if (!processes.has(process)) {
      processes.add(process);
      const name = String(task.process_comm ?? task.comm ?? `pid ${String(task.tgid)}`);
      descriptor(writer, PROCESSES + process, (out) => {
        out.tag(TRACK.process, WireType.LengthDelimited).fork();
        out.tag(PROCESS.pid, WireType.Varint).int32(Number(task.tgid));
        out.tag(PROCESS.name, WireType.LengthDelimited).string(visible(name));
        out.join();
      });
    }
    descriptor(writer, trackUuid(Number(task.task_id)), (out) => {
      out.tag(TRACK.parent, WireType.Varint).uint64(PROCESSES + process);
      out.tag(TRACK.thread, WireType.LengthDelimited).fork();
      out.tag(THREAD.pid, WireType.Varint).int32(Number(task.tgid));
      out.tag(THREAD.tid, WireType.Varint).int32(Number(task.pid));
      if (task.comm !== null) out.tag(THREAD.name, WireType.LengthDelimited).string(visible(String(task.comm)));
      out.join();
    });
  }
  for (const task of tasks) if (task.ts !== null) writeBegin(writer, task);
}

/** Where a life begins; from here on Perfetto takes its pid for this task. */
function writeBegin(writer: PacketWriter, task: Row): void {
  writer.event({
    ts: BigInt(String(task.ts)),
    type: TYPE.instant,
    track: trackUuid(Number(task.task_id)),
    name: task.forked === true ? 'forked' : 'first line',
    category: 'life',
    args: [
      ['line', Number(task.line_no)],
      ['confidence', String(task.confidence), true],
      ['process', task.alone === true ? 'not in the capture; shown as its own' : null, true],
      ['program', task.exec_path ?? null],
      ['end', task.verdict ?? null],
    ].map(([name, value, repeated]) => [name, value, repeated] as [string, string | number | null, boolean]),
  });
}

export function writeCpus(writer: PacketWriter, cpus: readonly number[]): void {
  const group = CPUS - 2;
  named(writer, group, 'Interrupts and idle');
  for (const cpu of cpus) named(writer, trackUuid(-2 - cpu), `CPU ${cpu}`, group);
  named(writer, trackUuid(-1), 'Unknown task', group);
}

export const writeLossTrack = (writer: PacketWriter): void => named(writer, LOSSES, 'Missing from the capture');

function named(writer: PacketWriter, uuid: number, name: string, parent?: number): void {
  descriptor(writer, uuid, (out) => {
    if (parent !== undefined) out.tag(TRACK.parent, WireType.Varint).uint64(parent);
    out.tag(TRACK.name, WireType.LengthDelimited).string(name);
  });
}

function descriptor(writer: PacketWriter, uuid: number, fill: Parameters<PacketWriter['packet']>[0]): void {
  writer.packet((out) => {
    out.tag(PACKET.trackDescriptor, WireType.LengthDelimited).fork();
    out.tag(TRACK.uuid, WireType.Varint).uint64(uuid);
    fill(out);
    out.join();
  });
}
