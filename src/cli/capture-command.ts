/** `capture-script`: its options. */
import { type Command, Option } from 'commander';
import { PURPOSE_NAMES } from '../trace/capture/plan.js';
import { PURPOSES } from '../trace/capture/purposes.js';
import type { Io } from './io.js';
import { gather, positiveNumber } from './options.js';

export function addCaptureCommand(program: Command, io: Io): void {
  program
    .command('capture-script')
    .description('print a shell script that records on the target and packs what every other command takes')
    .addOption(
      new Option('--for <purpose>', 'what the capture is to answer').choices(PURPOSE_NAMES).makeOptionMandatory(),
    )
    .addOption(new Option('--pid <n>', 'only this process and its new children').argParser(positiveNumber))
    .option('--exec <command>', 'start this shell command, record it and its children until it ends')
    .addOption(new Option('--seconds <s>', 'stop after so many seconds').argParser(positiveNumber))
    .addOption(new Option('--buffer-mb <m>', 'size of the buffer of each CPU').argParser(positiveNumber))
    .addOption(new Option('--function <name>', 'for calls: this kernel function (again for more)').argParser(gather))
    .addHelpText('after', () => `\n${help()}`)
    .action(async (options) => (await import('./commands/capture-script.js')).runCaptureScript(io, options));
}

function help(): string {
  const purposes = PURPOSE_NAMES.map((name) => `  ${name.padEnd(9)}${PURPOSES[name].answers}\n`).join('');
  return `Purposes:
${purposes}
Example:
  ftrail capture-script --for life --exec './a.out' > capture.sh
  scp capture.sh target: ; ssh target sh capture.sh run.tar.gz ; scp target:run.tar.gz .
  ftrail why run.tar.gz --comm a.out
`;
}
