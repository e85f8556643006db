/** Parameters that several analyses take and how their values are read, and events that several need. */
import { usageError } from '../base/errors.js';
import { nearest } from '../base/nearest.js';
import { SIGNAL_CAUSES } from '../trace/causes.js';
import { readSignal, SIGNALS } from '../trace/signals.js';
import type { Analysis, Param } from './analysis.js';

export const signalParam: Param = {
  name: 'signal',
  type: 'signal',
  doc: 'only this signal: name or number, e.g. SIGTERM, term, 15, SIGRTMIN+1',
};
export const causeParam: Param = {
  name: 'cause',
  type: 'text',
  words: SIGNAL_CAUSES,
  doc: 'only signals that came about in this way',
};
export const senderParam: Param = { name: 'sender', type: 'text', doc: 'only what this task sent: pid or comm' };
export const targetParam: Param = { name: 'target', type: 'text', doc: 'only what was sent to this task: pid or comm' };

/** What narrows an answer whose rows sum over tasks or times: the statement itself leaves out what is outside. */
export const scopeParams: readonly Param[] = [
  { name: 'pid', type: 'integer', doc: 'only what this task did or was the object of' },
  { name: 'since', type: 'time', doc: 'only from this time on' },
  { name: 'until', type: 'time', doc: 'only up to this time' },
];

/** True for an analysis that `scopeParams` narrow. */
export const isScoped = ({ params }: Pick<Analysis, 'params'>): boolean => params.some(({ type }) => type === 'time');

/**
 * The value of a parameter as a person wrote it -> what the statement takes: a number, a word of the list, the full name of a
 * signal. A usage error says what is wrong, and the nearest valid word.
 */
export function readParam(param: Param, text: string): string | number {
  if (param.type === 'integer') {
    if (!/^\d{1,15}$/.test(text)) throw usageError(`${option(param)}: '${text}' is no whole number`);
    return Number(text);
  }
  if (param.type === 'signal') {
    const name = readSignal(text);
    if (name !== undefined) return name;
    const names = SIGNALS.map((signal) => signal.name);
    throw unknownWord(param, text, { words: names, meant: nearest(`SIG${text.replace(/^sig/i, '')}`, names) });
  }
  if (param.type === 'duration') return readDuration(param, text);
  const { words } = param;
  if (words === undefined || words.includes(text)) return text;
  throw unknownWord(param, text, { words, meant: nearest(text, words) });
}

const UNITS: Readonly<Record<string, number>> = { ns: 1, us: 1e3, ms: 1e6, s: 1e9 };

function readDuration(param: Param, text: string): number {
  const found = /^(\d{1,9}(?:\.\d{1,9})?) ?(ns|us|ms|s)$/.exec(text);
  const ns = found === null ? 0 : Math.round(Number(found[1]) * (UNITS[found[2] as string] as number));
  if (ns < 1) throw usageError(`${option(param)}: '${text}' is no duration`, 'write it like 100ms, 50us or 2s');
  return ns;
}

const option = (param: Param): string => `--${param.name.replaceAll('_', '-')}`;

function unknownWord(
  param: Param,
  text: string,
  { words, meant }: { words: readonly string[]; meant: string | undefined },
): Error {
  const hint = meant === undefined ? `one of ${words.join(', ')}` : `did you mean ${meant}?`;
  return usageError(`${option(param)}: there is no ${param.name} '${text}'`, hint);
}

/**
 * What shows an open: the call, or any event that prints its path (the vendor tracepoint, a probe of any name on a function that opens).
 * The first is what a person is told to enable.
 */
export const SHOWS_OPENS: readonly (readonly string[])[] = [
  ['sys_enter_openat', 'sys_exit_openat'],
  ['sys_enter_open', 'sys_exit_open'],
  ['sys_enter_openat2', 'sys_exit_openat2'],
  ['sys_enter_creat', 'sys_exit_creat'],
  ['kprobes:do_sys_openat2', 'path=+0($arg2):string'],
];
