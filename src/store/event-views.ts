/**
 * Schema `ev`: one view per event name with the event's own fields as typed columns after event_id, ts, cpu, comm, pid.
 *
 *   known events     by their grammar (src/trace/events): all text variants in one relation
 *   syscalls         enter: one column per argument as UBIGINT; exit: ret (signed) and errno
 *   other events     by inference over samples (src/trace/infer.ts), then held against every line of that event
 *
 * A field that a line does not have, or `(fault)`, is NULL. An own field named like a common column gets the prefix arg_.
 */
import { type EventGrammar, type FieldType, KNOWN_EVENTS } from '../trace/events/index.js';
import { fieldColumn, type Inferred, type InferredType, inferGrammar } from '../trace/infer.js';
import { identifier, literal } from './identifier.js';
import { probeView } from './probe-view.js';
import type { Store } from './store.js';

interface Name {
  readonly name: string;
  readonly kind: string;
  readonly keys: readonly string[];
}

const SAMPLES = 500;
const COMMON = 'event_id, ts, cpu, comm, pid';

/**
 * Creates the view of every event name in the store and of all known events, and `path_event(event_id, pid, path, source, cut,
 * probed)`: the paths that events show, whatever their names; and `probe_event` (probe-view.ts).
 */
export async function createEventViews(store: Store): Promise<void> {
  const names = await readNames(store);
  const samples = await readSamples(store);
  const statements: string[] = [];
  const paths: string[] = [vendorPaths(), syscallPaths()];
  const probes: string[] = [];
  const records = await readRecordNames(store);
  for (const grammar of KNOWN_EVENTS.values()) {
    statements.push(records.has(grammar.name) ? recordView(grammar) : textView(grammar.name, fromGrammar(grammar)));
  }
  for (const { name, kind, keys } of names) {
    if (KNOWN_EVENTS.has(name)) continue;
    if (kind === 'syscall_enter') statements.push(enterView(name, keys));
    else if (kind === 'syscall_exit') statements.push(exitView(name));
    else {
      const inferred = inferGrammar(samples.get(name) ?? []);
      const shape = inferred === undefined ? undefined : await fitted(store, name, inferred);
      statements.push(textView(name, shape));
      if (shape !== undefined) paths.push(...probePaths(name, shape));
      if (kind === 'event' && shape?.pattern.startsWith(PROBE_SHAPE) === true) probes.push(name);
    }
  }
  statements.push(`CREATE OR REPLACE VIEW path_event AS ${paths.join(' UNION ALL ')}`, probeView(probes));
  await store.run(statements.join(';\n'));
}

/** Functions whose string argument is the path of an open, by kernel version; the symbol may carry a compiler's suffix. */
const OPENING =
  '^(do_sys_open|do_sys_openat2|do_filp_open|getname|getname_flags|do_file_open|vfs_open|path_openat)([.+]|$)';
/** Names that people give to such an argument; arg1 ... are the kernel's own default names. */
const PATH_FIELD = /^(?:(?:file|path|f)?_?name|path|file|fn|arg\d+|str\d*)$/i;

/** How the pattern of every line with a place in parentheses begins (src/trace/infer.ts). */
const PROBE_SHAPE = '(\\()';

function probePaths(name: string, shape: TextShape): string[] {
  const at = shape.fields.findIndex((field) => field.type === 'string' && PATH_FIELD.test(field.name));
  if (at < 0 || shape.fields[0]?.name !== 'location') return [];
  const value = `x.f${at}`;
  return [
    `SELECT event_id, pid, ${fieldValue(value, 'string')} AS path, ${literal(name)} AS source, ` +
      `${value}[1] = '"' AND (length(${value}) = 1 OR ${value}[-1] <> '"') AS cut, x.f0 AS probed ` +
      `FROM ${extracted(name, shape)} WHERE regexp_matches(x.f0, ${literal(OPENING)})`,
  ];
}

const vendorPaths = (): string =>
  `SELECT event_id, pid, filename AS path, 'do_sys_open' AS source, false AS cut, NULL AS probed FROM ev.do_sys_open WHERE filename IS NOT NULL`;

/** 6.19 and later print user strings behind their pointer. */
const syscallPaths = (): string =>
  `SELECT event_id, pid, regexp_extract(args, '(?s)filename: [^ "]+ "(.*?)"(, [a-z]+: [^"]*)?$', 1), name, ` +
  `regexp_matches(args, '[.][.][.]"'), NULL ` +
  `FROM event WHERE name IN ('sys_enter_open', 'sys_enter_openat', 'sys_enter_openat2') AND contains(args, '"')`;

async function readNames(store: Store): Promise<Name[]> {
  const rows = await store.rows(
    `SELECT name, any_value(kind) AS kind, to_json(max(keys)) AS keys FROM name_dict GROUP BY name ORDER BY name`,
  );
  return rows.map((row) => ({
    name: String(row.name),
    kind: String(row.kind),
    keys: JSON.parse(String(row.keys)) as string[],
  }));
}

async function readSamples(store: Store): Promise<Map<string, string[]>> {
  const rows = await store.rows(
    `SELECT n.name, to_json(arg_min(e.args, hash(e.event_id), ${SAMPLES})) AS samples
     FROM event_row e JOIN name_dict n USING (name_id)
     WHERE n.kind NOT IN ('syscall_enter', 'syscall_exit')
       AND n.name NOT IN (${[...KNOWN_EVENTS.keys()].map(literal).join(', ')})
     GROUP BY n.name`,
  );
  return new Map(rows.map((row) => [String(row.name), JSON.parse(String(row.samples)) as string[]]));
}

/** Known events that some capture shows as option fields prints them; the option holds for a whole file, so one line tells. */
async function readRecordNames(store: Store): Promise<Set<string>> {
  const rows = await store.rows(
    `WITH one AS (SELECT min(event_id) AS event_id FROM event_row GROUP BY capture_id, name_id)
     SELECT n.name, to_json(list(e.args)) AS lines FROM one JOIN event_row e USING (event_id) JOIN name_dict n USING (name_id)
     WHERE n.name IN (${[...KNOWN_EVENTS.keys()].map(literal).join(', ')}) GROUP BY n.name`,
  );
  const shown = rows.filter((row) => {
    const record = new RegExp(`^(?:${KNOWN_EVENTS.get(String(row.name))?.recordPattern})$`, 's');
    return (JSON.parse(String(row.lines)) as string[]).some((line) => record.test(line));
  });
  return new Set(shown.map((row) => String(row.name)));
}

interface TextShape {
  readonly pattern: string;
  readonly fields: readonly { readonly name: string; readonly type: FieldType | InferredType }[];
  /** Whether the pattern begins with a group of its own that tells a match. */
  readonly marked: boolean;
}

const fromGrammar = (grammar: EventGrammar): TextShape => ({
  pattern: grammar.pattern,
  fields: grammar.fields.map(([name, type]) => ({ name, type })),
  marked: false,
});

/** A known event in both forms. */
function recordView(known: EventGrammar): string {
  const columns = known.fields.map(([name, type], i) => {
    const record = name === 'prev_state' ? stateLetters(`r.f${i}`) : fieldValue(`r.f${i}`, type, 'r.m');
    return `CASE WHEN r.m <> '' THEN ${record} ELSE ${fieldValue(`x.f${i}`, type)} END AS ${identifier(fieldColumn(name))}`;
  });
  const shape = fromGrammar(known);
  const record = { ...shape, pattern: known.recordPattern };
  return (
    `CREATE OR REPLACE VIEW ev.${identifier(known.name)} AS SELECT ${COMMON}, ${columns.join(', ')} ` +
    `FROM (SELECT ${COMMON}, ${extraction(shape)} AS x, ${extraction(record)} AS r FROM event WHERE name = ${literal(known.name)})`
  );
}

/** The state bits of sched_switch as its text prints them: R where none is set, + for a preempted task (TASK_REPORT_MAX). */
function stateLetters(field: string): string {
  const bits = `TRY_CAST(${field} AS BIGINT)`;
  const letters = [...'SDTtXZPI'].map((letter, i) => `CASE WHEN ${bits} & ${1 << i} > 0 THEN '${letter}' END`);
  return `coalesce(nullif(concat_ws('|', ${letters.join(', ')}), ''), 'R') || CASE WHEN ${bits} & 256 > 0 THEN '+' ELSE '' END`;
}

/** Samples are not all lines: a type that some line contradicts becomes text. */
async function fitted(store: Store, name: string, inferred: Inferred): Promise<TextShape> {
  const numbers = inferred.fields.filter((field) => field.type === 'int' || field.type === 'hex');
  if (numbers.length > 0) {
    const [row] = await store.rows(
      `SELECT count(*) AS missed FROM event
       WHERE name = ${literal(name)} AND NOT regexp_full_match(args, ${literal(`(?s)${inferred.pattern}`)})`,
    );
    if (Number(row?.missed) > 0) {
      const text = inferred.fields.map((field) => ({ name: field.name, type: 'text' as const }));
      const pattern = inferred.pattern.replaceAll(/\((?:-\?\\d\+|0x\[0-9a-f\]\+)\|\\\(fault\\\)\)/g, '(.*)');
      return { pattern, fields: text, marked: true };
    }
  }
  return { pattern: inferred.pattern, fields: inferred.fields, marked: true };
}

function textView(name: string, shape: TextShape | undefined): string {
  const view = `CREATE OR REPLACE VIEW ev.${identifier(name)} AS `;

  if (shape === undefined) return `${view}SELECT ${COMMON}, args AS text FROM event WHERE name = ${literal(name)}`;
  const columns = shape.fields.map(
    (field, i) => `${fieldValue(`x.f${i}`, field.type)} AS ${identifier(fieldColumn(field.name))}`,
  );
  return `${view}SELECT ${COMMON}, ${columns.join(', ')} FROM ${extracted(name, shape)}`;
}

/** Lines of one event with what its pattern captures as x.m, x.f0, x.f1 ... */
function extracted(name: string, shape: TextShape): string {
  return `(SELECT ${COMMON}, ${extraction(shape)} AS x FROM event WHERE name = ${literal(name)})`;
}

function extraction(shape: TextShape): string {
  const pattern = `(?s)^${shape.marked ? '' : '('}${shape.pattern}${shape.marked ? '' : ')'}$`;
  const groups = ["'m'", ...shape.fields.map((_, i) => `'f${i}'`)].join(', ');
  return `regexp_extract(args, ${literal(pattern)}, [${groups}])`;
}

/** `whole`: what is not empty when the line matches. */
function fieldValue(field: string, type: FieldType | InferredType, whole = 'x.m'): string {
  switch (type) {
    case 'int':
      return `CASE WHEN length(${field}) > 18 THEN TRY_CAST(${field} AS HUGEINT)::BIGINT ELSE TRY_CAST(${field} AS BIGINT) END`;
    case 'hex':
      return `TRY_CAST(CASE WHEN ${field}[1:2] = '0x' THEN ${field} ELSE '0x' || ${field} END AS UBIGINT)`;
    case 'bool':
      return `TRY_CAST(${field} AS BOOLEAN)`;
    case 'string':
      return `CASE WHEN ${field}[1] = '"' THEN CASE WHEN length(${field}) > 1 AND ${field}[-1] = '"' THEN ${field}[2:-2] ELSE ${field}[2:] END END`;
    case 'text':
      return `CASE WHEN ${whole} <> '' THEN ${field} END`;
  }
}

function enterView(name: string, keys: readonly string[]): string {
  const columns = keys.map(
    (key, i) => `, CASE WHEN form BETWEEN ${i + 2} AND 7 THEN a${i} END AS ${identifier(fieldColumn(key))}`,
  );
  return rawView(name, columns.join(''));
}

const exitView = (name: string): string =>
  rawView(
    name,
    `, CASE WHEN form > 0 THEN as_signed(a0) END AS ret, CASE WHEN form > 0 THEN syscall_errno(a0) END AS errno`,
  );

/** Syscall values come from event_row, where they are numbers already. */
function rawView(name: string, columns: string): string {
  return (
    `CREATE OR REPLACE VIEW ev.${identifier(name)} AS SELECT event_id, known_ts(ts) AS ts, nullif(cpu, -1) AS cpu, comm, nullif(pid, -1) AS pid${columns} ` +
    `FROM event_row JOIN name_dict USING (name_id) JOIN comm_dict USING (comm_id) WHERE name = ${literal(name)}`
  );
}
