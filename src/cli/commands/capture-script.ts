import { captureScript } from '../../app/capture-script/render.js';
import { usageError } from '../../base/errors.js';
import type { PurposeName } from '../../trace/capture/plan.js';
import { emit, type Io } from '../io.js';

export interface CaptureScriptCommandOptions {
  readonly for: PurposeName;
  readonly pid?: number;
  readonly exec?: string;
  readonly seconds?: number;
  readonly bufferMb?: number;
  readonly function?: readonly string[];
}

/** Largest that a shell of 32 bits counts in hundredths, and kilobytes. */
const MOST = { seconds: 1_000_000, bufferMb: 1_000_000 };

export async function runCaptureScript(io: Io, options: CaptureScriptCommandOptions): Promise<void> {
  if (options.pid !== undefined && options.exec !== undefined)
    throw usageError('--pid and --exec: one or the other', '--exec records the command that it starts');
  if (options.exec?.includes('\0') === true || options.exec?.trim() === '')
    throw usageError('--exec: is no command', "write it as a shell command, e.g. --exec './server --port 80'");
  if ((options.seconds ?? 0) > MOST.seconds) throw usageError(`--seconds: at most ${MOST.seconds}`);
  if ((options.bufferMb ?? 0) > MOST.bufferMb) throw usageError(`--buffer-mb: at most ${MOST.bufferMb}`);
  if (options.function !== undefined && options.for !== 'calls') throw usageError('--function: goes with --for calls');
  for (const name of options.function ?? [])
    if (!/^[A-Za-z_][\w.]{0,127}$/.test(name)) throw usageError(`--function: '${name}' is no name of a function`);
  await emit(
    io.stdout,
    captureScript({
      purpose: options.for,
      pid: options.pid,
      exec: options.exec,
      seconds: options.seconds,
      bufferMb: options.bufferMb,
      functions: options.function,
    }),
  );
}
