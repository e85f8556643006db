/** What an import knows besides its events: dictionaries, the capture row, issues and losses. */
import type { DuckDBConnection } from '@duckdb/node-api';
import { DuckDBListValue, DuckDBTimestampValue, LIST, VARCHAR } from '@duckdb/node-api';
import { irqContext } from '../trace/irq-context.js';
import type { Account } from '../trace/record.js';
import type { Bases } from './bases.js';

export interface CaptureSource {
  readonly name: string;
  readonly sha256: string | null;
  readonly bytes: number;
  readonly toolVersion: string;
}

/** Counts are text in the file: their sum need not fit the column. */
const int64 = (value: bigint): bigint => (BigInt.asIntN(64, value) === value ? value : INT64_MAX);
const INT64_MAX = (1n << 63n) - 1n;

export async function writeAccount(
  connection: DuckDBConnection,
  bases: Bases,
  source: CaptureSource,
  account: Account,
): Promise<void> {
  await dictionaries(connection, bases, account);
  const { header, lines } = account;
  const known = account.losses.every((loss) => loss.events !== null || loss.kind === 'buffer_started');
  const lost = account.losses.reduce((sum, loss) => sum + (loss.events ?? 0n), 0n);
  const capture = await connection.createAppender('capture');
  const integers = (...values: (number | bigint | null)[]): void => {
    for (const value of values) {
      if (value === null) capture.appendNull();
      else capture.appendBigInt(int64(BigInt(value)));
    }
  };
  capture.appendInteger(bases.captureId);
  capture.appendVarchar(source.name);
  if (source.sha256 === null) capture.appendNull();
  else capture.appendVarchar(source.sha256);
  integers(source.bytes);
  capture.appendVarchar(account.dialect);
  if (header.tracer === null) capture.appendNull();
  else capture.appendVarchar(header.tracer);
  capture.appendVarchar(account.timeUnit);
  if (header.cpus === null) capture.appendNull();
  else capture.appendInteger(header.cpus);
  integers(header.entriesInBuffer, header.entriesWritten, known ? lost : null);
  integers(account.events, account.events + account.stacks);
  integers(account.issues.reduce((sum, issue) => sum + issue.count, 0));
  integers(lines.lines, lines.header, lines.record, lines.frame, lines.continuation, lines.marker, lines.unknown);
  integers(account.firstTs, account.lastTs);
  capture.appendVarchar(header.text);
  capture.appendVarchar(source.toolVersion);
  capture.appendTimestamp(new DuckDBTimestampValue(BigInt(Date.now()) * 1000n));
  capture.endRow();
  capture.closeSync();

  const issues = await connection.createAppender('import_issue');
  for (const issue of account.issues) {
    issues.appendInteger(bases.captureId);
    issues.appendBigInt(BigInt(issue.lineNo));
    issues.appendVarchar(issue.code);
    issues.appendVarchar(issue.text);
    issues.appendBigInt(BigInt(issue.count));
    issues.endRow();
  }
  issues.closeSync();

  const losses = await connection.createAppender('loss');
  const optional = (value: bigint | null): void => {
    if (value === null) losses.appendNull();
    else losses.appendBigInt(int64(value));
  };
  for (const loss of account.losses) {
    losses.appendInteger(bases.captureId);
    losses.appendVarchar(loss.kind);
    if (loss.cpu === null) losses.appendNull();
    else losses.appendInteger(loss.cpu);
    losses.appendBigInt(BigInt(loss.lineNo));
    optional(loss.fromTs);
    optional(loss.toTs);
    optional(loss.events);
    losses.endRow();
  }
  losses.closeSync();
}

const FD_ARGUMENTS = `UPDATE syscall_name SET fd_arg = a.position
  FROM (SELECT syscall, min(position) AS position FROM ref.syscall_arg WHERE kind = 'fd' GROUP BY syscall) a
  WHERE a.syscall = syscall_name.name AND fd_arg IS NULL`;

async function dictionaries(connection: DuckDBConnection, bases: Bases, account: Account): Promise<void> {
  const comms = await connection.createAppender('comm_dict');
  account.comms.forEach((comm, id) => {
    comms.appendInteger(bases.commId + id);
    if (comm === null) comms.appendNull();
    else comms.appendVarchar(comm);
    comms.endRow();
  });
  comms.closeSync();

  const flags = await connection.createAppender('flags_dict');
  account.flags.forEach((text, id) => {
    flags.appendInteger(bases.flagsId + id);
    const context = irqContext(account.header.legend, text);
    if (text === '') flags.appendNull();
    else flags.appendVarchar(text);
    if (context === null) flags.appendNull();
    else flags.appendVarchar(context);
    flags.endRow();
  });
  flags.closeSync();

  const names = await connection.createAppender('name_dict');
  account.names.forEach((entry, id) => {
    names.appendInteger(bases.nameId + id);
    names.appendInteger(bases.captureId);
    names.appendVarchar(entry.name);
    names.appendVarchar(entry.kind);
    names.appendList(new DuckDBListValue([...entry.keys]), LIST(VARCHAR));
    names.endRow();
  });
  names.closeSync();

  const syscalls = await connection.createAppender('syscall_name');
  account.syscalls.forEach((name, id) => {
    syscalls.appendInteger(bases.syscallId + id);
    syscalls.appendVarchar(name);
    syscalls.appendNull();
    syscalls.endRow();
  });
  syscalls.closeSync();
  await connection.run(FD_ARGUMENTS);
}
