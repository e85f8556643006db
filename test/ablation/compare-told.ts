/** Sentences and rows of a part against those of the whole: a part may say less. */
import type { CellValue, Row } from '../../src/trace/result.js';
import type { Answers, Life } from './answers.js';
import type { Wrong } from './compare.js';
import type { StepLine, Story, Told } from './told.js';
import { contradictions, stepSays } from './words.js';

export interface Kept {
  /** First and last event of the whole capture that is still there. */
  readonly first: number;
  readonly last: number;
  has(line: number): boolean;
}

export function compareTold(
  whole: { answers: Answers; told: Told },
  part: { answers: Answers; told: Told },
  kept: Kept,
  count: (key: string) => void,
): Wrong[] {
  const wrong: Wrong[] = [];
  for (const sentences of part.told.steps.values()) {
    for (const sentence of sentences) {
      count(`step ${sentence.kind}`);
      wrong.push(...judgeStep(sentence, whole.told));
    }
  }
  for (const [key, story] of part.told.stories) {
    const truth = whole.told.stories.get(key);
    if (truth === undefined) continue;
    count('story');
    wrong.push(...judgeStory(key, story, truth));
    if (
      part.told.losses > 0 &&
      !story.gaps.some(({ reason }) => reason === 'lost') &&
      key.includes('--pid') &&
      !key.includes('effects')
    )
      wrong.push(of('story', 'loss not named', key, story.gaps.length, part.told.losses));
  }
  for (const [key, story] of part.told.stories) {
    const pid = /^why --pid (\d+)$/.exec(key)?.[1];
    if (pid !== undefined)
      wrong.push(...judgeGaps(key, story, whole.answers, part.answers, Number(pid), kept, part.told.losses, count));
  }
  for (const [key, rows] of part.told.paths) {
    const truths = new Set((whole.told.paths.get(key) ?? []).map(pathRow));
    for (const row of rows) {
      if (row.state === 'gap') continue;
      count('path');
      if (!truths.has(pathRow(row)) && !spans(row, whole.told.paths.get(key) ?? []))
        wrong.push(of('path', 'row', key, JSON.stringify(row), [...truths].join(' | '), row.confidence !== 'inferred'));
    }
  }
  wrong.push(...judgeRows(whole.told, part.told, kept, whole.answers, count));
  return wrong;
}

const of = (
  what: string,
  field: string,
  where: string | number,
  said: unknown,
  truth: unknown,
  exact = true,
): Wrong => ({ what, field, of: where, said, truth, exact });

/** Away from the CPU, without its wake-up: two stretches of the whole. */
const spans = (row: Row, truths: readonly Row[]): boolean =>
  row.state === 'unknown' &&
  truths.some(({ pid, line_no }) => pid === row.pid && line_no === row.line_no) &&
  truths.some(({ pid, end_line_no }) => pid === row.pid && end_line_no === row.end_line_no);

const pathRow = (row: Row): string => [row.state, row.pid, row.line_no, row.end_line_no, row.dur].join(' ');

function judgeStep(sentence: StepLine, whole: Told): Wrong[] {
  const where = `${sentence.line} ${sentence.kind}`;
  const truths = whole.steps.get(where) ?? [];
  const bad = (field: string, truth?: string): Wrong =>
    of('step', `${sentence.kind} ${field}`, where, sentence.text, truth, sentence.exact);
  if (truths.some(({ text }) => text === sentence.text)) return [];
  const says = stepSays(sentence.kind, sentence.text);
  if (says === undefined) return [of('words', sentence.kind, where, sentence.text, truths[0]?.text)];
  if (truths.length === 0) {
    // Another event of the same call may show it, where the first is gone.
    return whole.byKind.get(sentence.kind)?.some((truth) => contradictions(says, truth).length === 0)
      ? []
      : [bad('row')];
  }
  const judged = truths.map(({ kind, text }) => {
    const truth = stepSays(kind, text);
    if (truth === undefined) return [of('words', kind, where, text, '')];
    return contradictions(says, truth).map((field) => bad(field, text));
  });
  return judged.sort((a, b) => a.length - b.length)[0] as Wrong[];
}

/** Who and what belongs to a story: no step that the whole story does not have. */
function judgeStory(key: string, story: Story, truth: Story): Wrong[] {
  const lines = new Set(truth.steps.map(({ line }) => line));
  const told = (step: StepLine): boolean => {
    if (lines.has(step.line) || step.kind === 'event') return true;
    const says = stepSays(step.kind, step.text) ?? {};
    // That the task itself runs a new program is a part of its own story.
    if (step.kind.startsWith('exec') && key.includes(`--pid ${says.who}`)) return true;
    return truth.steps.some(
      ({ kind, text }) => kind === step.kind && contradictions(says, stepSays(kind, text) ?? {}).length === 0,
    );
  };
  return story.steps
    .filter((step) => !told(step))
    .map(({ line, kind, text, exact }) =>
      of('story', `${kind} does not belong`, `${key}: ${line}`, text, truth.verdict, exact),
    );
}

const TOPICS: readonly (readonly [RegExp, (life: Life) => number | null | undefined])[] = [
  [/^the fork of/, ({ places }) => places.fork],
  [/^which signal_generate killed/, ({ places }) => places.killer],
  [/^no signal_deliver of/, ({ places, fields }) => (fields.death === 'exited' ? null : places.death)],
  [/^the exit code of/, ({ places, fields }) => (fields.death === 'exited' ? places.death : null)],
  [/^the moment of the exit itself/, ({ places }) => places.exit],
  [/^which signal told the parent/, ({ places }) => places.notify],
  [/^whether .* ended is not/, ({ places }) => places.exit],
];

function judgeGaps(
  key: string,
  { gaps }: Story,
  whole: Answers,
  part: Answers,
  pid: number,
  kept: Kept,
  losses: number,
  count: (key: string) => void,
): Wrong[] {
  const wrong: Wrong[] = [];
  const lives = whole.lives.filter((life) => life.pid === pid);
  const mine = part.lives.filter((life) => life.pid === pid);
  for (const { text, reason } of gaps) {
    count(`gap ${reason}`);
    if (reason === 'lost' && losses === 0) wrong.push(of('gap', 'lost without a loss', key, text, 'no loss'));
    const [life] = lives;
    const place =
      lives.length === 1 && life !== undefined ? TOPICS.find(([topic]) => topic.test(text))?.[1](life) : undefined;
    if (place === null || place === undefined) continue;
    if (kept.has(place) && text.includes('in the capture'))
      wrong.push(of('gap', 'is in the capture', key, text, `line ${place}`));
    if (reason === 'before_start' && place > kept.first)
      wrong.push(of('gap', 'before_start', key, text, `line ${place} is not before ${kept.first}`));
    if (reason === 'after_end' && place < kept.last)
      wrong.push(of('gap', 'after_end', key, text, `line ${place} is not after ${kept.last}`));
  }
  const [was] = lives;
  const [is] = mine;
  if (lives.length === 1 && mine.length === 1 && was !== undefined && is !== undefined && is.fields.thread !== true) {
    for (const name of ['fork', 'killer', 'notify', 'reap'] as const) {
      if (was.places[name] !== null && is.places[name] === null && gaps.length === 0)
        wrong.push(of('gap', `none for ${name}`, key, 'no gap', `line ${was.places[name]}`));
    }
  }
  return wrong;
}

interface RowRule {
  readonly id: string;
  /** What a row is about. */
  readonly key: readonly string[];
  readonly same?: readonly string[];
  /** Counts, sums and greatest values: no more than in the whole; those of several rows with one key add up. */
  readonly most?: readonly string[];
}

const RULES: readonly RowRule[] = [
  {
    id: 'chains',
    key: ['line_no', 'pid'],
    same: [
      'ts',
      'signal',
      'sender_pid',
      'cause',
      'send_dur',
      'deliver_dur',
      'die_dur',
      'zombie_dur',
      'reaper_pid',
      'send_line_no',
      'deliver_line_no',
      'notify_line_no',
      'reap_line_no',
    ],
  },
  { id: 'deaths', key: ['line_no', 'pid'], same: ['signal', 'sender_pid', 'cause', 'exit_code', 'death'] },
  {
    id: 'sched',
    key: ['pid'],
    most: [
      'turns',
      'run_dur',
      'max_run_dur',
      'runnable_dur',
      'sleep_dur',
      'uninterruptible_dur',
      'stopped_dur',
      'wakeups',
      'max_wakeup_latency',
      'preempted',
      'uninterruptible',
    ],
  },
  { id: 'wakeups', key: ['pid', 'waker', 'waker_pid'], most: ['wakeups', 'max_wakeup_latency'] },
  { id: 'signal-pairs', key: ['target_pid', 'signal'], most: ['signals', 'delivered', 'ignored', 'max_latency'] },
];

const silent = (value: CellValue | undefined): boolean => value === null || value === undefined || value === 'unknown';

function judgeRows(whole: Told, part: Told, kept: Kept, answers: Answers, count: (key: string) => void): Wrong[] {
  const wrong: Wrong[] = [];
  for (const rule of RULES) {
    const truths = byKey(whole, rule);
    for (const [key, rows] of byKey(part, rule)) {
      count(`rows ${rule.id}`);
      const truth = truths.get(key);
      const row = rows[0] as Row;
      const exact = row.confidence !== 'inferred';
      if (truth === undefined) {
        if (rule.id === 'wakeups' && row.waker === 'unknown') continue;
        // A delivery without its signal_generate is known by the thread that took it.
        if (rule.id === 'signal-pairs' && row.signals === 0) continue;
        if (rule.id === 'deaths') continue; // another line shows the end; the life is judged
        wrong.push(of(rule.id, 'row', key, JSON.stringify(row), undefined, exact));
        continue;
      }
      for (const name of rule.same ?? []) {
        if (!silent(row[name]) && row[name] !== truth[0]?.[name])
          wrong.push(of(rule.id, name, key, row[name], truth[0]?.[name], exact));
      }
      for (const name of rule.most ?? []) {
        const [said, most] = [sum(rows, name), sum(truth, name)];
        if (said > most) wrong.push(of(rule.id, name, key, said, most, exact));
      }
    }
  }
  for (const row of part.analyses.get('storms')?.rows ?? []) {
    const from = Number(row.ts);
    const most =
      row.ts === null ? whole.sent.length : whole.sent.filter(({ ts }) => ts >= from && ts < from + 1e9).length;
    if (Number(row.signals) > most) wrong.push(of('storms', 'signals', String(row.ts), row.signals, most));
  }
  for (const row of part.analyses.get('zombies')?.rows ?? []) {
    count('rows zombies');
    const lives = answers.lives.filter((life) => life.pid === row.pid);
    const reaped = lives.find(
      ({ places }) => places.reap !== null && places.reap <= kept.last && places.reap >= Number(row.line_no),
    );
    if (reaped !== undefined)
      wrong.push(
        of('zombies', 'row', Number(row.pid), JSON.stringify(row), `reaped on line ${reaped.places.reap}`, false),
      );
  }
  for (const [id, { findings }] of part.analyses) {
    for (const finding of findings) {
      count(`finding ${id}`);
      if (finding.lines.some((line) => line === 0))
        wrong.push(of('finding', id, 'line', finding.text, 'a line of the capture'));
    }
  }
  return wrong;
}

const sum = (rows: readonly Row[], name: string): number =>
  rows.reduce((total, row) => total + Number(row[name] ?? 0), 0);

function byKey(told: Told, { id, key }: RowRule): Map<string, Row[]> {
  const rows = new Map<string, Row[]>();
  for (const row of told.analyses.get(id)?.rows ?? []) {
    const name = key.map((column) => String(row[column])).join(' ');
    rows.set(name, [...(rows.get(name) ?? []), row]);
  }
  return rows;
}
