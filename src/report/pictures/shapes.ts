/** Pictures of who and where: the matrix of signals, flame graphs, the ways of packets, memory. */
import { formatCount } from '../../base/format-time.js';
import { type FoldedStack, flameChart, flameMarks, flameRects } from '../../charts/flame.js';
import { markRows } from '../../charts/mark-rows.js';
import { type MatrixCell, matrixCells, matrixChart } from '../../charts/matrix.js';
import { type MappedRange, memoryMap } from '../../charts/memory-map.js';
import type { Row } from '../../trace/result.js';
import { type Draw, FEW, words } from './picture.js';

interface PairCell extends MatrixCell {
  readonly rows: readonly number[];
}

/** By task while there is room, else by name. */
export const senderMatrix: Draw = ({ rows }) => {
  const byTask = pairs(rows, (row, who) => words(row, `${who}_comm`, `${who}_pid`));
  const { cut } = matrixCells(byTask);
  const cells = cut === 0 ? byTask : pairs(rows, (row, who) => words(row, `${who}_comm`));
  const { kept, cut: left } = matrixCells(cells);
  if (kept.length < FEW) return null;
  const by = cut === 0 ? 'sender and target' : 'name of sender and target';
  const rowsOf = new Map<MatrixCell, readonly number[]>(cells.map((cell) => [cell, cell.rows]));
  return {
    spec: matrixChart(kept, 'sender', 'target'),
    caption: `Signals by ${by}${left > 0 ? `; ${formatCount(left)} pairs with few signals are left out` : ''}`,
    marks: markRows(kept.map((cell) => rowsOf.get(cell) ?? [])),
    measure: 'signals',
    fill: 'left',
    look: 'counts',
  };
};

function pairs(rows: readonly Row[], name: (row: Row, who: 'sender' | 'target') => string): PairCell[] {
  const cells = new Map<string, PairCell>();
  for (const [at, row] of rows.entries()) {
    const from = row.sender_pid === null ? 'no task' : name(row, 'sender');
    const to = name(row, 'target');
    const key = JSON.stringify([from, to]);
    const before = cells.get(key);
    const count = (before?.count ?? 0) + Number(row.signals ?? 1);
    cells.set(key, { row: from, column: to, count, rows: [...(before?.rows ?? []), at] });
  }
  return [...cells.values()];
}

export const memory: Draw = ({ rows }) => {
  const ranges = rows.map((row, at): MappedRange & { readonly at: number } => {
    const path = String(row.path ?? '');
    return {
      at,
      task: words(row, 'comm', 'pid'),
      start: Number(row.start_addr),
      end: Number(row.end_addr),
      prot: String(row.prot),
      name: path.slice(path.lastIndexOf('/') + 1),
    };
  });
  const whole = ranges.filter(
    ({ start, end }) => Number.isSafeInteger(start) && Number.isSafeInteger(end) && end > start,
  );
  if (whole.length < FEW) return null;
  return {
    spec: memoryMap(whole),
    caption:
      'Mappings along the address space, empty stretches shortened: red can be executed, yellow written, blue is neither',
    marks: markRows(whole.map(({ at }) => [at])),
    measure: null,
    fill: 'left',
  };
};

/** Column `stack` holds frames, outermost first, parted by `;` (the folded form that flame graph tools read). */
export const flame: Draw = ({ rows }) => {
  if (rows.length === 0) return null;
  const stacks = rows.map((row): FoldedStack => {
    const frames = words(row, 'stack').split(';');
    return { frames: row.event === undefined ? frames : [String(row.event), ...frames], count: Number(row.count ?? 1) };
  });
  const root = rows.some((row) => row.event !== undefined) ? 'the event is at the bottom, on it' : 'at the bottom is';
  return {
    spec: flameChart(stacks),
    caption: `Width is how often; ${root} the outermost function`,
    marks: flameMarks(stacks),
    measure: 'count',
    fill: 'left',
    look: 'flame',
  };
};

/** Packets that went the same way stand together: the first hop at the bottom, on it the next. */
export const packetPaths: Draw = ({ rows }) => {
  const lives = new Map<string, number[]>();
  for (const [at, row] of rows.entries()) {
    const life = lives.get(String(row.lifetime_id));
    if (life === undefined) lives.set(String(row.lifetime_id), [at]);
    else life.push(at);
  }
  if (lives.size < 2) return null;
  const hop = ({ function: name, drop_reason: reason }: Row): string =>
    reason === null || reason === undefined ? String(name) : `${name} ${reason}`;
  const ways = [...lives.values()].map((life) =>
    life.toSorted((a, b) => Number(rows[a]!.step) - Number(rows[b]!.step)),
  );
  const stacks = ways.map((way): FoldedStack => ({ frames: way.map((at) => hop(rows[at]!)), count: 1 }));
  // A frame stands for the hops at its height, one of each packet that came this way.
  const { order, from, to } = flameMarks(stacks);
  const depths = flameRects(stacks).map(({ depth }) => depth);
  const marks = from.map((first, mark) =>
    order.slice(first, to[mark]).flatMap((stack) => ways[stack]?.[depths[mark] ?? 0] ?? []),
  );
  return {
    spec: flameChart(stacks),
    caption: 'The ways of the packets: width is how many, the first hop is at the bottom, on it the next',
    marks: markRows(marks),
    measure: null,
    fill: 'left',
    look: 'flame',
  };
};

/** Which calls led to which, where some call was made inside another. */
export const callPaths: Draw = ({ rows }) => {
  const paths = new Map<unknown, readonly string[]>();
  for (const row of rows.toSorted((a, b) => Number(a.line_no) - Number(b.line_no)))
    paths.set(row.line_no, [...(paths.get(row.parent_line_no) ?? []), String(row.call).trim()]);
  const stacks = rows.map((row): FoldedStack => ({ frames: paths.get(row.line_no) ?? [], count: 1 }));
  if (!stacks.some(({ frames }) => frames.length > 1)) return null;
  return {
    spec: flameChart(stacks),
    caption: 'Which calls led to which: width is how many, the outermost is at the bottom, on it what it called',
    marks: flameMarks(stacks),
    measure: null,
    fill: 'left',
    look: 'flame',
  };
};
