#!/usr/bin/env node
/** The process: streams, signals and the exit code. Everything else takes values and returns or throws. */
import { writeSync } from 'node:fs';
import { VERSION } from '../app/version.js';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

process.exitCode = await main(process.argv.slice(2));

async function main(args: readonly string[]): Promise<number> {
  // A reader that goes away (`| head`) shows as an error event here; the writer notices by itself (io.ts).
  process.stdout.on('error', () => undefined);
  process.stderr.on('error', () => undefined);
  if (args.length === 1 && (args[0] === '--version' || args[0] === '-V')) {
    process.stdout.write(`${VERSION}\n`);
    return 0;
  }
  const { removeTemporaries } = await import('../app/temporaries.js');
  for (const signal of SIGNALS) {
    process.once(signal, () => {
      removeTemporaries();
      // stderr may be a pipe that is written later; there is no later.
      say(`ftrail: ended by ${signal}\n`);
      // Handled once, so that it now ends the process the way the shell expects (130 for Ctrl-C).
      process.kill(process.pid, signal);
    });
  }
  const { runProgram } = await import('./run.js');
  const { stdin, stdout, stderr, env } = process;
  try {
    return await runProgram(args, { stdin, stdout, stderr, env });
  } finally {
    removeTemporaries();
  }
}

function say(text: string): void {
  try {
    writeSync(process.stderr.fd, text);
  } catch {
    // nobody listens
  }
}
