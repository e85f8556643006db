import { VERSION } from '../app/version.js';
import { describeFailure } from './failure.js';
import type { Io } from './io.js';
import { buildProgram } from './program.js';

/** Runs one command line; the exit code. Never throws. */
export async function runProgram(args: readonly string[], io: Io): Promise<number> {
  try {
    await buildProgram(io).parseAsync([...args], { from: 'user' });
    return 0;
  } catch (error) {
    const failure = describeFailure(error, VERSION);
    io.stderr.write(failure.text);
    return failure.code;
  }
}
