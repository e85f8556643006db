/** `export`: its options and examples. */
import { type Command, Option } from 'commander';
import { EXPORTS } from '../export/registry.js';
import type { Io } from './io.js';
import { keyValue, moment, positiveNumber, wholeNumber, withCommon, withLimit } from './options.js';

const EXAMPLES = `
Examples:
  ftrail export trace --to perfetto -o trace.pftrace     (open it in ui.perfetto.dev)
  ftrail export trace --to folded --event signal_generate -o signals.folded
  ftrail export trace --to mermaid --pid 5441 -o -
  ftrail export trace --to csv --table task -o tasks.csv
  ftrail export trace --to ndjson --analysis signals --param signal=SIGKILL -o - | jq .target_comm
  ftrail export trace --to parquet --table event -o events.parquet
  ftrail export trace --to parquet --host web1 --date 2026-11-21 -o dataset/`;

export function addExportCommand(program: Command, capture: string, io: Io): void {
  const width = Math.max(...EXPORTS.map(({ id }) => id.length));
  const formats = EXPORTS.map(({ id, use }) => `  ${id.padEnd(width)}  ${use}`).join('\n');
  withLimit(withCommon(program.command('export').argument('<capture>', capture), ['table', 'json']))
    .summary('hand a capture over to other tools')
    .description(`hand a capture over to other tools\n\nFormats:\n${formats}`)
    .addOption(new Option('--to <format>', 'what to write').choices(EXPORTS.map(({ id }) => id)).makeOptionMandatory())
    .requiredOption(
      '-o, --output <path>',
      'the file to write; - for stdout; parquet: a folder (dataset/) to add whole captures to',
    )
    .option('--host <name>', 'dataset: where the capture was taken (default: its label host)')
    .option('--date <yyyy-mm-dd>', 'dataset: when it was taken (default: its label capture_date)')
    .option(
      '--table <name>',
      'csv, ndjson, parquet: a table or view of the store, e.g. task, ev.sched_switch (default: event)',
    )
    .option('--analysis <name>', 'csv, ndjson, parquet: the answer of an analysis instead')
    .addOption(
      new Option('--param <name=value>', "the analysis's own options, e.g. signal=SIGKILL").argParser(keyValue),
    )
    .option('--event <name>', 'folded: only stacks taken at this event')
    .addOption(
      new Option('--pid <n>', 'only this task; graphviz, mermaid: the task whose end is told').argParser(wholeNumber),
    )
    .option('--comm <name>', 'the same by name')
    .addOption(
      new Option('--line <n>', 'graphviz, mermaid: the event on this line of the trace').argParser(positiveNumber),
    )
    .addOption(new Option('--life <n>', 'graphviz, mermaid: which life of a reused pid').argParser(positiveNumber))
    .option('--effects', 'graphviz, mermaid: what followed, instead of what led there')
    .addOption(new Option('--since <time>', 'from this time on: seconds as in the trace, or +offset').argParser(moment))
    .addOption(new Option('--until <time>', 'up to this time').argParser(moment))
    .addHelpText('after', EXAMPLES)
    .action(async (path, options) => (await import('./commands/export.js')).runExportCommand(io, path, options));
}
