/** Answers of a part against the answers of the whole: what the part says must be what the whole says, or nothing. */
import type { Answers, Item, Life } from './answers.js';

export interface Wrong {
  readonly what: 'fact' | 'task' | 'signal' | 'delivery' | 'wait' | 'syscall';
  readonly field: string;
  /** Of whom: a pid, or a line of the whole capture. */
  readonly of: number;
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

type Fields = Readonly<Record<string, unknown>>;
const NOTHING = new Set<unknown>([null, undefined, 'unknown']);

const TASK_FIELDS = ['tgid', 'thread', 'parent', 'exit_code', 'exit_signal', 'core_dumped', 'reaper', 'reap', 'exec_path'];
const CONFIDENCE: Readonly<Record<string, string>> = { parent: 'fork_confidence', reaper: 'reap_confidence', reap: 'reap_confidence' };
const SIGNAL_FIELDS = ['sender_pid', 'cause', 'result', 'disposition', 'target_pid', 'delivered_sig', 'receiver_pid', 'deliver'];

export function compare(whole: Answers, part: Answers, lastLine: number): Verdict {
  const wrong: Wrong[] = [];
  const given = new Map<string, number>();
  const count = (key: string): void => void given.set(key, (given.get(key) ?? 0) + 1);

  const byPid = new Map<number, Life[]>();
  for (const life of whole.lives) byPid.set(life.pid, [...(byPid.get(life.pid) ?? []), life]);
  for (const life of part.lives) {
    for (const field of TASK_FIELDS) if (!NOTHING.has(life.fields[field])) count(field);
    if (!NOTHING.has(life.fields.death)) count(life.fields.death === 'alive' ? 'alive' : 'death');
    const candidates = (byPid.get(life.pid) ?? []).filter((truth) => overlap(life, truth));
    const verdicts = candidates.map((truth) => judgeLife(life, truth, lastLine));
    const best = verdicts.sort((a, b) => a.length - b.length)[0];
    if (best === undefined) {
      wrong.push({ what: 'task', field: 'life', of: life.pid, said: 'a life', truth: 'none', exact: true });
    } else wrong.push(...best);
  }

  const items = (what: Wrong['what'], truths: ReadonlyMap<number, Item>, said: ReadonlyMap<number, Item>, fields: readonly string[]): void => {
    for (const [line, item] of said) {
      const truth = truths.get(line);
      for (const field of fields) {
        if (!NOTHING.has(item.fields[field])) count(`${what}.${field}`);
        const bad = judge(field, item.fields, truth?.fields ?? {});
        if (bad) wrong.push({ what, field, of: line, said: item.fields[field], truth: truth?.fields[field], exact: item.fields.confidence !== 'inferred' });
      }
    }
  };
  items('signal', whole.signals, part.signals, SIGNAL_FIELDS);
  items('delivery', whole.deliveries, part.deliveries, ['disposition', 'receiver_pid', 'delivered_sig']);
  items('wait', whole.waits, part.waits, ['child', 'reaped']);
  items('syscall', whole.syscalls, part.syscalls, ['exit']);
  return { wrong, given };
}

const judge = (field: string, said: Fields, truth: Fields): boolean => !NOTHING.has(said[field]) && said[field] !== truth[field];

/** Can the two be about the same life? By the lines that show it. */
function overlap(life: Life, truth: Life): boolean {
  if (life.seen.length === 0) return true;
  const from = Math.min(...life.seen);
  const until = Math.max(...life.seen);
  return until >= (truth.from ?? 0) && from < (truth.until ?? Number.POSITIVE_INFINITY);
}

function judgeLife(life: Life, truth: Life, lastLine: number): Wrong[] {
  const wrong: Wrong[] = [];
  const add = (field: string, exact: boolean): void =>
    void wrong.push({ what: 'task', field, of: life.pid, said: life.fields[field], truth: truth.fields[field], exact });
  for (const field of TASK_FIELDS) {
    const confidence = CONFIDENCE[field];
    const exact = confidence === undefined ? true : life.fields[confidence] === 'exact';
    if (judge(field, life.fields, truth.fields)) add(field, exact);
  }
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
