import { realpathSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { ANALYSES } from '../../analyses/registry.js';
import { chosenCaptures, namedCaptures } from '../../app/captures.js';
import { captureName, isStdin } from '../../app/open-input.js';
import { buildReport } from '../../app/report/build-report.js';
import type { ReportScope } from '../../app/report/scope.js';
import { spool } from '../../app/spool.js';
import { openTarget, writeError } from '../../app/target.js';
import { watchingSteps } from '../../app/watch.js';
import { usageError } from '../../base/errors.js';
import { visible } from '../../base/visible.js';
import { loadCharts } from '../../charts/render-svg.js';
import { renderReport } from '../../report/render-report.js';
import { OWN_SECTIONS } from '../../report/sections-shown.js';
import type { Store } from '../../store/store.js';
import { findingText } from '../finding-text.js';
import { safeJson } from '../format/json.js';
import { emit, type Io } from '../io.js';
import type { CommonOptions, Moment } from '../options.js';
import { progressWatch } from '../progress.js';
import { absolute } from '../row-filter.js';
import { say, withCapture } from '../session.js';
import { timeBase } from '../time-base.js';

export interface ReportOptions extends CommonOptions {
  readonly output?: string;
  readonly title?: string;
  readonly redact?: boolean;
  readonly section?: readonly string[];
  readonly pid?: number;
  readonly since?: Moment;
  readonly until?: Moment;
}

const SHOWN_VERDICTS = 12;

/** Writes the report; its path and its verdicts are the data. */
export async function runReport(io: Io, argument: string, options: ReportOptions): Promise<void> {
  if (isStdin(argument) && options.output === undefined) {
    throw usageError('the report of a trace from stdin needs a name', 'give it with -o report.html');
  }
  checkSections(options.section ?? []);
  const path = options.output ?? reportName(argument);
  if (isSameFile(argument, path)) throw usageError(`-o ${path}: is the capture itself; it stays as it is`);
  // Loaded while the database is at work. A fault of loading shows when the first chart is drawn.
  loadCharts().catch(() => undefined);
  const target = openTarget(path);
  // The report quotes lines of the trace, so the text is read twice.
  const spooled = isStdin(argument) ? await spool(io.stdin) : undefined;
  try {
    const source = spooled === undefined ? io : { ...io, stdin: spooled.read() };
    const named = spooled === undefined ? options : { ...options, name: 'stdin' };
    await withCapture(source, argument, named, async ({ store, reopen = spooled?.reopen }) => {
      const watch = progressWatch(io, options.quiet === true);
      const input = await buildReport(store, {
        title: options.title,
        redact: options.redact,
        sections: options.section,
        scope: await scopeOf(store, options),
        capture: options.capture,
        reopen,
        watch,
      });
      const html = await watchingSteps(watch, { phase: 'write', name: input.title }, (onStep) =>
        renderReport(input, { onStep }),
      );
      try {
        writeFileSync(target.temporary, html);
      } catch (cause) {
        throw writeError(path, cause);
      }
      target.commit();
      if (options.format === 'json') {
        await emit(io.stdout, `${safeJson({ report: path, verdicts: input.verdicts }, 2)}\n`);
        return;
      }
      for (const verdict of input.verdicts.slice(0, SHOWN_VERDICTS)) await emit(io.stdout, `${findingText(verdict)}\n`);
      const more = input.verdicts.length - SHOWN_VERDICTS;
      if (more > 0) say(io, options, `and ${more} more in the report`);
      await emit(io.stdout, `${visible(path)}\n`);
    });
  } finally {
    spooled?.remove();
    target.close();
  }
}

/** `life.trace.gz` -> life.html, in the current folder; a file called trace, as the kernel calls it, is named by its folder. */
export function reportName(argument: string): string {
  const [folder, file] = captureName(argument).split('/');
  const name = file === undefined ? basename(argument) : (folder as string);
  const bare = name.replace(/(?:\.(?:gz|zst|txt|trace|log|duckdb))+$/, '');
  return `${bare === '' ? 'trace' : bare}.html`;
}

function isSameFile(one: string, other: string): boolean {
  try {
    return realpathSync(one) === realpathSync(other);
  } catch {
    return false;
  }
}

function checkSections(chosen: readonly string[]): void {
  const known = [...OWN_SECTIONS, ...ANALYSES.map(({ id }) => id)];
  const wrong = chosen.find((id) => !known.includes(id));
  if (wrong !== undefined) throw usageError(`--section ${wrong}: no such section`, `there are ${known.join(', ')}`);
}

async function scopeOf(store: Store, { pid, since, until, capture }: ReportOptions): Promise<ReportScope> {
  const time = await timeBase(store, await chosenCaptures(store, await namedCaptures(store), capture));
  const at = (moment: Moment | undefined): string | undefined =>
    moment === undefined ? undefined : absolute(moment, time);
  return { pid, since: at(since), until: at(until) };
}
