/**
 * A Perfetto trace (protobuf), for ui.perfetto.dev and trace_processor: tasks as tracks, calls and zombies as slices, what else a
 * story is made of as instants, causal links as flows, and the scheduler's events as the kernel's own.
 */
import { readFileSync } from 'node:fs';
import { inputError, usageError } from '../../base/errors.js';
import type { Row } from '../../trace/result.js';
import type { ExportFormat, Scope, Source } from '../format.js';
import { ElementWriter } from './elements.js';
import { PacketWriter } from './packet-writer.js';
import { TYPE } from './schema.js';
import { writeSwitches } from './switches.js';
import { LOSSES, writeCpus, writeLossTrack, writeTasks } from './tracks.js';

const perfetto: ExportFormat = {
  id: 'perfetto',
  use: 'a timeline for ui.perfetto.dev and trace_processor',
  takes: 'capture',
  text: false,
  counts: 'packet',
  async write({ source, path, scope }) {
    const range = await begin(source, scope);
    await source.run(sql('prepare.sql'));
    const writer = new PacketWriter(path);
    try {
      await writeAll(source, writer, range);
    } finally {
      writer.close();
    }
    return writer.packets;
  },
};

export default perfetto;

const sql = (file: string): string => readFileSync(new URL(file, import.meta.url), 'utf8');

/** Events are read in stretches of this many, so that memory does not grow with the capture. */
const WINDOW = 200_000;

interface Range {
  readonly first: number;
  readonly last: number;
}

/** Sets the variables that the statements read. */
async function begin(source: Source, { pid, since, until }: Scope): Promise<Range> {
  const captures = await source.rows('SELECT capture_id, time_unit FROM capture ORDER BY capture_id');
  if (captures.length !== 1)
    throw usageError(
      `perfetto: the store holds ${captures.length} captures, and a trace is of one`,
      'import the one alone',
    );
  const [capture] = captures as [Row];
  const [range] = await source.rows(
    `SELECT min(event_id) AS first, max(event_id) AS last FROM event_row
     WHERE known_ts(ts) BETWEEN coalesce($since::BIGINT, known_ts(ts)) AND coalesce($until::BIGINT, known_ts(ts))`,
    { since, until },
  );
  if (range === undefined || range.first === null)
    throw inputError('perfetto: no event with a time is in what was chosen', 'a timeline needs times');
  const [first, last] = [Number(range.first), Number(range.last)];
  await source.run(
    `SET VARIABLE capture_id = ${Number(capture.capture_id)}; SET VARIABLE first_event = ${first}; SET VARIABLE last_event = ${last};
     SET VARIABLE only_pid = ${pid === null ? 'NULL::INTEGER' : Math.trunc(pid)}`,
  );
  return { first, last };
}

async function writeAll(source: Source, writer: PacketWriter, { first, last }: Range): Promise<void> {
  writeTasks(writer, await source.rows(sql('tasks.sql')));
  const cpus = await source.rows('SELECT DISTINCT cpu FROM event_row WHERE cpu >= 0 ORDER BY cpu');
  writeCpus(
    writer,
    cpus.map((row) => Number(row.cpu)),
  );
  await writeLosses(source, writer);
  const elements = new ElementWriter(writer);
  const [elementsSql, switchesSql] = [sql('elements.sql'), sql('switches.sql')];
  for (let from = first; from <= last; from += WINDOW) {
    const window = { from, to: Math.min(from + WINDOW - 1, last) };
    for await (const chunk of source.chunks(switchesSql, window)) writeSwitches(writer, chunk);
    for await (const chunk of source.chunks(elementsSql, window)) elements.write(chunk);
  }
}

async function writeLosses(source: Source, writer: PacketWriter): Promise<void> {
  const losses = await source.rows(
    `SELECT kind, cpu, line_no, events, coalesce(from_ts, to_ts)::VARCHAR AS ts FROM loss
     WHERE capture_id = getvariable('capture_id') AND coalesce(from_ts, to_ts) IS NOT NULL ORDER BY line_no`,
  );
  if (losses.length > 0) writeLossTrack(writer);
  for (const { kind, cpu, line_no, events, ts } of losses) {
    writer.event({
      ts: BigInt(String(ts)),
      type: TYPE.instant,
      track: LOSSES,
      name: String(kind),
      category: 'loss',
      args: [
        ['line', Number(line_no)],
        ['cpu', cpu === null || cpu === undefined ? null : Number(cpu)],
        ['events', events === null || events === undefined ? 'nobody counted' : Number(events)],
      ],
    });
  }
}
