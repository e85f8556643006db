/** What can be taken from a capture: each ablation says which lines stay. */
import { type CaptureText, MARKER, type Unit } from './capture-text.js';
import { chance } from './random.js';

export interface Ablation {
  /** Kind, for the account. */
  readonly kind: string;
  /** What exactly, for people. */
  readonly label: string;
  readonly keep: readonly boolean[];
}

const byUnit = (
  capture: CaptureText,
  kind: string,
  label: string,
  stays: (unit: Unit, index: number) => boolean,
): Ablation => {
  const keep = capture.lines.map(() => true);
  for (const [index, unit] of capture.units.entries()) {
    if (!stays(unit, index)) keep.fill(false, unit.from, unit.until);
  }
  return { kind, label, keep };
};

const isSyscall = (unit: Unit): boolean => /^sys_(enter|exit)_/.test(unit.name);
const syscallOf = (unit: Unit): string => unit.name.replace(/^sys_(enter|exit)_/, '');
const distinct = <T>(values: readonly T[]): T[] => [...new Set(values)];

/** A stack block goes with its event. */
const dropEvents = (capture: CaptureText, kind: string, label: string, gone: (unit: Unit) => boolean): Ablation => {
  const names = new Set(capture.units.filter(gone).map((unit) => unit.name));
  return byUnit(
    capture,
    kind,
    label,
    (unit) => !names.has(unit.name) && !(unit.stackOf !== null && names.has(unit.stackOf)),
  );
};

const GROUPS = [
  { name: 'signals', events: /^signal_/ },
  { name: 'scheduler events', events: /^sched_/ },
  { name: 'life of tasks', events: /^(sched_process_|task_)/ },
  { name: 'system calls', events: /^sys_/ },
  { name: 'waits and exits', events: /^sys_(enter|exit)_(wait|exit)/ },
];

/** Lines on which the story of a death turns. */
const TURNS =
  /^(signal_|sched_process_|task_|sys_(enter|exit)_(wait|exit|clone|fork|vfork|execve|kill|tgkill|tkill|rt_sig(queueinfo|return|timedwait)|rt_tgsig|pidfd|ptrace|getpid|gettid))/;

/** Each of these records by itself, and each with the record before or behind it. */
export function singleAblations(capture: CaptureText): Ablation[] {
  const { units } = capture;
  return units.flatMap((unit, at) => {
    if (!TURNS.test(unit.name)) return [];
    const label = `${unit.name} of ${unit.pid} on line ${unit.from + 1}`;
    const next = nextOf(units, at);
    const single = [byUnit(capture, 'one', label, (_, index) => index !== at)];
    // Of two calls of one name that become one, nothing in the text tells, nor of a whole call that is gone.
    const before = units[at - 1];
    if (before !== undefined && !(before.pid === unit.pid && sameCall(before, unit)))
      single.push(
        byUnit(capture, 'two', `${label} and the record before`, (_, index) => index !== at && index !== at - 1),
      );
    const after = units[next];
    if (after !== undefined && !sameCall(unit, after))
      single.push(
        byUnit(capture, 'two', `${label} and the next of its task`, (_, index) => index !== at && index !== next),
      );
    return single;
  });
}

const sameCall = (a: Unit, b: Unit): boolean => isSyscall(a) && isSyscall(b) && syscallOf(a) === syscallOf(b);

const nextOf = (units: readonly Unit[], at: number): number =>
  units.findIndex((other, index) => index > at && other.pid === (units[at] as Unit).pid);

/** Everything that is the same for every seed. */
export function fixedAblations(capture: CaptureText): Ablation[] {
  const { units } = capture;
  const all: Ablation[] = [];
  const events = distinct(units.filter((unit) => unit.name !== '<stack>' && !isSyscall(unit)).map((unit) => unit.name));
  for (const name of events) all.push(dropEvents(capture, 'event', `event ${name}`, (unit) => unit.name === name));
  const syscalls = distinct(units.filter(isSyscall).map(syscallOf));
  for (const name of syscalls) {
    const lines = (edge: string) => (unit: Unit) => unit.name === `sys_${edge}_${name}`;
    all.push(dropEvents(capture, 'syscall enter', `enters of ${name}`, lines('enter')));
    all.push(dropEvents(capture, 'syscall exit', `exits of ${name}`, lines('exit')));
    all.push(dropEvents(capture, 'syscall', `syscall ${name}`, (unit) => isSyscall(unit) && syscallOf(unit) === name));
  }
  if (syscalls.length > 0) {
    all.push(dropEvents(capture, 'syscalls', 'all enters', (unit) => unit.name.startsWith('sys_enter_')));
    all.push(dropEvents(capture, 'syscalls', 'all exits', (unit) => unit.name.startsWith('sys_exit_')));
    all.push(dropEvents(capture, 'syscalls', 'all syscalls', isSyscall));
  }
  for (const name of events) {
    all.push(dropEvents(capture, 'only', `only ${name}`, (unit) => unit.name !== name));
  }
  if (units.some((unit) => unit.name === '<stack>')) {
    all.push(byUnit(capture, 'stacks', 'all stacks', (unit) => unit.name !== '<stack>'));
    for (const name of distinct(units.flatMap((unit) => unit.stackOf ?? []))) {
      all.push(byUnit(capture, 'stacks', `stacks of ${name}`, (unit) => unit.stackOf !== name));
    }
  }
  for (const { name, events: of } of GROUPS) {
    all.push(byUnit(capture, 'only', `only ${name}`, (unit) => of.test(unit.name) || of.test(unit.stackOf ?? '')));
    all.push(byUnit(capture, 'group', `no ${name}`, (unit) => !of.test(unit.name) && !of.test(unit.stackOf ?? '')));
  }
  const tasks = distinct(units.map((unit) => unit.pid));
  if (tasks.length <= 40) {
    for (const pid of tasks) all.push(byUnit(capture, 'task', `task ${pid}`, (unit) => unit.pid !== pid));
  }
  for (const cpu of distinct(units.map((unit) => unit.cpu))) {
    all.push(byUnit(capture, 'cpu', `cpu ${cpu}`, (unit) => unit.cpu !== cpu));
  }
  for (const part of [0.1, 0.25, 0.5, 0.75, 0.9]) {
    const at = Math.floor(units.length * part);
    all.push(byUnit(capture, 'start', `the first ${part * 100} %`, (_, index) => index >= at));
    all.push(byUnit(capture, 'end', `the last ${100 - part * 100} %`, (_, index) => index < at));
  }
  return all;
}

const RATES = [0.01, 0.1, 0.3, 0.5, 0.8];

/** What chance takes; another seed takes other lines. */
export function seededAblations(capture: CaptureText, seed: number): Ablation[] {
  const { units, lines } = capture;
  const all: Ablation[] = [];
  for (const rate of RATES) {
    const records = chance(`records ${rate} ${seed}`);
    all.push(
      byUnit(capture, `records ${rate}`, `records with p = ${rate}, seed ${seed}`, () => records.next() >= rate),
    );
    const single = chance(`lines ${rate} ${seed}`);
    const keep = lines.map((line) => single.next() >= rate || MARKER.test(line));
    // A text over several lines stays whole: a part of it may look like any line.
    for (const unit of units) if (unit.name !== '<stack>') keep.fill(keep[unit.from] as boolean, unit.from, unit.until);
    all.push({ kind: `lines ${rate}`, label: `lines with p = ${rate}, seed ${seed}`, keep });
  }
  const window = chance(`window ${seed}`);
  for (const size of [0.02, 0.1, 0.3, 0.6]) {
    const from = window.below(Math.max(1, Math.floor(units.length * (1 - size))));
    const until = from + Math.ceil(units.length * size);
    all.push(byUnit(capture, 'window', `records ${from} to ${until}`, (_, index) => index < from || index >= until));
  }
  // What the kernel does when one CPU's buffer is overrun: nothing of that CPU for a while.
  const cpus = distinct(units.map((unit) => unit.cpu));
  for (let i = 0; i < 3; i++) {
    const cpu = window.pick(cpus);
    const from = window.below(units.length);
    const until = from + window.below(units.length);
    const label = `cpu ${cpu}, records ${from} to ${until}`;
    all.push(byUnit(capture, 'cpu window', label, (unit, index) => unit.cpu !== cpu || index < from || index >= until));
  }
  const tasks = distinct(units.map((unit) => unit.pid));
  for (let i = 0; i < 2; i++) {
    const pid = window.pick(tasks);
    all.push(byUnit(capture, 'task', `task ${pid}`, (unit) => unit.pid !== pid));
  }
  const frames = chance(`frames ${seed}`);
  for (const rate of [0.3, 0.7]) {
    const keep = lines.map(() => true);
    for (const unit of units) {
      if (unit.name !== '<stack>') continue;
      for (let line = unit.from + 1; line < unit.until; line++) keep[line] = frames.next() >= rate;
    }
    if (units.some((unit) => unit.name === '<stack>')) {
      all.push({ kind: 'frames', label: `frames with p = ${rate}, seed ${seed}`, keep });
    }
  }
  const names = distinct(units.map((unit) => unit.name).filter((name) => name !== '<stack>'));
  for (const count of [2, 4]) {
    const gone = new Set(Array.from({ length: count }, () => window.pick(names)));
    all.push(dropEvents(capture, 'events', [...gone].join(', '), (unit) => gone.has(unit.name)));
  }
  return all;
}
