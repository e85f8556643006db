/** A purpose and a choice of tasks -> the script that records it: data and a plan here, how it is done in capture.sh. */
import { readFileSync } from 'node:fs';
import type { PlannedProbes, Purpose, PurposeName } from '../../trace/capture/plan.js';
import { PURPOSES, probedCall } from '../../trace/capture/purposes.js';
import { VERSION } from '../version.js';

export interface CaptureScriptOptions {
  readonly purpose: PurposeName;
  /** Only this process and the children that it makes from then on. */
  readonly pid?: number | undefined;
  /** A shell command: it is started, recorded with its children, and waited for. */
  readonly exec?: string | undefined;
  /** Stop after this time; without it, at the end of the command or process, or when told to. */
  readonly seconds?: number | undefined;
  /** For each CPU. */
  readonly bufferMb?: number | undefined;
  /** Kernel functions, for the purpose `calls`, in the place of its own. */
  readonly functions?: readonly string[] | undefined;
}

const BODY = readFileSync(new URL('./capture.sh', import.meta.url), 'utf8');

/** Text for /bin/sh; inside single quotes a shell reads nothing but the next single quote. */
export const shellQuote = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

/** The whole script, for /bin/sh of any kind. */
export function captureScript(options: CaptureScriptOptions): string {
  const purpose = PURPOSES[options.purpose];
  const probes = options.functions === undefined ? purpose.probes : options.functions.map(probedCall);
  const others = purpose.events.some(({ everybody }) => everybody === true) && purpose.everybodysSyscalls.length > 0;
  const values: readonly (readonly [name: string, value: string])[] = [
    ['FTRAIL', VERSION],
    ['PURPOSE', purpose.name],
    ['TARGET', options.pid === undefined ? '' : String(options.pid)],
    ['COMMAND', options.exec ?? ''],
    ['RECORD_SECONDS', options.seconds === undefined ? '' : String(options.seconds)],
    ['BUFFER_KB', String((options.bufferMb ?? purpose.bufferMb) * 1024)],
    ['BY_TASK', purpose.byTask ? 'yes' : ''],
    ['STACKS', purpose.events.some(({ stack }) => stack === true) ? 'yes' : ''],
    ['OTHERS', others ? 'yes' : ''],
    ['SYMBOLS', symbols(probes).join('|')],
  ];
  return `#!/bin/sh
# Records with ftrace ${purpose.answers}.
# Made by ftrail ${VERSION} (capture-script --for ${purpose.name}). Run it as root on the target:
#
#   sh capture.sh [OUTPUT.tar.gz]
#
# busybox is enough. It changes nothing that it does not set back, also when it is stopped. What it writes goes as it is
# to ftrail: ftrail report OUTPUT.tar.gz
# TMPDIR: where it gathers. FTRAIL_TRACEFS: where tracefs is, if in no usual place. FTRAIL_MAIN_BUFFER=1: no buffer of its own.
set -u

${values.map(([name, value]) => `${name}=${shellQuote(value)}`).join('\n')}

plan() {
${planLines(purpose, probes)
  .map((line) => `  ${line}\n`)
  .join('')}}
${BODY}`;
}

const symbols = (probes: readonly PlannedProbes[]): string[] => [
  ...new Set(probes.flatMap(({ ways }) => ways.map(({ symbol }) => symbol.replaceAll('.', '[.]')))),
];

function planLines(
  { events, syscalls, everybodysSyscalls, options }: Purpose,
  probes: readonly PlannedProbes[],
): string[] {
  const own = syscalls === 'all' ? [] : syscalls.filter((name) => !everybodysSyscalls.includes(name));
  return [
    ...options.map(({ name, value, since = [0, 0] }) => `option ${name} ${value} ${since.join(' ')}`),
    ...events.map(
      ({ event, stack, everybody }) =>
        `event ${event} ${stack === true ? 'stack' : "''"} ${everybody === true ? 'others' : "''"}`,
    ),
    ...(syscalls === 'all' ? ["syscalls '' all"] : own.length === 0 ? [] : [`syscalls '' ${own.join(' ')}`]),
    ...(everybodysSyscalls.length === 0 ? [] : [`syscalls others ${everybodysSyscalls.join(' ')}`]),
    ...probes.flatMap(probeLines),
  ];
}

/** The entry in the first way that the kernel takes, then the return of the same function. */
function probeLines({ name, ways, returns }: PlannedProbes): string[] {
  const symbolNames = ways.map(({ symbol }) => symbol).join(', ');
  const attempts = ways.map(({ symbol, args }) => {
    const entry = `probe p ${name} ${symbol} ${shellQuote(args)}`;
    return returns === undefined ? entry : `{ ${entry} && probe r ${name}_ret ${symbol} ${shellQuote(returns)}; }`;
  });
  return [`${attempts.join(' || ')} || no_probe ${name} ${shellQuote(symbolNames)}`];
}
