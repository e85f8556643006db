/**
 * The sentences that people read, taken apart: what each one says, by name. Names of one thing compare across captures; where
 * lines are missing a sentence may say less. A text that nothing here takes apart is undefined, and shows that this grammar is behind.
 */

export type Says = Readonly<Record<string, string>>;

/** A task as `comm pid` or `pid N`; names are judged apart. */
const task = (name: string): string => `(?:pid |.*? )?(?<${name}>\\d+)`;
const DUR = '[\\d.-]+ (?:ns|us|ms|s|ticks?)|less than 1 us';
const dur = (name: string): string => `(?<${name}>${DUR})`;

const pattern = (text: string): RegExp => new RegExp(`^${text}$`, 's');
const rule = (says: string, text: string): readonly [string, RegExp] => [says, pattern(text)];

/** What follows `SIGTERM is generated for X`. */
const SENT_BY = [
  ` because ${task('ended')} ended`,
  ` because ${task('stopped')} stopped`,
  ` because ${task('continued')} goes on`,
  ` because its parent ${task('parent')} died`,
  ` by (?<fault>a fault) of its own`,
  ` in the context of ${task('context')}`,
  ` by (?<pipe>its own write) to a pipe or socket without reader`,
  ` by (?<self>itself) with (?<how>.*?)`,
  ` by ${task('sender')} with (?<how2>.*?)`,
  ` by (?<what>.*?)`,
  '',
].join('|');

const EXECUTES = `(?:, in its thread (?<in_thread>\\d+))?`;

const STEPS: readonly (readonly [string, RegExp])[] = [
  rule('fork', `${task('child')} is forked, by whom is not in the capture`),
  rule('fork', `${task('parent')} starts (?<thread>thread) ${task('child')}`),
  rule('fork', `${task('parent')} forks (?<thread>)${task('child')}`),
  rule('fork', `${task('parent')} starts ${task('child')}, a process or a thread`),
  rule('exec_enter', `${task('who')} calls execve${EXECUTES}`),
  rule(
    'exec',
    `${task('who')} runs a new program(?:: (?<path>.*?)|, its path is not in the capture)(?: \\(execve took ${dur('took')}\\))?`,
  ),
  rule('open', `${task('who')} fails to open (?:a file whose path is not in the capture|(?<path>.*)): (?<errno>E\\w+)`),
  rule('open', `${task('who')} opens (?:a file whose path is not in the capture|(?<path>.*?))(?: as fd (?<fd>\\d+))?`),
  rule(
    'map',
    `${task('who')} maps (?<len>\\w+) bytes of (?:fd (?<fd>\\d+), its path is not in the capture,|(?<path>.*)) at (?<at>\\w+) \\((?<prot>[\\w|]*)\\)`,
  ),
  rule('send', `${task('sender')} sends (?<signal>\\S+) with (?<how>.*?) to (?<targets>.*)`),
  rule(
    'generate',
    `(?<signal>\\S+)(?: \\((?<code>\\w+)\\))? is generated for ${task('target')}(?:${SENT_BY})(?: \\((?<evidence>(?:the s|code|mark|a |its |no )[^;]*(?:;[^;]*)?)\\))?(?:; (?:.*?has (?<handler>no handler).*|(?<result>the target ignores it|one is pending already.*|the queue is full.*)))?`,
  ),
  rule(
    'deliver',
    `(?<signal>\\S+) (?:reaches|is delivered to) ${task('target')}(?:, in its thread (?<receiver>\\d+),)?(?: after ${dur('latency')})?(?<fatal> as SIGKILL, which the kernel makes of any signal that kills by default)?(?:, to its (?<handler>handler)(?:, which returns ${dur('handler_dur')} later)?|, which (?<ignored>ignores) it)?(?:; (?:it has (?<siblings>no signal_generate), as .*|which signal_generate it belongs to is not shown))?`,
  ),
  rule('take', `${task('who')} takes (?<signal>\\S+) with (?<how>\\w+)`),
  rule(
    'exit_group',
    `${task('who')} (?:calls exit|(?<whole>ends with its process), which calls exit)(?: with code (?<code>\\d+))?${EXECUTES}`,
  ),
  rule('exit', `${task('who')}, the (?<leader>leader) of its process, exits; other threads go on`),
  rule('exit', `${task('who')} (?:exits|ends)`),
  rule(
    'reparent',
    `${task('parent')}, the parent of ${task('who')}, ends(?: (?<when>.*?))?; ${task('reaper')} inherits it`,
  ),
  rule('wait_enter', `${task('who')} enters (?<how>\\w+)(?:, (?<before>before) the child has died)?`),
  rule(
    'reap',
    `(?<how>\\w+) returns(?: (?<ret>\\d+)(?: \\(its pid in the namespace\\))?)? to ${task('reaper')}: ${task('child')} is reaped(?: after ${dur('zombie')} as a zombie)?`,
  ),
  rule(
    'wake',
    `(?:something that the capture does not show|(?:.*? )??(?<waker>\\d+|the idle task|\\w+)) wakes ${task('who')}`,
  ),
  rule('run', `${task('who')} runs on CPU (?<cpu>\\d+) ${dur('latency')} after its wake-up`),
  rule(
    'call',
    `(?<function>[^( ]+)(?:\\((?<args>.*)\\))? is called(?: by (?<caller>\\S+))?(?: inside (?<inside>\\S+))?`,
  ),
  rule(
    'return',
    `(?<function>\\S+) returns(?: (?!after )(?<ret>.*?))?(?: \\((?<errno>E\\w+)\\))?(?: after ${dur('dur')})?`,
  ),
  rule(
    'hop',
    `packet \\d+ (?:passes (?<function>\\w+)|is (?<freed>freed))(?: on (?<dev>\\S+?))?(?:, (?<len>\\d+) bytes)?(?:, (?<protocol>\\w+))?(?:, ${dur('since')} later)?`,
  ),
  rule(
    'drop',
    `packet \\d+ is dropped(?: in (?<location>\\S+))?(?: \\((?<reason>\\w+)\\)|; the capture gives no reason)(?:, last seen on (?<last>\\S+?)| on (?<dev>\\S+?))?(?:, (?<len>\\d+) bytes)?(?:, (?<protocol>\\w+))?(?:, ${dur('since')} later)?`,
  ),
];

const SENT = [
  ' that it sent to (?<self>itself)(?: \\(abort\\)| with (?<how>.*?))',
  ' that it sent to its own thread (?<own>\\d+) with (?<how2>.*?)',
  ' from (?<fault>a fault) of its own',
  ` because its parent ${task('parent')} died`,
  ' from (?<pipe>its own write) to a pipe or socket without reader',
  ' that came up in (?<context>its own context), by means the capture does not show',
  ` sent in the context of ${task('context2')}, by means the capture does not show`,
  ` sent by ${task('sender')} with (?<how3>.*?)`,
  ' whose sender is not in the capture',
  ' sent by (?<what>.*?)',
  '',
].join('|');

const END = [
  ' (?<exited>exited)(?: with code (?<exit_code>\\d+)|, with what code is not in the capture)',
  ` was (?<killed>killed)(?: by (?<signal>SIG\\S+)(?: \\((?<code>\\w+)\\))?(?:${SENT})|, by which signal is not in the capture)(?<dumped> and dumped core)?`,
  ' is (?<alive>alive) when the capture ends',
  ' (?:ended, how|: whether it ended) is not in the capture',
  ': whether it ended is not in the capture',
  ' (?<ended>ended), how is not in the capture',
].join('|');

const REAP = [
  `; (?:it was a zombie for ${dur('zombie')} until )?${task('reaper')}(?<inherited>, which had inherited it,)? reaped it(?: with (?<wait>\\w+))?(?:, ${dur('later')} after it exited)?`,
  '; it was (?<auto>reaped without a wait) in the capture, .*',
  '; no wait is known to have reaped it',
  '',
].join('|');

const VERDICT = pattern(`${task('who')}(?: \\((?:thread of (?<tgid>\\d+)|a thread)\\))?(?:${END})(?:${REAP})`);

/** Groups that say the same under several names, since a name stands once in a pattern. */
const SAME: Readonly<Record<string, string>> = { how2: 'how', how3: 'how', context2: 'context' };

const named = (groups: Record<string, string | undefined> | undefined): Says =>
  Object.fromEntries(
    Object.entries(groups ?? {}).flatMap(([name, value]) => (value === undefined ? [] : [[SAME[name] ?? name, value]])),
  );

/** What a step of a story says; `kind` as `step.kind`. */
export function stepSays(kind: string, text: string): Says | undefined {
  for (const [of, words] of STEPS) {
    const match = of === kind ? words.exec(text) : null;
    if (match !== null) return named(match.groups);
  }
  return undefined;
}

/** What the sentence about a life says. */
export function verdictSays(text: string): Says | undefined {
  const match = VERDICT.exec(text);
  return match === null ? undefined : named(match.groups);
}

/** Not about the world: how the statement is known, and words that stand for the absence of another. */
const LOOSE = new Set(['evidence', 'who', 'targets', 'since', 'later']);

/** A task in whose context something happened: any part that it has in the truth. */
const PARTS = ['context', 'sender', 'ended', 'stopped', 'continued', 'parent', 'self', 'fault', 'pipe', 'own'] as const;

/** What says something else than the truth, by name. */
export function contradictions(says: Says, truth: Says): string[] {
  return Object.keys(says).filter((name) => {
    if (LOOSE.has(name) || says[name] === truth[name]) return false;
    if (name === 'fd' && truth.path !== undefined) return false;
    if (name === 'target' && says.receiver === undefined && says.target === truth.receiver) return false;
    // The number of the delivery is 9 whichever fatal signal it was.
    if (name === 'signal' && says.signal === 'SIGKILL' && truth.fatal !== undefined) return false;
    if (name === 'context')
      return !PARTS.some((part) => truth[part] === says.context || (part in truth && says.context === truth.target));
    return true;
  });
}
