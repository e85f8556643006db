import { existsSync, writeFileSync } from 'node:fs';
import { initRules } from '../../app/check/init-rules.js';
import { readBaseline } from '../../app/check/read-baseline.js';
import { emptySide, judgeBaseline, judgeStore, readRules } from '../../app/check/run-check.js';
import { openTarget, writeError } from '../../app/target.js';
import { VERSION } from '../../app/version.js';
import { usageError } from '../../base/errors.js';
import { visible } from '../../base/visible.js';
import { baselineText } from '../../check/baseline/baseline-file.js';
import { githubAnnotations } from '../../check/format/github.js';
import { junitXml } from '../../check/format/junit.js';
import { verdictMarkdown } from '../../check/format/markdown.js';
import { verdictSarif } from '../../check/format/sarif.js';
import { verdictText } from '../../check/format/text.js';
import type { RuleSet } from '../../check/rules/load-rules.js';
import { type CaptureVerdict, type Verdict, wholeVerdict } from '../../check/verdict.js';
import { CheckFailed } from '../failure.js';
import { safeJson } from '../format/json.js';
import { emit, type Io } from '../io.js';
import { wantsColor } from '../look.js';
import type { CommonOptions } from '../options.js';
import { say, withCapture } from '../session.js';

export interface CheckOptions extends CommonOptions {
  readonly rules?: string;
  readonly init?: boolean;
  readonly baseline?: readonly string[];
  readonly updateBaseline?: string;
  readonly tag?: readonly string[];
  readonly var?: Readonly<Record<string, string>>;
  readonly junit?: string;
  readonly markdown?: string;
  readonly sarif?: string;
  readonly github?: boolean;
}

/** Judges every capture; ends with `CheckFailed` when the run fails. */
export async function runCheck(io: Io, captures: readonly string[], options: CheckOptions): Promise<void> {
  if (options.init === true) {
    await writeInit(io, captures, options);
    return;
  }
  const twice = captures.find((capture, i) => captures.indexOf(capture) !== i);
  if (twice !== undefined) throw usageError(`${twice}: is named twice`);
  if (options.rules === undefined && options.baseline === undefined && options.updateBaseline === undefined) {
    throw usageError('--rules FILE: says what must hold', 'ftrail check --init CAPTURE writes a first one');
  }
  const rules = await readRules({
    path: options.rules,
    compares: options.baseline !== undefined || options.updateBaseline !== undefined,
    vars: options.var ?? {},
    tags: options.tag ?? [],
  });
  const verdict = await judgeAll(io, captures, rules, options);
  const paths = new Map(verdict.captures.map(({ capture }) => [capture, captures.find((path) => path === capture)]));
  writeFiles(verdict, paths, options);
  await print(io, verdict, options);
  if (verdict.verdict === 'failed') throw new CheckFailed();
}

async function judgeAll(io: Io, captures: readonly string[], rules: RuleSet, options: CheckOptions): Promise<Verdict> {
  const head = emptySide();
  const judged: CaptureVerdict[] = [];
  for (const capture of captures) {
    judged.push(
      ...(await withCapture(io, capture, options, ({ store }) =>
        judgeStore(store, capture, rules, head, options.capture),
      )),
    );
  }
  const { updateBaseline } = options;
  if (updateBaseline !== undefined && options.baseline === undefined) {
    const verdict = wholeVerdict(judged);
    if (verdict.verdict === 'failed') say(io, options, `not written: ${visible(updateBaseline)}, because a rule fails`);
    else {
      write(updateBaseline, baselineText({ runs: head.names.length, rules: head.runs }));
      say(io, options, `written: ${visible(updateBaseline)}`);
    }
    return verdict;
  }
  const base = await readBaseline(options.baseline ?? [], rules, (path, act) =>
    withCapture(io, path, options, ({ store }) => act(store)),
  );
  const compared = judgeBaseline(rules, head, base);
  const verdict = wholeVerdict(compared === undefined ? judged : [...judged, compared]);
  if (updateBaseline !== undefined) {
    write(updateBaseline, baselineText({ runs: head.names.length, rules: head.runs }));
    say(io, options, `written: ${visible(updateBaseline)}`);
  }
  return verdict;
}

/** A first rules file on stdout, or as the new file that --rules names. */
async function writeInit(io: Io, captures: readonly string[], options: CheckOptions): Promise<void> {
  const [capture, another] = captures;
  if (capture === undefined || another !== undefined) throw usageError('--init: takes one capture, a good one');
  if (options.rules !== undefined && existsSync(options.rules)) {
    throw usageError(`--init: ${options.rules} is there already; it stays as it is`);
  }
  const text = await withCapture(io, capture, options, ({ store }) => initRules(store, capture, options.capture));
  if (options.rules === undefined) await emit(io.stdout, text);
  else {
    write(options.rules, text);
    say(io, options, `written: ${visible(options.rules)}`);
  }
}

async function print(io: Io, verdict: Verdict, options: CheckOptions): Promise<void> {
  const github = options.github === true;
  if (options.format === 'json') await emit(io.stdout, `${safeJson(verdict, 2)}\n`);
  else await emit(io.stdout, verdictText(verdict, { color: wantsColor(io, options), github }));
  // The runner reads both streams; JSON stays JSON.
  if (github) await emit(options.format === 'json' ? io.stderr : io.stdout, githubAnnotations(verdict));
}

function writeFiles(
  verdict: Verdict,
  paths: ReadonlyMap<string, string | undefined>,
  { junit, markdown, sarif }: CheckOptions,
): void {
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
