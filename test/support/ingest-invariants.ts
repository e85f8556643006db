/** What holds for every input of the importer, whatever it is. */
import { FtrailError } from '../../src/base/errors.js';
import { classified, type ReadTrace, readBlocks, readTrace } from './read-trace.js';

const NEWLINE = 0x0a;
const BOM = Buffer.from([0xef, 0xbb, 0xbf]);
/** Issues of lines that are counted as text of another record though they read like one. */
const DOUBTS = ['forged_record', 'suspect'];
/** Issues of lines that fit nothing. */
const MISFITS = ['stray_line', 'no_record', 'elision', 'line_cut'];

export interface Checked {
  readonly read: ReadTrace | null;
  /** Invariants that do not hold, in words. */
  readonly broken: readonly string[];
}

/** `cuts`: sizes of the blocks for the second reading. */
export function checkIngest(input: Buffer, cuts: Iterator<number>): Checked {
  const broken: string[] = [];
  let read: ReadTrace;
  try {
    read = readTrace(input);
  } catch (error) {
    return { read: null, broken: error instanceof FtrailError ? [] : [`throws ${String((error as Error).stack)}`] };
  }
  const { account, events } = read;
  const { lines } = account;
  const counted = lineCount(input);
  if (lines.lines !== counted) broken.push(`counts ${lines.lines} of ${counted} lines`);
  if (classified(account) !== lines.lines) broken.push(`classes give ${classified(account)} of ${lines.lines} lines`);
  if (events.length !== account.events) broken.push(`${events.length} events given out, ${account.events} counted`);
  const misfits = issues(read, MISFITS);
  if (lines.unknown !== misfits) broken.push(`${lines.unknown} unknown lines, ${misfits} issues of them`);
  if ((account.refusal === null) !== account.events + account.stacks > 0)
    broken.push(`refusal ${account.refusal?.reason} with ${account.events + account.stacks} records`);
  if (account.refusal === null) broken.push(...places(read));
  try {
    const again = readBlocks(input, cuts);
    const difference = firstDifference(read, again);
    if (difference !== null) broken.push(`other result when read in blocks: ${difference}`);
  } catch (error) {
    broken.push(`throws when read in blocks: ${String((error as Error).stack)}`);
  }
  return { read, broken };
}

/** Lines in the default layout, untouched: each is a record, or an issue says why not. */
export function lostRecords(input: Buffer, { account }: ReadTrace): string | null {
  const strict = /^ .{15}-\d{1,9} +(?:\( *[-\d]+\) )?\[\d{3}\] (?:\( *[-\d]+\) )?[dDbX.]\S{3,7} +\d{1,10}\.\d{6}: /;
  if (account.dialect !== 'ftrace') return null;
  const shown = input
    .toString('latin1')
    .split('\n')
    .filter((line) => strict.test(line)).length;
  const doubts = issues({ account, events: [] }, DOUBTS);
  const found = account.lines.record + doubts;
  return found < shown ? `${shown} lines read like records, ${found} accounted for` : null;
}

/** Every event stands on a line of the file, in order. */
function places({ events, account }: ReadTrace): string[] {
  let before = 0;
  for (const { lineNo } of events) {
    if (lineNo < before || lineNo > account.lines.lines) return [`event on line ${lineNo} after line ${before}`];
    before = lineNo;
  }
  return [];
}

const issues = ({ account }: ReadTrace, codes: readonly string[]): number =>
  account.issues.filter(({ code }) => codes.includes(code)).reduce((sum, { count }) => sum + count, 0);

function lineCount(input: Buffer): number {
  let count = 0;
  for (let at = input.indexOf(NEWLINE); at >= 0; at = input.indexOf(NEWLINE, at + 1)) count++;
  const bom = input.subarray(0, 3).equals(BOM) ? BOM.length : 0;
  return input.length === bom || input[input.length - 1] === NEWLINE ? count : count + 1;
}

const text = (value: unknown): string =>
  JSON.stringify(value, (_, held: unknown) => (typeof held === 'bigint' ? `${held}n` : held));

function firstDifference(one: ReadTrace, other: ReadTrace): string | null {
  for (let i = 0; i < Math.max(one.events.length, other.events.length); i++) {
    const [a, b] = [text(one.events[i]), text(other.events[i])];
    if (a !== b) return `event ${i}: ${a} / ${b}`;
  }
  for (const key of Object.keys(one.account) as (keyof ReadTrace['account'])[]) {
    const [a, b] = [text(one.account[key]), text(other.account[key])];
    if (a !== b) return `${key}: ${a} / ${b}`;
  }
  return null;
}
