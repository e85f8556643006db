/** Answers of a part against the answers of the whole: what the part says must be what the whole says, or nothing. */
import type { Answers, Fields, Life, Value } from './answers.js';
import { QUESTIONS } from './questions.js';
import { contradictions, verdictSays } from './words.js';

export interface Wrong {
  /** task, link, fact or a question. */
  readonly what: string;
  readonly field: string;
  /** Of whom: a pid, or a line of the whole capture. */
  readonly of: number | string;
  readonly said: unknown;
  readonly truth: unknown;
  /** The answer claimed to be exact. */
  readonly exact: boolean;
}

export interface Verdict {
  readonly wrong: readonly Wrong[];
  /** Answers that were given, per field. */
  readonly given: ReadonlyMap<string, number>;
}

const NOTHING = new Set<unknown>([null, undefined, 'unknown']);

const TASK_FIELDS = [
  'tgid',
  'thread',
  'parent',
  'exit_code',
  'exit_signal',
  'core_dumped',
  'reaper',
  'reap',
  'exec_path',
  'notify',
  'zombie_dur',
  'reaped_ts',
];
const CONFIDENCE: Readonly<Record<string, string>> = {
  parent: 'fork_confidence',
  reaper: 'reap_confidence',
  reap: 'reap_confidence',
};

export function compare(whole: Answers, part: Answers, lastLine: number): Verdict {
  const wrong: Wrong[] = [];
  const given = new Map<string, number>();
  const count = (key: string): void => void given.set(key, (given.get(key) ?? 0) + 1);

  const byPid = new Map<number, { life: Life; names: ReadonlySet<string> }[]>();
  for (const [index, life] of whole.lives.entries()) {
    byPid.set(life.pid, [...(byPid.get(life.pid) ?? []), { life, names: whole.names[index] as ReadonlySet<string> }]);
  }
  for (const life of part.lives) {
    for (const field of TASK_FIELDS) if (!NOTHING.has(life.fields[field])) count(field);
    count('verdict');
    if (!NOTHING.has(life.fields.death)) count(life.fields.death === 'alive' ? 'alive' : 'death');
    const candidates = (byPid.get(life.pid) ?? []).filter((truth) => overlap(life, truth.life));
    const verdicts = candidates.map((truth) => [
      ...judgeLife(life, truth.life, truth.names, lastLine),
      ...judgeVerdict(life, truth.life, lastLine),
    ]);
    const best = verdicts.sort((a, b) => a.length - b.length)[0];
    if (best === undefined) {
      wrong.push({ what: 'task', field: 'life', of: life.pid, said: 'a life', truth: 'none', exact: true });
    } else wrong.push(...best);
  }

  for (const { id, fields, mustExist } of QUESTIONS) {
    const truths = whole.items.get(id);
    for (const [line, said] of part.items.get(id) ?? []) {
      const truth = truths?.get(line);
      const exact = said.confidence !== 'inferred';
      if (truth === undefined && mustExist)
        wrong.push({ what: id, field: 'row', of: line, said: JSON.stringify(said), truth: undefined, exact });
      for (const field of fields) {
        if (!NOTHING.has(said[field])) count(`${id}.${field}`);
        const bad = truth !== undefined || !mustExist ? judge(field, said, truth ?? {}) : false;
        if (bad) wrong.push({ what: id, field, of: line, said: said[field], truth: truth?.[field], exact });
      }
    }
  }
  for (const [link, exact] of part.links) {
    count('link');
    if (!whole.links.has(link) && !leads(whole.links, link)) {
      wrong.push({ what: 'link', field: 'link', of: link, said: link, truth: undefined, exact });
    }
  }
  return { wrong, given };
}

const judge = (field: string, said: Fields, truth: Fields): boolean =>
  !NOTHING.has(said[field]) && said[field] !== truth[field];

/** Does a path of links lead there? Where a step is missing, a link spans it. */
function leads(links: ReadonlyMap<string, boolean>, link: string): boolean {
  const [from, to] = link.split('>') as [string, string];
  const reached = new Set([from]);
  for (const place of reached) {
    for (const other of links.keys()) if (other.startsWith(`${place}>`)) reached.add(other.slice(place.length + 1));
  }
  return reached.has(to);
}

/** Can the two be about the same life? By the lines that show it. */
function overlap(life: Life, truth: Life): boolean {
  if (life.seen.length === 0) return true;
  const from = Math.min(...life.seen);
  const until = Math.max(...life.seen);
  return until >= (truth.from ?? 0) && from < (truth.until ?? Number.POSITIVE_INFINITY);
}

function judgeLife(life: Life, truth: Life, names: ReadonlySet<string>, lastLine: number): Wrong[] {
  const wrong: Wrong[] = [];
  const add = (field: string, exact: boolean): void =>
    void wrong.push({ what: 'task', field, of: life.pid, said: life.fields[field], truth: truth.fields[field], exact });
  const sure = (field: string): boolean => {
    const confidence = CONFIDENCE[field];
    return confidence === undefined ? true : life.fields[confidence] === 'exact';
  };
  for (const field of TASK_FIELDS) if (judge(field, life.fields, truth.fields)) add(field, sure(field));
  if (life.fields.comm !== null && !names.has(String(life.fields.comm as Value))) add('comm', true);
  const death = life.fields.death;
  const exact = life.fields.death_confidence !== 'inferred';
  if (death === 'alive') {
    const died = truth.fields.death !== 'alive' && truth.deadLine !== null && truth.deadLine <= lastLine;
    if (died) add('death', exact);
  } else if (judge('death', life.fields, truth.fields)) add('death', exact);
  // Who killed it: another signal than the whole capture says.
  if (judge('killer', life.fields, truth.fields)) add('killer', exact);
  return wrong;
}

/** The sentence about a life. */
function judgeVerdict(life: Life, truth: Life, lastLine: number): Wrong[] {
  const [said, real] = [String(life.fields.verdict), String(truth.fields.verdict)];
  if (said === real) return [];
  const exact = life.fields.verdict_confidence !== 'inferred';
  const bad = (field: string): Wrong => ({ what: 'verdict', field, of: life.pid, said, truth: real, exact });
  const [says, truly] = [verdictSays(said), verdictSays(real)];
  if (says === undefined || truly === undefined) return [bad('words')];
  const wrong = contradictions(says, truly)
    .filter((name) => name !== 'alive')
    .map(bad);
  if (says.alive !== undefined && truth.deadLine !== null && truth.deadLine <= lastLine) wrong.push(bad('alive'));
  return wrong;
}
