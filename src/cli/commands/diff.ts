import { writeFileSync } from 'node:fs';
import { singleCapture } from '../../app/check/check-capture.js';
import { diffPage } from '../../app/check/diff-page.js';
import { openTarget, writeError } from '../../app/target.js';
import { visible } from '../../base/visible.js';
import { compareCaptures } from '../../check/diff/compare-captures.js';
import { differenceText } from '../../check/format/diff-text.js';
import { renderDiff } from '../../report/diff/render-diff.js';
import { safeJson } from '../format/json.js';
import { emit, type Io } from '../io.js';
import type { RowOptions } from '../options.js';
import { say, withCapture } from '../session.js';

export interface DiffOptions extends RowOptions {
  readonly output?: string;
}

const SHOWN = 10;

export async function runDiff(io: Io, base: string, head: string, options: DiffOptions): Promise<void> {
  const target = options.output === undefined ? undefined : openTarget(options.output);
  try {
    const { difference, stacks } = await withCapture(io, base, options, (before) =>
      withCapture(io, head, options, async (after) =>
        compareCaptures(await singleCapture(before.store, base), await singleCapture(after.store, head)),
      ),
    );
    if (target !== undefined) {
      const page = await renderDiff(diffPage(difference, stacks));
      try {
        writeFileSync(target.temporary, page);
      } catch (cause) {
        throw writeError(target.path, cause);
      }
      target.commit();
    }
    if (options.format === 'json') await emit(io.stdout, `${safeJson(difference, 2)}\n`);
    else await emit(io.stdout, differenceText(difference, options.limit ?? SHOWN));
    if (target !== undefined) say(io, options, `written: ${visible(target.path)}`);
  } finally {
    target?.close();
  }
}
