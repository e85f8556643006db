/** One subcommand per registered analysis, made from its own description. */
import { type Command, Option } from 'commander';
import type { Analysis, Param } from '../analyses/analysis.js';
import { readParam } from '../analyses/params.js';
import type { Io } from './io.js';
import { withCommon, withFilters, withLimit } from './options.js';

export function addAnalysisCommand(program: Command, analysis: Analysis, capture: string, io: Io): void {
  const command = withLimit(withCommon(program.command(analysis.id).argument('<capture>', capture)))
    .summary(analysis.question)
    .description(`${analysis.question}\n\nNeeds ${needsText(analysis.needs)}.\n\nColumns:\n${columnsText(analysis)}`)
    .action(async (path, options) =>
      (await import('./commands/analysis.js')).runAnalysisCommand(io, analysis, path, options),
    );
  // A time is read the same way whether the statement takes it or the rows are filtered by it.
  const own = analysis.params.filter(({ type }) => type !== 'time');
  for (const param of own) command.addOption(paramOption(param));
  withFilters(command, new Set(own.map((param) => param.name)));
}

function paramOption(param: Param): Option {
  const shape = param.type === 'integer' ? 'n' : param.words === undefined ? param.type : param.name;
  const doc = param.words === undefined ? param.doc : `${param.doc}: ${param.words.join(', ')}`;
  const short = param.short === undefined ? '' : `-${param.short}, `;
  return new Option(`${short}--${param.name.replaceAll('_', '-')} <${shape}>`, doc)
    .makeOptionMandatory(param.required === true)
    .argParser((text) => readParam(param, text));
}

const needsText = (needs: Analysis['needs']): string =>
  needs.length === 0 ? 'no particular events' : needs.map((all) => all.join(' and ')).join(', or ');

function columnsText({ columns }: Analysis): string {
  const width = Math.max(0, ...columns.map((column) => column.name.length));
  return columns.map((column) => `  ${column.name.padEnd(width)}  ${column.doc}`).join('\n');
}
