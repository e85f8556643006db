/** Options that several commands share, and how their values are read. */
import { type Command, InvalidArgumentError, Option } from 'commander';

export const FORMATS = ['table', 'json', 'ndjson', 'csv'] as const;
export type Format = (typeof FORMATS)[number];

export interface CommonOptions {
  readonly format: Format;
  readonly color: boolean;
  readonly quiet?: boolean;
  readonly memoryLimit?: number;
  readonly threads?: number;
  readonly maps?: readonly PidFile[];
  readonly kallsyms?: string;
  readonly dmesg?: string;
  /** Of a store with several captures the one that is asked about: its name, its id, or a label. */
  readonly capture?: string;
}

export interface RowOptions extends CommonOptions {
  readonly limit?: number;
}

/** A moment as a person writes it: seconds as printed in the trace, or an offset from its first record. */
export interface Moment {
  readonly relative: boolean;
  /** Nanoseconds; for a trace whose clock counts ticks, the number as it was written. */
  readonly ns: bigint;
  readonly ticks: bigint;
}

export interface FilterOptions extends RowOptions {
  readonly since?: Moment;
  readonly until?: Moment;
  readonly pid?: number;
  readonly comm?: string;
}

export function wholeNumber(text: string): number {
  if (!/^\d{1,15}$/.test(text)) throw new InvalidArgumentError('It must be a whole number.');
  return Number(text);
}

export function positiveNumber(text: string): number {
  const value = wholeNumber(text);
  if (value === 0) throw new InvalidArgumentError('It must be at least 1.');
  return value;
}

export function moment(text: string): Moment {
  const found = /^(\+?)(\d{1,12})(?:\.(\d{1,9}))?s?$/.exec(text);
  if (found === null)
    throw new InvalidArgumentError('Write seconds as the trace prints them (9978.187638), or +0.5 from its start.');
  const [, sign, seconds, fraction = ''] = found as unknown as [string, string, string, string | undefined];
  const whole = BigInt(seconds);
  return { relative: sign === '+', ns: whole * 1_000_000_000n + BigInt(fraction.padEnd(9, '0')), ticks: whole };
}

const SIZES: Readonly<Record<string, number>> = { '': 1, k: 2 ** 10, m: 2 ** 20, g: 2 ** 30, t: 2 ** 40 };

export function byteSize(text: string): number {
  const found = /^(\d{1,9})([kmgt]?)(?:i?b)?$/i.exec(text);
  if (found === null) throw new InvalidArgumentError('Write a size such as 500MB or 4GB.');
  return Number(found[1]) * (SIZES[(found[2] as string).toLowerCase()] as number);
}

/** `key=value`, gathered over repeated options. */
export function keyValue(text: string, before: Readonly<Record<string, string>> = {}): Record<string, string> {
  const at = text.indexOf('=');
  if (at <= 0) throw new InvalidArgumentError('Write it as key=value.');
  return { ...before, [text.slice(0, at)]: text.slice(at + 1) };
}

/** A word, gathered over repeated options. */
export const gather = (text: string, before: readonly string[] = []): string[] => [...before, text];

export interface PidFile {
  readonly pid: number;
  readonly path: string;
}

/** `PID=FILE`, gathered over repeated options. */
export function pidFile(text: string, before: readonly PidFile[] = []): PidFile[] {
  const found = /^(\d{1,10})=(.+)$/s.exec(text);
  if (found === null) throw new InvalidArgumentError('Write it as PID=FILE, for example 5441=maps.txt.');
  return [...before, { pid: Number(found[1]), path: found[2] as string }];
}

/** What every command that opens a capture takes. */
export const withCommon = (command: Command, formats: readonly Format[] = FORMATS): Command =>
  command
    .addOption(new Option('--format <format>', 'how to print').choices(formats).default('table'))
    .option('--no-color', 'no colours (also: NO_COLOR=1)')
    .option('-q, --quiet', 'no talk and no progress on stderr')
    .addOption(new Option('--memory-limit <size>', 'memory for the database, e.g. 2GB').argParser(byteSize))
    .addOption(new Option('--threads <n>', 'threads for the database').argParser(positiveNumber))
    .addOption(new Option('--maps <PID=FILE>', 'a copy of /proc/PID/maps from the target').argParser(pidFile))
    .option('--kallsyms <file>', 'a copy of /proc/kallsyms from the target')
    .option('--dmesg <file>', 'its kernel log (dmesg, journalctl -k -o short-monotonic)')
    .option('--capture <name>', 'of a store with several captures only this one: name, id, or a label as key=value');

export const withLimit = (command: Command): Command =>
  command.addOption(new Option('--limit <n>', 'print at most n rows').argParser(wholeNumber));

/** Filters for rows; a parameter of the command's own with the same name takes its place. */
export function withFilters(command: Command, taken: ReadonlySet<string>): Command {
  const add = (option: Option): void => {
    if (!taken.has(option.attributeName())) command.addOption(option);
  };
  add(new Option('--since <time>', 'from this time on: seconds as in the trace, or +offset').argParser(moment));
  add(new Option('--until <time>', 'up to this time').argParser(moment));
  add(new Option('--pid <n>', 'rows about this task').argParser(wholeNumber));
  add(new Option('--comm <name>', 'rows about tasks of this name'));
  return command;
}
