import { writeFileSync } from 'node:fs';
import { singleCapture } from '../../app/check/check-capture.js';
import { diffPage } from '../../app/check/diff-page.js';
import { labelSides } from '../../app/check/label-sides.js';
import { openTarget, writeError } from '../../app/target.js';
import { usageError } from '../../base/errors.js';
import { visible } from '../../base/visible.js';
import { compareCaptures } from '../../check/diff/compare-captures.js';
import { differenceText } from '../../check/format/diff-text.js';
import { renderDiff } from '../../report/diff/render-diff.js';
import { safeJson } from '../format/json.js';
import { emit, type Io } from '../io.js';
import type { RowOptions } from '../options.js';
import { say, withCapture } from '../session.js';

export interface DiffOptions extends RowOptions {
  readonly by?: string;
  readonly output?: string;
}

const SHOWN = 10;

type Compared = ReturnType<typeof compareCaptures>;

async function compared(
  io: Io,
  base: string,
  head: string | undefined,
  options: DiffOptions,
): Promise<Awaited<Compared>> {
  const { by, capture } = options;
  if (by !== undefined) {
    if (head !== undefined)
      throw usageError('--by: takes both sides from one store', 'name one store, or leave out --by');
    return withCapture(io, base, options, async ({ store }) =>
      compareCaptures(...(await labelSides(store, base, by, capture))),
    );
  }
  if (head === undefined)
    throw usageError('diff: compares two captures', 'name a second one, or --by a label of one store');
  return withCapture(io, base, options, (before) =>
    withCapture(io, head, options, async (after) =>
      compareCaptures(
        await singleCapture(before.store, base, capture),
        await singleCapture(after.store, head, capture),
      ),
    ),
  );
}

export async function runDiff(io: Io, base: string, head: string | undefined, options: DiffOptions): Promise<void> {
  const target = options.output === undefined ? undefined : openTarget(options.output);
  try {
    const { difference, stacks } = await compared(io, base, head, options);
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
