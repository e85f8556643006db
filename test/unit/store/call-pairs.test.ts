import { describe, expect, it } from 'vitest';
import { CallColumns, LACKS } from '../../../src/store/call-columns.js';
import { CallPairs, laneOf } from '../../../src/store/call-pairs.js';
import { CALL, CALL_BITS, type EventFields, FORM } from '../../../src/trace/record.js';
import { Random } from '../../fuzz/random.js';

const BASES = { captureId: 3, eventId: 100n, stackId: 1, commId: 0, flagsId: 0, nameId: 0, syscallId: 40 };

interface Line {
  readonly pid: number;
  readonly cpu?: number;
  readonly id: number;
  readonly enter: boolean;
  readonly clones?: boolean;
  readonly silent?: boolean;
  /** Values of an enter; the value of a return, none where its line is cut off. */
  readonly values: readonly number[];
}

function fields(line: Line, ordinal: number): EventFields {
  const values = new Uint32Array(12);
  line.values.forEach((value, i) => {
    values[i * 2] = value;
  });
  const exitForm = line.values.length > 0 ? FORM.exit : FORM.text;
  const kind = (line.enter ? CALL.enter : 0) + (line.clones ? CALL.clones : 0) + (line.silent ? CALL.silent : 0);
  return {
    ordinal,
    lineNo: ordinal + 1,
    tsLow: ordinal * 10,
    tsHigh: 0,
    cpu: line.cpu ?? 0,
    pid: line.pid,
    tgid: -1,
    commId: 0,
    flagsId: 0,
    nameId: 0,
    call: (line.id << CALL_BITS) + kind,
    form: line.enter ? FORM.enter + line.values.length : exitForm,
    values,
    bytes: new Uint8Array(0),
    argsStart: 0,
    argsEnd: 0,
  };
}

interface Row {
  readonly enter: number | null;
  readonly exit: number | null;
  readonly pid: number;
  readonly id: number;
  readonly ret: number | null;
  readonly torn: boolean;
  readonly values: readonly number[];
}

function rowsOf(columns: CallColumns): Row[] {
  return Array.from({ length: columns.rows }, (_, row) => {
    const lacks = columns.lacks[row] as number;
    const at = (column: Uint32Array, lack: number): number | null =>
      (lacks & lack) === 0 ? (column[row * 2] as number) : null;
    const enter = at(columns.enterId, LACKS.enter);
    const exit = at(columns.exitId, LACKS.exit);
    expect(columns.captureId[row]).toBe(3);
    expect(at(columns.enterTs, LACKS.enter)).toBe(enter === null ? null : (enter - 100) * 10);
    expect(at(columns.exitTs, LACKS.exit)).toBe(exit === null ? null : (exit - 100) * 10);
    return {
      enter: enter === null ? null : enter - 100,
      exit: exit === null ? null : exit - 100,
      pid: columns.pid[row] as number,
      id: (columns.syscallId[row] as number) - 40,
      ret: at(columns.ret, LACKS.ret),
      torn: columns.torn[row] === 1,
      values: columns.values
        .slice(0, Math.max(0, (columns.form[row] as number) - 1))
        .map((column) => column[row * 2] as number),
    };
  });
}

function paired(lines: readonly Line[], also: (pairs: CallPairs, i: number) => void = () => undefined): Row[] {
  const rows: Row[] = [];
  const pairs = new CallPairs(BASES, (full) => {
    if (full !== undefined) rows.push(...rowsOf(full));
    return new CallColumns(CallColumns.memory(false));
  });
  lines.forEach((line, i) => {
    pairs.line(fields(line, i));
    also(pairs, i);
  });
  pairs.finish();
  return rows.sort((a, b) => ((a.enter ?? a.exit) as number) - ((b.enter ?? b.exit) as number));
}

/** The same by definition: each line held against the line before and the line behind it of its task. */
function byDefinition(lines: readonly Line[]): Row[] {
  const rows: Row[] = [];
  const born = (line: Line | undefined): boolean =>
    line !== undefined && !line.enter && line.clones === true && line.values[0] === 0;
  lines.forEach((line, i) => {
    const own = lines.map((other, at) => ({ ...other, at })).filter(({ pid }) => pid === line.pid);
    const place = own.findIndex(({ at }) => at === i);
    const [before, behind] = [own[place - 1], own[place + 1]];
    const common = { pid: line.pid, id: line.id };
    if (line.enter) {
      const returns = behind !== undefined && !behind.enter && behind.id === line.id && !born(behind);
      const torn = !returns && !line.silent && behind !== undefined && !born(behind);
      const [exit, ret] = returns ? [behind.at, behind.values[0] ?? null] : [null, null];
      rows.push({ ...common, enter: i, exit, ret, torn, values: line.values });
    } else if (born(line) || before?.enter !== true || before.id !== line.id) {
      const torn = !born(line) && !line.silent && before !== undefined;
      rows.push({ ...common, enter: null, exit: i, ret: line.values[0] ?? null, torn, values: [] });
    }
  });
  return rows;
}

describe('enter and exit of a call', () => {
  it('are one row, with the values of the enter and the value of the exit', () => {
    const lines = [
      { pid: 7, id: 0, enter: true, values: [3, 4096, 9] },
      { pid: 8, id: 0, enter: true, values: [] },
      { pid: 7, id: 0, enter: false, values: [9] },
    ];
    expect(paired(lines)).toEqual([
      { enter: 0, exit: 2, pid: 7, id: 0, ret: 9, torn: false, values: [3, 4096, 9] },
      { enter: 1, exit: null, pid: 8, id: 0, ret: null, torn: false, values: [] },
    ]);
  });

  it('are as they are by definition, whatever lines follow one another', () => {
    const random = new Random(11);
    const next = (): number => random.next();
    const pick = (end: number): number => random.below(end);
    for (let round = 0; round < 300; round++) {
      const lines = Array.from({ length: pick(40) }, (): Line => {
        const id = pick(4);
        return {
          pid: pick(3),
          id,
          enter: next() < 0.5,
          clones: id === 1,
          silent: id === 2,
          values: next() < 0.1 ? [] : [pick(2), pick(9)].slice(0, 1 + pick(2)),
        };
      });
      expect(paired(lines)).toEqual(byDefinition(lines));
    }
  });

  it('of a task that becomes known later go with its lane, and on with the task', () => {
    const lines = [
      { pid: -1, cpu: 1, id: 0, enter: true, values: [] },
      { pid: -1, cpu: 1, id: 0, enter: false, values: [5] },
      { pid: -1, cpu: 1, id: 3, enter: true, values: [6] },
      { pid: 9, cpu: 1, id: 3, enter: false, values: [0] },
      { pid: -1, cpu: -1, id: 3, enter: true, values: [] },
    ];
    const rows = paired(lines, (pairs, i) => {
      if (i === 2) pairs.own(1, 9);
    });
    expect(rows.map(({ enter, exit, pid }) => [enter, exit, pid])).toEqual([
      [0, 1, laneOf(1)],
      [2, 3, 9],
    ]);
  });

  it('come in chunks of one syscall', () => {
    const chunks: CallColumns[] = [];
    const pairs = new CallPairs(BASES, (full) => {
      if (full !== undefined) chunks.push(full);
      return new CallColumns(CallColumns.memory(false));
    });
    for (let i = 0; i < 12_000; i++) pairs.line(fields({ pid: i, id: i % 3, enter: true, values: [] }, i));
    pairs.finish();
    expect(chunks.reduce((sum, { rows }) => sum + rows, 0)).toBe(12_000);
    for (const { syscallId, rows } of chunks) expect(new Set(syscallId.subarray(0, rows)).size).toBe(1);
  });
});
