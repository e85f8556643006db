/** Mappings of each task along the address space. Empty stretches between them are shortened, as on the timeline. */
import type { TopLevelSpec } from 'vega-lite';
import { visible } from '../base/visible.js';
import { SAYING, SPEAKING, said } from './said.js';
import { ROLES } from './theme.js';
import { buildTimeScale } from './timeline/time-scale.js';

export interface MappedRange {
  readonly task: string;
  /** First address and first address behind. */
  readonly start: number;
  readonly end: number;
  /** `PROT_READ|PROT_EXEC` or `r-xp`. */
  readonly prot: string;
  /** Name to write where there is room. */
  readonly name: string;
}

const MOST_TASKS = 8;
const WIDTH = 860;
const LANE = 44;
const LEFT = 150;

const isExec = (prot: string): boolean => /EXEC|x/.test(prot);
const isWrite = (prot: string): boolean => /WRITE|w/.test(prot);

function protRole(prot: string): string {
  if (isExec(prot)) return ROLES.bad;
  return isWrite(prot) ? ROLES.zombieflat : ROLES.level3;
}

/** The tasks with most mappings. A mark's number is that of its range. */
export function memoryMap(ranges: readonly MappedRange[]): TopLevelSpec {
  const counts = new Map<string, number>();
  for (const { task } of ranges) counts.set(task, (counts.get(task) ?? 0) + 1);
  const tasks = [...counts]
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .slice(0, MOST_TASKS)
    .map(([task]) => task);
  const kept = ranges
    .map((range, mark) => ({ ...range, mark }))
    .filter(({ task }) => tasks.includes(task))
    .toSorted((a, b) => a.start - b.start || a.end - b.end);
  const scale = buildTimeScale(
    kept.flatMap(({ start, end }) => [start, end]),
    'even',
  );
  const x = (address: number): number => LEFT + scale.toUnit(address) * (WIDTH - LEFT - 8);
  const lane = (task: string): number => tasks.indexOf(task) * LANE + 20;
  const rects = kept.map(({ task, start, end, prot, name, mark }) => ({
    x: x(start),
    x2: Math.max(x(end), x(start) + 1.5),
    y: lane(task),
    y2: lane(task) + 16,
    fill: protRole(prot),
    ...said(
      `${task}: ${name === '' ? 'no file' : name}, 0x${start.toString(16)} to 0x${end.toString(16)}, ${prot}`,
      mark,
    ),
  }));
  const words = tasks.flatMap((task) =>
    rangeNames(
      kept.filter((range) => range.task === task),
      x,
      lane(task) - 8,
    ),
  );
  const height = tasks.length * LANE + 8;
  const place = (size: number) => {
    const own = { domain: [0, size], range: [0, size], nice: false, zero: false };
    return { type: 'quantitative' as const, axis: null, scale: own };
  };
  return {
    config: SPEAKING,
    width: WIDTH,
    height,
    padding: 0,
    autosize: 'none',
    encoding: { x: { field: 'x', ...place(WIDTH) }, y: { field: 'y', ...place(height) } },
    layer: [
      {
        data: { values: rects },
        mark: { type: 'rect', stroke: ROLES.onlevel, strokeWidth: 0.5 },
        encoding: {
          x2: { field: 'x2' },
          y2: { field: 'y2' },
          fill: { field: 'fill', type: 'nominal', scale: null, legend: null },
          description: SAYING,
        },
      },
      {
        data: { values: tasks.map((task) => ({ x: 4, y: lane(task) + 8, text: visible(task).slice(0, 22) })) },
        mark: { type: 'text', align: 'left', baseline: 'middle', fontSize: 12, fill: ROLES.ink },
        encoding: { text: { field: 'text', type: 'nominal' } },
      },
      ...(words.length > 0
        ? [
            {
              data: { values: words },
              mark: { type: 'text' as const, fontSize: 10.5, fill: ROLES.muted },
              encoding: { text: { field: 'text', type: 'nominal' as const } },
            },
          ]
        : []),
    ],
  };
}

/** One name over neighbours that have the same; a name that finds no room is left out, the table has it. */
function rangeNames(ranges: readonly MappedRange[], x: (address: number) => number, y: number) {
  const words: { x: number; y: number; text: string }[] = [];
  let taken = Number.NEGATIVE_INFINITY;
  for (let at = 0; at < ranges.length; ) {
    const first = ranges[at]!;
    let last = first;
    while (ranges[at]?.name === first.name) last = ranges[at++]!;
    const text = visible(first.name).slice(0, 24);
    const middle = (x(first.start) + x(last.end)) / 2;
    const half = (text.length * 6.2) / 2;
    if (text === '' || middle - half < taken) continue;
    words.push({ x: middle, y, text });
    taken = middle + half + 4;
  }
  return words;
}
