import { Writable } from 'node:stream';
import type { Io } from '../../src/cli/io.js';
import { runProgram } from '../../src/cli/run.js';

export interface ProgramResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface ProgramOptions {
  readonly stdin?: Iterable<Uint8Array>;
  /** Width of a terminal on stdout and stderr; without it both are pipes. */
  readonly terminal?: number;
  readonly env?: Readonly<Record<string, string>>;
}

export class MemoryStream extends Writable {
  text = '';
  readonly isTTY: boolean;
  readonly columns: number;

  constructor(terminal?: number) {
    super({ decodeStrings: false });
    this.isTTY = terminal !== undefined;
    this.columns = terminal ?? 80;
  }

  override _write(chunk: string | Buffer, _encoding: string, done: () => void): void {
    this.text += chunk.toString();
    done();
  }
}

export function memoryIo(options: ProgramOptions = {}): Io & { stdout: MemoryStream; stderr: MemoryStream } {
  return {
    stdin: asyncOf(options.stdin ?? []),
    stdout: new MemoryStream(options.terminal),
    stderr: new MemoryStream(options.terminal),
    env: options.env ?? {},
  };
}

/** The program without a process around it. */
export async function runInProcess(args: readonly string[], options: ProgramOptions = {}): Promise<ProgramResult> {
  const io = memoryIo(options);
  const code = await runProgram(args, io);
  return { code, stdout: io.stdout.text, stderr: io.stderr.text };
}

export async function* asyncOf<T>(items: Iterable<T>): AsyncGenerator<T> {
  yield* items;
}

/** Everything that an async iterable gives. */
export async function gather<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}
