/** What a rules file may say. Docs here are what an editor shows. */
import {
  choice,
  either,
  flag,
  integer,
  listOf,
  mapOf,
  quantity,
  type Read,
  record,
  sqlText,
  text,
  variants,
} from './shape.js';

const DEATHS = ['exited', 'killed', 'dumped', 'alive'] as const;

const limit = (doc?: string) => quantity(['number', 'time', 'size', 'percent'], doc);
const time = (doc?: string) => quantity(['time'], doc);
const count = (doc?: string) => quantity(['number'], doc);
const sized = (doc?: string) => quantity(['number', 'size', 'time'], doc);

const range = (doc: string) =>
  either(
    record({ min: count('at least'), max: count('at most') }, { required: [], some: ['min', 'max'] }),
    count('exactly'),
    'map',
    doc,
  );

const eventFields = {
  event: text('name of the event, e.g. signal_generate or sys_enter_openat'),
  where: sqlText('only events for which this SQL condition over their columns (ftrail query: FROM ev.<event>) holds'),
};
const eventRecord = record(eventFields, { required: ['event'] });
const event = either(eventRecord, text('name of an event'), 'map', 'an event: its name, or { event, where }');

const step = record(
  {
    ...eventFields,
    as: text('a name for this step, for match of a later one'),
    task: text(
      'column that holds the pid the step is about, where it is not the task on the line (signal_generate: its target)',
    ),
    match: mapOf(
      text('STEP.COLUMN of an earlier step'),
      'columns of this event that equal a column of an earlier step: { target_pid: fork.child_pid }',
    ),
  },
  { required: ['event'] },
);

const PER = ['task', 'process', 'cpu', 'capture'] as const;
const per = choice(PER, 'what the events must have in common (default: task)');
const values = {
  column: text('column that the limits speak of; needed when the answer has several'),
  min: limit('no value below'),
  max: limit('no value above'),
  equals: either(listOf(text(), 1), text(), 'list', 'every value is this, or one of these'),
};
const VALUE_KEYS = ['min', 'max', 'equals'];

const only = (what: string) =>
  record(
    {
      only: listOf(text(), 0, `no ${what} but these`),
      never: listOf(text(), 1, `none of these`),
      includes: listOf(text(), 1, `each of these at least once`),
    },
    { required: [], some: ['only', 'never', 'includes'], doc: `${what}; * is any text without /, ** any text` },
  );

const PERCENTILES = { p50: time(), p90: time(), p95: time(), p99: time(), p999: time(), max: time(), mean: time() };

const assertions = variants(
  {
    analysis: record(
      {
        analysis: text('id of an analysis: ftrail --help lists them'),
        params: mapOf(text(), 'parameters of the analysis'),
        where: sqlText('only rows of the answer for which this SQL condition holds'),
        rows: range('how many rows the answer has'),
        ...values,
      },
      { required: ['analysis'], some: ['rows', ...VALUE_KEYS] },
    ),
    sql: record(
      { sql: sqlText('one SELECT over the store'), rows: range('how many rows it gives'), ...values },
      { required: ['sql'], some: ['rows', ...VALUE_KEYS] },
    ),
    never: record({ never: event }, { required: ['never'], doc: 'the event does not happen' }),
    eventually: record(
      { eventually: event, count: range('how often (default: at least once)') },
      { required: ['eventually'], doc: 'the event happens' },
    ),
    always: record(
      { always: event, holds: sqlText('SQL condition over the columns of the event') },
      { required: ['always', 'holds'], doc: 'a condition holds for every such event' },
    ),
    sequence: record(
      {
        sequence: listOf(step, 2, 'events in this order; each is the first that fits after the one before'),
        within: time('longest time from the first step to the last'),
        per,
        happens: choice(
          ['always', 'eventually', 'never'],
          'always (default): after every first step; eventually: at least once; never: not once',
        ),
      },
      { required: ['sequence'] },
    ),
    absent: record(
      {
        absent: event,
        after: step,
        until: event,
        within: time('how long after'),
        per,
      },
      {
        required: ['absent', 'after'],
        doc: 'between one event and another (or a time, or the end) something does not happen',
      },
    ),
    process: record(
      {
        process: text('comm of the processes; * stands for any text'),
        count: range('how many such processes there are (default: at least one)'),
        death: either(listOf(choice(DEATHS), 1), choice(DEATHS), 'list', 'how each of them ended'),
        exit_code: integer(0, 'exit code of each that exited'),
        exit_signal: text('signal in the wait status of each, e.g. SIGKILL'),
        reaped: flag('whether each was reaped'),
        zombie: time('longest time as a zombie'),
        lifetime: time('longest time from fork (or first line) to end'),
        signals: only('signals that are sent to them'),
        opens: only('paths that they open'),
        execs: only('paths that they execute'),
        syscalls: only('syscalls that they make'),
        errors: only('errors that their syscalls return, e.g. ENOENT'),
      },
      {
        required: ['process'],
        some: [
          ...['count', 'death', 'exit_code', 'exit_signal', 'reaped', 'zombie', 'lifetime'],
          ...['signals', 'opens', 'execs', 'syscalls', 'errors'],
        ],
      },
    ),
    latency: record(
      {
        latency: record(
          {
            syscall: text('time in a syscall'),
            function: text('time in a probed function'),
            signal: text('time from generation to delivery of a signal'),
            wakeup: flag('time from wake-up to running'),
            zombie: flag('time from end to reap'),
            comm: text('only tasks of this name; * stands for any text'),
          },
          {
            required: [],
            some: ['syscall', 'function', 'signal', 'wakeup', 'zombie'],
            single: ['syscall', 'function', 'signal', 'wakeup', 'zombie'],
          },
        ),
        ...PERCENTILES,
        min_count: integer(1, 'fewest values that a percentile may rest on (default: 1)'),
      },
      { required: ['latency'], some: Object.keys(PERCENTILES) },
    ),
    lost_events: record(
      { lost_events: quantity(['number', 'percent'], 'most events that may be missing, as a number or a part of all') },
      { required: ['lost_events'] },
    ),
    issues: record(
      { issues: quantity(['number', 'percent'], 'most lines or blocks that could not be fully understood') },
      { required: ['issues'] },
    ),
  },
  'exactly one of these',
);

const compare = record(
  {
    analysis: text('id of an analysis'),
    sql: sqlText('one SELECT over the store'),
    params: mapOf(text(), 'parameters of the analysis'),
    where: sqlText('only rows for which this SQL condition holds'),
    key: either(listOf(text(), 1), text(), 'list', 'column or columns that name a row on both sides'),
    metric: text('column that is compared; without it, which keys there are'),
    max_increase: limit('most that the head may be above the baseline, absolute or in %'),
    max_decrease: limit('most that it may be below'),
    ignore_below: sized('changes smaller than this do not count, whatever the percentage'),
    new_keys: choice(['allow', 'fail'], 'keys that only the head has (default: allow; without a metric: fail)'),
    gone_keys: choice(['allow', 'fail'], 'keys that only the baseline has (default: allow; without a metric: fail)'),
  },
  { required: ['key'], some: ['analysis', 'sql'], single: ['analysis', 'sql'] },
);

const rule = record(
  {
    name: text('one line that says what must hold'),
    description: text('why it matters, and what to do when it fails'),
    severity: choice(['error', 'warn'], 'error (default) fails the run, warn only tells'),
    allow_missing: flag('pass over the rule where the capture lacks the events it needs'),
    allow_loss: flag('let absence count although events were lost'),
    tags: listOf(text(), 1, 'for --tag'),
    needs: listOf(text(), 1, 'events without which the rule says nothing, beyond those that it names itself'),
    assert: assertions,
    compare,
  },
  { required: ['name'], some: ['assert', 'compare'], single: ['assert', 'compare'] },
);

export const rulesFile = record(
  {
    include: listOf(text(), 1, 'rules files, paths relative to this file'),
    vars: mapOf(text(), 'variables with their defaults; ${name} in any value, --var name=value on the command line'),
    enabled: listOf(
      text(),
      1,
      'events that the recording enables (* stands for any text): that they do not occur then means that they did not happen',
    ),
    rules: listOf(rule, 1),
  },
  { required: [], some: ['rules', 'include'], doc: 'Rules for ftrail check' },
);

export type RulesFile = Read<typeof rulesFile>;
export type RuleSource = Read<typeof rule>;
export type Assertion = NonNullable<RuleSource['assert']>;
export type AssertionOf<K extends Assertion['kind']> = Extract<Assertion, { kind: K }>['of'];
export type Compare = Read<typeof compare>;
export type EventSource = Read<typeof event>;
export type StepSource = Read<typeof step>;
export type RangeSource = Read<ReturnType<typeof range>>;
export type OnlySource = Read<ReturnType<typeof only>>;
export type ValueLimits = Pick<AssertionOf<'sql'>, 'column' | 'min' | 'max' | 'equals'>;

export const RULES_SCHEMA = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: 'Rules of ftrail check',
  ...rulesFile.schema,
};
