/** The command line: what there is to say. What a command does is loaded when it runs. */
import { Command, Option } from 'commander';
import { ANALYSES } from '../analyses/registry.js';
import { VERSION } from '../app/version.js';
import { visible } from '../base/visible.js';
import { addAnalysisCommand } from './analysis-command.js';
import { addCaptureCommand } from './capture-command.js';
import { addCheckCommand, addDiffCommand } from './check-command.js';
import { addExportCommand } from './export-command.js';
import type { Io } from './io.js';
import { keyValue, moment, positiveNumber, wholeNumber, withCommon, withLimit } from './options.js';

const CAPTURE = 'trace text (plain, .gz or .zst; - for stdin), the archive of capture-script, or a store';

export function buildProgram(io: Io): Command {
  const program = new Command('ftrail')
    .description('Answers why from a saved Linux ftrace trace.')
    .version(VERSION, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print help')
    .helpCommand('help [command]', 'print help for a command')
    .configureOutput({
      writeOut: (text) => io.stdout.write(text),
      writeErr: (text) => io.stderr.write(text),
      getOutHelpWidth: () => io.stdout.columns ?? 100,
      getErrHelpWidth: () => io.stderr.columns ?? 100,
      getOutHasColors: () => io.stdout.isTTY === true,
      getErrHasColors: () => io.stderr.isTTY === true,
      outputError: (text, write) => write(`ftrail: ${oneLine(text)}\n`),
    })
    .showSuggestionAfterError(true)
    .exitOverride();
  addCommands(program, io);
  program.commandsGroup('Questions:');
  for (const analysis of ANALYSES) addAnalysisCommand(program, analysis, CAPTURE, io);
  return program;
}

function addCommands(program: Command, io: Io): void {
  program.commandsGroup('Commands:');
  withCommon(program.command('report').argument('<capture>', CAPTURE), ['table', 'json'])
    .description('write one HTML file that says what happened and why')
    .option('-o, --output <file>', 'the file to write (default: the name of the capture with .html)')
    .option('--title <text>', 'title of the report')
    .option('--redact', 'stand-ins for names, paths, addresses, IPs and markers, the same everywhere')
    .option('--section <ids...>', 'only these sections: analyses by name, timeline, causes, limits')
    .addOption(new Option('--pid <n>', 'only what concerns this task').argParser(wholeNumber))
    .addOption(new Option('--since <time>', 'from this time on: seconds as in the trace, or +offset').argParser(moment))
    .addOption(new Option('--until <time>', 'up to this time').argParser(moment))
    .action(async (capture, options) => (await import('./commands/report.js')).runReport(io, capture, options));

  withCommon(program.command('why').argument('<capture>', CAPTURE), ['table', 'json'])
    .description('what led to the end of a task, or to the event on a line')
    .addOption(new Option('--pid <n>', 'the task').argParser(wholeNumber))
    .option('--comm <name>', 'the task, by its name')
    .addOption(new Option('--line <n>', 'the event on this line of the trace').argParser(positiveNumber))
    .addOption(new Option('--life <n>', 'which life of a reused pid: 1 is the first').argParser(positiveNumber))
    .option('--effects', 'what followed from it, instead of what led to it')
    .action(async (capture, options) => (await import('./commands/why.js')).runWhy(io, capture, options));

  withCommon(program.command('info').argument('<capture>', CAPTURE), ['table', 'json'])
    .description('what is in a capture, what is missing, and what can be asked')
    .action(async (capture, options) => (await import('./commands/info.js')).runInfo(io, capture, options));

  withLimit(withCommon(program.command('query').argument('<capture>', CAPTURE)))
    .argument('<sql>', 'one SELECT; it can read the store and nothing else')
    .description('ask in SQL')
    .action(async (capture, sql, options) => (await import('./commands/query.js')).runQuery(io, capture, sql, options));

  addCheckCommand(program, CAPTURE, io);
  addDiffCommand(program, CAPTURE, io);
  addCaptureCommand(program, io);
  addExportCommand(program, CAPTURE, io);

  withCommon(
    program
      .command('import')
      .argument('<files...>', 'traces (plain, .gz or .zst; - for stdin) or archives of capture-script'),
    ['table', 'json'],
  )
    .description('build a store that every other command, DuckDB and SQL can read')
    .requiredOption('-o, --output <store>', 'the store to write, e.g. store.duckdb')
    .option('--append', 'add to the store that is there')
    .addOption(
      new Option('--label <key=value>', 'say something about the captures, e.g. build=123').argParser(keyValue),
    )
    .action(async (files, options) => (await import('./commands/import.js')).runImport(io, files, options));
}

/** Commander's errors and the help around them, as one line. */
const oneLine = (text: string): string =>
  visible(
    text
      .trim()
      .replace(/^error: /, '')
      .replace(/\s*\n\s*/g, ' '),
  );
