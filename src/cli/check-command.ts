/** `check` and `diff`: their options. */
import { type Command, Option } from 'commander';
import type { Io } from './io.js';
import { gather, keyValue, withCommon, withLimit } from './options.js';

export function addCheckCommand(program: Command, capture: string, io: Io): void {
  withCommon(program.command('check').argument('<captures...>', capture), ['table', 'json'])
    .description('judge captures by rules: 0 when they hold, 1 when one fails')
    .option('--rules <file>', 'what must hold, in YAML')
    .option('--init', 'write first rules from a good capture: to stdout, or to the new file that --rules names')
    .addOption(new Option('--tag <tag>', 'only rules with this tag (again for more)').argParser(gather))
    .addOption(new Option('--var <name=value>', 'a variable of the rules, ${name} in them').argParser(keyValue))
    .addOption(
      new Option(
        '--baseline <path>',
        'compare with a capture, a store or a baseline file (again for more runs)',
      ).argParser(gather),
    )
    .option('--update-baseline <file>', 'write what these captures show as a baseline file')
    .option('--junit <file>', 'write JUnit XML')
    .option('--markdown <file>', 'write Markdown, e.g. for the summary of a job')
    .option('--sarif <file>', 'write SARIF')
    .option('--github', 'annotations of GitHub Actions')
    .action(async (captures, options) => (await import('./commands/check.js')).runCheck(io, captures, options));
}

export function addDiffCommand(program: Command, capture: string, io: Io): void {
  withLimit(withCommon(program.command('diff').argument('<base>', capture), ['table', 'json']))
    .argument('[head]', 'the capture that is compared with it; with --by not needed')
    .description('what changed from one capture to another, what matters most first')
    .option('--by <label>', 'sides by a label of the captures in one store: build, or build=122,123 for base and head')
    .option('-o, --output <file>', 'write an HTML page too, with a differential flame graph')
    .action(async (base, head, options) => (await import('./commands/diff.js')).runDiff(io, base, head, options));
}
