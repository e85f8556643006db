import { writeFileSync } from 'node:fs';
import { captureName } from '../../app/open-input.js';
import { buildReport } from '../../app/report/build-report.js';
import { openTarget, writeError } from '../../app/target.js';
import { watching } from '../../app/watch.js';
import { usageError } from '../../base/errors.js';
import { visible } from '../../base/visible.js';
import { renderReport } from '../../report/render-report.js';
import { findingText } from '../finding-text.js';
import { safeJson } from '../format/json.js';
import { emit, type Io } from '../io.js';
import type { CommonOptions } from '../options.js';
import { progressWatch } from '../progress.js';
import { say, withCapture } from '../session.js';

export interface ReportOptions extends CommonOptions {
  readonly output?: string;
  readonly title?: string;
}

const SHOWN_VERDICTS = 12;

/** Writes the report; its path and its verdicts are the data. */
export async function runReport(io: Io, argument: string, options: ReportOptions): Promise<void> {
  if (argument === '-' && options.output === undefined) {
    throw usageError('the report of a trace from stdin needs a name', 'give it with -o report.html');
  }
  // The kernel calls every capture `trace`; with its folder the name says more.
  const path = options.output ?? `${captureName(argument).replaceAll('/', '-')}.html`;
  const target = openTarget(path);
  try {
    await withCapture(io, argument, options, async ({ store, reopen }) => {
      const watch = progressWatch(io, options.quiet === true);
      const input = await buildReport(store, {
        title: options.title,
        reopen,
        watch,
      });
      const html = await watching(watch, { phase: 'write', name: input.title }, () => renderReport(input));
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
    target.close();
  }
}
