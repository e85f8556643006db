/** A rules file with what it includes -> rules ready to run. The caller reads the files. */
import { usageError } from '../../base/errors.js';
import { type Catalogue, checkAnalysis } from './check-analysis.js';
import { didYouMean } from './nearest.js';
import { readYaml } from './read-yaml.js';
import { type RuleSource, type RulesFile, rulesFile } from './rule-shape.js';
import type { Problem } from './shape.js';
import type { Value } from './value.js';

export interface Rule extends RuleSource {
  readonly severity: 'error' | 'warn';
}

export interface RuleSet {
  readonly rules: readonly Rule[];
  /** Names of events that the recording enables; `*` stands for any text. */
  readonly enabled: readonly string[];
}

export interface RuleFiles {
  /** The text of a file; an input error when it cannot be read. */
  read(path: string): Promise<string>;
  /** The path of an included file, from the including one's. */
  resolve(from: string, include: string): string;
  /** As messages name it. */
  shown(path: string): string;
}

export interface LoadOptions {
  /** From the command line; they win over vars of the files. */
  readonly vars: Readonly<Record<string, string>>;
  readonly tags: readonly string[];
}

interface Loading {
  readonly files: RuleFiles;
  readonly problems: Problem[];
  readonly used: Set<string>;
  readonly loaded: Map<string, RulesFile | undefined>;
}

const MAX_FILES = 50;

export async function loadRules(
  path: string,
  files: RuleFiles,
  catalogue: Catalogue,
  { vars, tags }: LoadOptions,
): Promise<RuleSet> {
  const given = new Map(Object.entries(vars));
  const loading: Loading = { files, problems: [], used: new Set(), loaded: new Map() };
  await load(loading, path, [], given);
  const sources = [...loading.loaded.values()].flatMap((file) => file?.rules ?? []);
  for (const rule of sources) checkAnalysis(rule, catalogue, loading.problems);
  checkNames(sources, loading.problems);
  throwProblems(loading.problems);
  const unused = [...given.keys()].find((name) => !loading.used.has(name));
  if (unused !== undefined) {
    throw usageError(`--var ${unused}: no rule uses it${didYouMean(unused, loading.used)}`);
  }
  const rules = sources.filter((rule) => tags.length === 0 || tags.some((tag) => rule.tags?.includes(tag)));
  if (rules.length === 0) throw noRules(sources, tags, files.shown(path));
  return {
    rules: rules.map((rule): Rule => ({ ...rule, severity: rule.severity ?? 'error' })),
    enabled: [...new Set([...loading.loaded.values()].flatMap((file) => file?.enabled ?? []))],
  };
}

/** Rules of included files come before the file's own; its variables reach into them, the command line's win over all. */
async function load(
  loading: Loading,
  path: string,
  above: readonly string[],
  outer: ReadonlyMap<string, string>,
): Promise<void> {
  const { files, loaded, problems, used } = loading;
  const file = files.shown(path);
  if (above.includes(path)) {
    const way = [...above.slice(above.indexOf(path)), path].map((each) => files.shown(each)).join(' -> ');
    throw usageError(`${file}: includes itself: ${way}`);
  }
  if (loaded.has(path)) return;
  if (above.length + loaded.size >= MAX_FILES) throw usageError(`${file}: more than ${MAX_FILES} rules files`);
  const value = readYaml(await files.read(path), file);
  const vars = new Map([...ownVars(value), ...outer]);
  const found = rulesFile.read(value, 'rules file', { vars, used, problems });
  for (const include of found?.include ?? []) await load(loading, files.resolve(path, include), [...above, path], vars);
  loaded.set(path, found);
}

/** Read before the rest, which they are needed for; that they are texts, the shape of the file says. */
function ownVars(value: Value): [string, string][] {
  const vars = value.kind === 'map' ? value.entries.find((entry) => entry.key === 'vars')?.value : undefined;
  if (vars?.kind !== 'map') return [];
  return vars.entries.flatMap(({ key, value: each }): [string, string][] =>
    each.kind === 'scalar' && each.value !== null ? [[key, String(each.value)]] : [],
  );
}

/** A name tells one rule from another in JUnit, SARIF and a baseline. */
function checkNames(rules: readonly RuleSource[], problems: Problem[]): void {
  const seen = new Map<string, RuleSource>();
  for (const rule of rules) {
    const first = seen.get(rule.name);
    if (first === undefined) seen.set(rule.name, rule);
    else {
      const where = `${first.place.file}:${first.place.line}`;
      problems.push({ place: rule.place, text: `name: "${rule.name}" is the name of the rule at ${where} too` });
    }
  }
}

const SHOWN = 5;

function throwProblems(problems: readonly Problem[]): void {
  const [first, ...rest] = problems;
  if (first === undefined) return;
  const line = ({ place, text }: Problem): string => `${place.file}:${place.line}: ${text}`;
  const more = rest.slice(0, SHOWN - 1).map(line);
  const beyond = rest.length - more.length;
  const hint = [...more, ...(beyond > 0 ? [`and ${beyond} more`] : [])].join('; ');
  throw usageError(line(first), hint === '' ? undefined : `also ${hint}`);
}

function noRules(rules: readonly RuleSource[], tags: readonly string[], file: string): Error {
  if (rules.length === 0) return usageError(`${file}: holds no rule`);
  const known = [...new Set(rules.flatMap((rule) => rule.tags ?? []))].sort();
  const there = known.length === 0 ? 'no rule has a tag' : `there are ${known.join(', ')}`;
  return usageError(`--tag ${tags.join(', ')}: no rule of ${file} has it`, there);
}
