/**
 * Schema `ev`: one view per event name with the event's own fields as typed columns after event_id, ts, cpu, comm, pid.
 *
 *   known events     by their grammar (src/trace/events): all text variants in one relation
 *   syscalls         enter: one column per argument as UBIGINT; exit: ret (signed) and errno
 *   other events     by inference over samples (src/trace/infer.ts), then held against every line of that event
 *
 * A field that a line does not have, or `(fault)`, is NULL; so are a syscall's where the line does not show its task. An own field named like a common column gets the prefix arg_.
 */

import { identifier, literal } from '../base/sql-text.js';
import { CORE_EVENTS, KNOWN_EVENTS } from '../trace/events/index.js';
import { fieldColumn } from '../trace/infer.js';
import { eventShapes } from './event-shapes.js';
import { allShapes, knownLines, knownShapes } from './known-shapes.js';
import { probeView } from './probe-view.js';
import { RAW_SYSCALLS } from './raw-syscalls.js';
import type { Store } from './store.js';
import { extracted, fieldValue, type OfCaptures, type TextShape, textView } from './text-relation.js';

interface Name {
  readonly name: string;
  readonly kind: string;
  readonly keys: readonly string[];
}

const SAMPLES = 500;

/**
 * Creates the view of every event name in the store and of all known events, and `path_event(event_id, pid, path, source, cut,
 * probed)`: the paths that events show, whatever their names; and `probe_event` (probe-view.ts).
 */
export async function createEventViews(store: Store): Promise<void> {
  const names = await readNames(store);
  const lines = await knownLines(store);
  const known = new Map<string, TextShape[]>();
  const statements: string[] = [];
  const paths: string[] = [vendorPaths(), syscallPaths()];
  const probes: { name: string; captures: OfCaptures }[] = [];
  const viewOf = viewNames([...CORE_EVENTS, ...names.map(({ name }) => name)]);
  for (const grammar of KNOWN_EVENTS.values()) {
    const shown = lines.get(grammar.name);
    if (shown === undefined && !CORE_EVENTS.has(grammar.name)) continue;
    const { shapes, strange } = knownShapes(grammar, shown ?? []);
    if (strange) known.set(grammar.name, shapes);
    else statements.push(textView(viewOf(grammar.name), grammar.name, shapes, grammar.values));
  }
  const samples = await readSamples(store, new Set(known.keys()));
  for (const { name, kind, keys } of names) {
    if (KNOWN_EVENTS.has(name) && !known.has(name)) continue;
    if (kind === 'syscall_enter') statements.push(enterView(viewOf(name), name, keys));
    else if (kind === 'syscall_exit') statements.push(exitView(viewOf(name), name));
    else {
      const { own, shared } = await eventShapes(store, name, samples.get(name) ?? new Map());
      const shapes = withoutClashes([...(known.get(name) ?? []), ...shared]);
      statements.push(textView(viewOf(name), name, shapes, KNOWN_EVENTS.get(name)?.values));
      for (const { shape, captures } of own) {
        paths.push(...probePaths(name, shape, captures));
        if (shape.pattern.startsWith(PROBE_SHAPE)) probes.push({ name, captures });
      }
    }
  }
  statements.push(`CREATE OR REPLACE VIEW path_event AS ${paths.join(' UNION ALL ')}`, probeView(probes));
  if (['sys_enter', 'sys_exit'].every((name) => names.some((known) => known.name === name)))
    statements.push(RAW_SYSCALLS);
  await store.run(statements.join(';\n'));
}

/**
 * Views of the events that nobody has to look at lines for: known ones, in all their variants, and syscalls. For a dataset, where
 * looking would read every file.
 */
export async function createKnownViews(store: Store): Promise<void> {
  const names = await readNames(store);
  const there = new Set(names.map(({ name }) => name));
  const viewOf = viewNames([...CORE_EVENTS, ...there]);
  const statements: string[] = [];
  for (const grammar of KNOWN_EVENTS.values()) {
    if (there.has(grammar.name) || CORE_EVENTS.has(grammar.name))
      statements.push(textView(viewOf(grammar.name), grammar.name, allShapes(grammar), grammar.values));
  }
  for (const { name, kind, keys } of names) {
    if (KNOWN_EVENTS.has(name)) continue;
    if (kind === 'syscall_enter') statements.push(enterView(viewOf(name), name, keys));
    else if (kind === 'syscall_exit') statements.push(exitView(viewOf(name), name));
  }
  await store.run(statements.join(';\n'));
}

/** SQL does not tell `Open` from `open`: of events that differ in case only, the later get a number, `Open_2`. */
function viewNames(names: readonly string[]): (name: string) => string {
  const taken = new Set<string>();
  const views = new Map<string, string>();
  for (const name of new Set(names)) {
    let view = name;
    for (let i = 2; taken.has(view.toLowerCase()); i++) view = `${name}_${i}`;
    taken.add(view.toLowerCase());
    views.set(name, view);
  }
  return (name) => views.get(name) ?? name;
}

/** A column has one type: a field whose name is taken by an earlier shape's of another type is left out. */
function withoutClashes(shapes: readonly TextShape[]): TextShape[] {
  const types = new Map<string, string>();
  return shapes.map((shape) => ({
    ...shape,
    fields: shape.fields.map((field) => {
      const taken = types.get(field.name) ?? field.type;
      types.set(field.name, taken);
      return taken === field.type ? field : { name: `${field.name}_${field.type}`, type: field.type };
    }),
  }));
}

/** Functions whose string argument is the path of an open, by kernel version; the symbol may carry a compiler's suffix. */
const OPENING =
  '^(do_sys_open|do_sys_openat2|do_filp_open|getname|getname_flags|do_file_open|vfs_open|path_openat)([.+]|$)';
/** Names that people give to such an argument; arg1 ... are the kernel's own default names. */
const PATH_FIELD = /^(?:(?:file|path|f)?_?name|path|file|fn|arg\d+|str\d*)$/i;

/** How the pattern of every line with a place in parentheses begins (src/trace/infer.ts). */
const PROBE_SHAPE = '(\\()';

function probePaths(name: string, shape: TextShape, captures: OfCaptures): string[] {
  const at = shape.fields.findIndex((field) => field.type === 'string' && PATH_FIELD.test(field.name));
  if (at < 0 || shape.fields[0]?.name !== 'location') return [];
  const value = `x0.f${at}`;
  return [
    `SELECT event_id, pid, ${fieldValue(value, 'string', 'x0.m')} AS path, ${literal(name)} AS source, ` +
      `${value}[1] = '"' AND (length(${value}) = 1 OR ${value}[-1] <> '"') AS cut, x0.f0 AS probed ` +
      `FROM ${extracted(name, [shape], captures)} WHERE regexp_matches(x0.f0, ${literal(OPENING)})`,
  ];
}

const vendorPaths = (): string =>
  `SELECT event_id, pid, filename AS path, 'do_sys_open' AS source, false AS cut, NULL AS probed FROM ev.do_sys_open WHERE filename IS NOT NULL`;

/** 6.19 and later print user strings behind their pointer. */
const syscallPaths = (): string =>
  `SELECT event_id, pid, regexp_extract(args, '(?s)filename: [^ "]+ "(.*?)"(, [a-z]+: [^"]*)?$', 1), name, ` +
  `regexp_matches(args, '[.][.][.]"'), NULL ` +
  `FROM text_event WHERE name IN ('sys_enter_open', 'sys_enter_openat', 'sys_enter_openat2') AND contains(args, '"')`;

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

type Samples = Map<number | string, string[]>;

/** Lines by event and capture. `also`: known events whose lines are not as known. */
async function readSamples(store: Store, also: ReadonlySet<string>): Promise<Map<string, Samples>> {
  const known = [...KNOWN_EVENTS.keys()].filter((name) => !also.has(name));
  const rows = await store.rows(
    `SELECT n.name, n.of_capture_id, to_json(arg_min(e.args, hash(e.event_id), ${SAMPLES})) AS samples
     FROM event_row e JOIN name_dict n USING (name_id)
     WHERE n.kind NOT IN ('syscall_enter', 'syscall_exit') AND n.name NOT IN (${known.map(literal).join(', ')})
     GROUP BY n.name, n.of_capture_id ORDER BY n.name, n.of_capture_id`,
  );
  const samples = new Map<string, Samples>();
  for (const { name, of_capture_id, samples: lines } of rows) {
    const own = samples.get(String(name)) ?? new Map<number | string, string[]>();
    samples.set(String(name), own.set(of_capture_id as number | string, JSON.parse(String(lines)) as string[]));
  }
  return samples;
}

function enterView(view: string, name: string, keys: readonly string[]): string {
  const columns = keys.map(
    (key, i) => `, CASE WHEN s.form BETWEEN ${i + 2} AND 7 THEN s.a${i} END AS ${identifier(fieldColumn(key))}`,
  );
  return rawView(view, name, 'enter', columns.join(''));
}

const exitView = (view: string, name: string): string =>
  rawView(
    view,
    name,
    'exit',
    `, as_signed(s.ret) AS ret, syscall_errno(s.ret, ${literal(name.replace(/^sys_exit_/, ''))}) AS errno`,
  );

/** Values of a syscall come from syscall_row, where they are numbers already. */
function rawView(view: string, name: string, line: 'enter' | 'exit', columns: string): string {
  return (
    `CREATE OR REPLACE VIEW ev.${identifier(view)} AS SELECT e.event_id, known_ts(e.ts) AS ts, nullif(e.cpu, -1) AS cpu, d.comm, nullif(e.pid, -1) AS pid${columns} ` +
    `FROM main.event_row e JOIN main.name_dict n USING (name_id) JOIN main.comm_dict d USING (comm_id) ` +
    `LEFT JOIN main.syscall_row s ON s.${line}_event_id = e.event_id WHERE n.name = ${literal(name)}`
  );
}
