/** `--baseline`: a file that --update-baseline wrote, or captures and stores, each capture a run. */
import { open } from 'node:fs/promises';
import { usageError } from '../../base/errors.js';
import { type Baseline, parseBaseline } from '../../check/baseline/baseline-file.js';
import type { RuleSet } from '../../check/rules/load-rules.js';
import type { Store } from '../../store/store.js';
import { type BaselineRuns, collectStore, emptySide, type Side } from './run-check.js';

const MOST = 32 * 2 ** 20;

/** undefined when the file is something else, or cannot be read: then it is for who opens captures to say so. */
async function readBaselineFile(path: string): Promise<Baseline | undefined> {
  const file = await open(path, 'r').catch(() => undefined);
  if (file === undefined) return undefined;
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(64), 0, 64, 0);
    if (!buffer.toString('latin1', 0, bytesRead).trimStart().startsWith('{')) return undefined;
    const { size } = await file.stat();
    if (size > MOST) return undefined;
    return parseBaseline(await file.readFile('utf8'), path);
  } finally {
    await file.close();
  }
}

export type WithStore = (argument: string, act: (store: Store) => Promise<void>) => Promise<void>;

export async function readBaseline(
  paths: readonly string[],
  rules: RuleSet,
  withStore: WithStore,
): Promise<BaselineRuns | undefined> {
  const [first, ...more] = paths;
  if (first === undefined) return undefined;
  const file = await readBaselineFile(first);
  if (file !== undefined) {
    if (more.length > 0) throw usageError(`--baseline ${first}: a baseline file stands alone`);
    return { name: first, missing: new Map(), lossy: false, captures: [], runs: (rule) => file.rules.get(rule) };
  }
  const side: Side = emptySide();
  for (const path of paths) await withStore(path, (store) => collectStore(store, path, rules, side));
  const { missing, lossy } = side;
  const name = more.length === 0 && side.names.length === 1 ? first : `${first} (${side.names.length} runs)`;
  return { name, missing, lossy, captures: side.names, runs: (rule) => side.runs.get(rule) ?? [] };
}
