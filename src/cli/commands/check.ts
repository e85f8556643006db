import { writeFileSync } from 'node:fs';
import { joinVerdicts, judgeStore, readRules } from '../../app/check/run-check.js';
import { openTarget, writeError } from '../../app/target.js';
import { VERSION } from '../../app/version.js';
import { usageError } from '../../base/errors.js';
import { githubAnnotations } from '../../check/format/github.js';
import { junitXml } from '../../check/format/junit.js';
import { verdictMarkdown } from '../../check/format/markdown.js';
import { verdictSarif } from '../../check/format/sarif.js';
import { verdictText } from '../../check/format/text.js';
import type { CaptureVerdict, Verdict } from '../../check/verdict.js';
import { CheckFailed } from '../failure.js';
import { safeJson } from '../format/json.js';
import { emit, type Io } from '../io.js';
import { wantsColor } from '../look.js';
import type { CommonOptions } from '../options.js';
import { withCapture } from '../session.js';

export interface CheckOptions extends CommonOptions {
  readonly rules?: string;
  readonly tag?: readonly string[];
  readonly var?: Readonly<Record<string, string>>;
  readonly junit?: string;
  readonly markdown?: string;
  readonly sarif?: string;
  readonly github?: boolean;
}

/** Judges every capture; ends with `CheckFailed` when the run fails. */
export async function runCheck(io: Io, captures: readonly string[], options: CheckOptions): Promise<void> {
  if (options.rules === undefined)
    throw usageError('--rules FILE: says what must hold', 'ftrail check --init CAPTURE writes a first one');
  const twice = captures.find((capture, i) => captures.indexOf(capture) !== i);
  if (twice !== undefined) throw usageError(`${twice}: is named twice`);
  const rules = await readRules(options.rules, { vars: options.var ?? {}, tags: options.tag ?? [] });
  const judged: CaptureVerdict[] = [];
  for (const capture of captures) {
    judged.push(await withCapture(io, capture, options, ({ store }) => judgeStore(store, capture, rules)));
  }
  const verdict = joinVerdicts(judged);
  writeFiles(verdict, options);
  await print(io, verdict, options);
  if (verdict.verdict === 'failed') throw new CheckFailed();
}

async function print(io: Io, verdict: Verdict, options: CheckOptions): Promise<void> {
  const github = options.github === true;
  if (options.format === 'json') await emit(io.stdout, `${safeJson(verdict, 2)}\n`);
  else await emit(io.stdout, verdictText(verdict, { color: wantsColor(io, options), github }));
  // The runner reads both streams; JSON stays JSON.
  if (github) await emit(options.format === 'json' ? io.stderr : io.stdout, githubAnnotations(verdict));
}

function writeFiles(verdict: Verdict, { junit, markdown, sarif }: CheckOptions): void {
  const paths = new Map(verdict.captures.map(({ capture }) => [capture, capture]));
  if (junit !== undefined) write(junit, junitXml(verdict));
  if (markdown !== undefined) write(markdown, verdictMarkdown(verdict));
  if (sarif !== undefined) write(sarif, verdictSarif(verdict, { version: VERSION, paths }));
}

function write(path: string, text: string): void {
  const target = openTarget(path);
  try {
    try {
      writeFileSync(target.temporary, text);
    } catch (cause) {
      throw writeError(path, cause);
    }
    target.commit();
  } finally {
    target.close();
  }
}
