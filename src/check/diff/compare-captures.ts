/** Two captures -> what differs between them, ranked by how much it matters. */
import { readFileSync } from 'node:fs';
import { formatCount, formatDur } from '../../base/format-time.js';
import type { Row } from '../../trace/result.js';
import { type CheckCapture, isLossy } from '../capture.js';
import { missingOf } from '../evaluate/needs.js';
import { compareDurations, type Distribution } from './compare-durations.js';
import { byText, type Counted, compareItems, type Items } from './compare-items.js';
import type { Difference, Moved, Section, Side, StackCount } from './difference.js';

const read = (file: string): string => readFileSync(new URL(file, import.meta.url), 'utf8');
const ITEMS = read('./items.sql');
const STACKS = read('./stacks.sql');
const DURATIONS = read('./durations.sql');

interface Kind {
  readonly id: string;
  readonly title: string;
  /** A word for one of them in a finding. */
  readonly one: string;
  readonly needs: readonly (readonly string[])[];
}

/** In the order of what matters. */
const KINDS: readonly Kind[] = [
  {
    id: 'deaths',
    title: 'How processes end',
    one: 'death',
    needs: [['sched_process_exit'], ['signal_generate'], ['sys_enter_exit_group']],
  },
  { id: 'drops', title: 'Where packets are dropped', one: 'drop site', needs: [['kfree_skb']] },
  { id: 'signals', title: 'Signals', one: 'signal', needs: [['signal_generate'], ['signal_deliver']] },
  { id: 'errors', title: 'Errors of syscalls', one: 'error', needs: [['sys_exit_*']] },
  { id: 'processes', title: 'Processes', one: 'process', needs: [[]] },
  { id: 'files', title: 'Files', one: 'file', needs: [[]] },
  { id: 'stacks', title: 'Stacks', one: 'stack', needs: [[]] },
  { id: 'events', title: 'Events', one: 'event', needs: [[]] },
];

interface Seen {
  readonly items: ReadonlyMap<string, Items>;
  readonly durations: ReadonlyMap<string, Distribution>;
  readonly stacks: Items;
}

export async function compareCaptures(
  base: CheckCapture,
  head: CheckCapture,
): Promise<{ difference: Difference; stacks: StackCount[] }> {
  const [before, after] = [await see(base, head), await see(head, base)];
  const sections = KINDS.map(({ id, title, needs }) =>
    compareItems(
      id,
      title,
      before.items.get(id) ?? NONE,
      after.items.get(id) ?? NONE,
      missingSides(needs, base, head),
      head.captures / base.captures,
    ),
  );
  const comparable = [base, head].every(({ timeUnit }) => ['us', 'ns'].includes(timeUnit));
  const tick = [base, head].some(({ timeUnit }) => timeUnit === 'us') ? 1000 : 1;
  const durations = comparable ? compareDurations(before.durations, after.durations, tick) : [];
  const notes = comparable ? [] : ['the clock of one side does not count seconds: durations are not compared'];
  if (base.captures !== head.captures)
    notes.push(
      `${base.captures} ${base.captures === 1 ? 'capture' : 'captures'} against ${head.captures}: counts are sums, and held against one another for as many captures`,
    );
  for (const [word, side] of [
    ['base', base],
    ['head', head],
  ] as const) {
    if (isLossy(side))
      notes.push(
        `the ${word} lost ${side.lostEvents === null ? 'an unknown number of' : formatCount(side.lostEvents)} events: what it lacks may have happened`,
      );
  }
  return {
    difference: {
      base: sideOf(base),
      head: sideOf(head),
      findings: findingsOf(sections, durations),
      sections,
      durations,
      notes,
    },
    stacks: stackCounts(before.stacks, after.stacks),
  };
}

const NONE: Items = new Map();

const sideOf = (capture: CheckCapture): Side => ({
  capture: capture.name,
  ...(capture.captures > 1 ? { captures: capture.captures } : {}),
  events: capture.events,
  lost_events: capture.lostEvents,
  lossy: isLossy(capture),
});

/** An event that only one side recorded makes everything of its kind look new or gone. */
function missingSides(needs: Kind['needs'], ...sides: readonly CheckCapture[]): string[] {
  const lacks = sides.map(({ eventNames }) => missingOf(needs, { names: eventNames, enabled: [] }));
  return lacks.every((each) => each.length > 0) || lacks.every((each) => each.length === 0)
    ? []
    : [...new Set(lacks.flat())];
}

/** A line number means nothing where several captures are counted together. */
const counted = ({ captures }: CheckCapture, row: Row): [string, Counted] => [
  String(row.key),
  { n: Number(row.n), line_no: row.line_no === null || captures > 1 ? null : Number(row.line_no) },
];

/** Stacks of an event that the other side lacks are no news: the event is. */
async function see(capture: CheckCapture, other: CheckCapture): Promise<Seen> {
  const items = new Map<string, Map<string, Counted>>();
  for (const row of await capture.rows(ITEMS)) {
    const kind = String(row.kind);
    items.set(kind, (items.get(kind) ?? new Map<string, Counted>()).set(...counted(capture, row)));
  }
  const drops = await capture.query(
    `SELECT coalesce(site, location, '?') || coalesce(': ' || reason, '') AS key, sum(drops)::BIGINT AS n, min(line_no) AS line_no FROM (${capture.analysis('drops', new Map()).sql}\n) GROUP BY ALL ORDER BY key`,
  );
  const all = (await capture.rows(STACKS)).map((row) => counted(capture, row));
  const stacks = new Map(all.filter(([key]) => other.eventNames.has(key.slice(0, key.indexOf(';')))));
  const durations = new Map<string, Distribution>();
  for (const row of await capture.rows(DURATIONS)) {
    const quantiles = String(row.quantiles).split(',').map(Number);
    durations.set(`${row.kind} ${row.key}`, { kind: String(row.kind), n: Number(row.n), quantiles });
  }
  return {
    items: new Map([...items, ['drops', new Map(drops.rows.map((row) => counted(capture, row)))], ['stacks', stacks]]),
    durations,
    stacks,
  };
}

const MAX_STACKS = 3000;

function stackCounts(base: Items, head: Items): StackCount[] {
  return [...new Set([...base.keys(), ...head.keys()])]
    .map((key) => ({ frames: key.split(';'), base: base.get(key)?.n ?? 0, head: head.get(key)?.n ?? 0 }))
    .sort((a, b) => b.base + b.head - a.base - a.head || byText(a.frames.join(';'), b.frames.join(';')))
    .slice(0, MAX_STACKS);
}

const MAX_FINDINGS = 12;
const PER_KIND = 3;

/** Kinds in their order, of each the first few; what costs time after what fails, before what is merely more or less. */
function findingsOf(sections: readonly Section[], durations: readonly Moved[]): string[] {
  const failing = ['deaths', 'drops', 'signals', 'errors'];
  const told = (section: Section): string[] => {
    const one = KINDS.find(({ id }) => id === section.id)?.one ?? section.id;
    return [
      ...section.new
        .slice(0, PER_KIND)
        .map(({ key, line_no }) => `new ${one}: ${key}${line_no === null ? '' : ` (line ${line_no})`}`),
      ...section.gone.slice(0, PER_KIND).map(({ key }) => `gone ${one}: ${key}`),
      ...section.changed
        .slice(0, PER_KIND)
        .map(({ key, base, head }) => `${key}: ${formatCount(head)} times, was ${formatCount(base)}`),
    ];
  };
  const first = sections.filter(({ id }) => failing.includes(id)).flatMap(told);
  const slow = durations.slice(0, PER_KIND).map(movedText);
  const rest = sections.filter(({ id }) => !failing.includes(id)).flatMap(told);
  return [...first, ...slow, ...rest].slice(0, MAX_FINDINGS);
}

export const movedText = ({ key, base, head, shift }: Moved): string =>
  `${key} became ${shift > 0 ? 'slower' : 'faster'} by ${formatDur(Math.abs(shift))} (median ${formatDur(base.p50)} -> ${formatDur(head.p50)}, p99 ${formatDur(base.p99)} -> ${formatDur(head.p99)}, ${formatCount(base.n)} and ${formatCount(head.n)} times)`;
