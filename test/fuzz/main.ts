/**
 * A long random run of the importer: token soup, damaged captures, parts of captures put together. Inputs that showed the
 * importer something new (a layout, an issue, a class of lines together) are kept and mutated again.
 */
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { parseArgs } from 'node:util';
import { checkIngest, lostRecords } from '../support/ingest-invariants.js';
import type { ReadTrace } from '../support/read-trace.js';
import { excerpt, mutate, splice } from './mutate.js';
import { Random } from './random.js';
import { soup } from './soup.js';

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '60' },
    seed: { type: 'string', default: '1' },
    corpus: { type: 'string', multiple: true, default: [] },
    finds: { type: 'string', default: 'fuzz-finds' },
    store: { type: 'boolean', default: false },
  },
});
/** CPU time that one input may take; inputs are at most some 100 KB. */
const SLOW_MS = 2000;
/** Of the time, for the slower way through the store. */
const STORE_SHARE = 0.3;
const CORPUS_LIMIT = 4000;
const FILE_LIMIT = 4 << 20;

type Source = 'soup' | 'excerpt' | 'mutated' | 'spliced' | 'kept';

const random = new Random(Number(values.seed));
const captures = ['samples', 'test/fixtures', ...values.corpus].flatMap(files).map((path) => readFileSync(path));
const kept: Buffer[] = [];
const seen = new Set<string>();
const counts: Record<Source, number> = { soup: 0, excerpt: 0, mutated: 0, spliced: 0, kept: 0 };
const finds = new Map<string, number>();
let storeMs = 0;
const totals = { bytes: 0, lines: 0, records: 0, refused: 0, stores: 0, slowest: 0 };

function files(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /(?:^|[/.])trace$|\.txt$|seed$/.test(name))
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile() && statSync(path).size < FILE_LIMIT)
    .sort();
}

function input(): [Source, Buffer] {
  const roll = random.next();
  if (roll < 0.35 || captures.length === 0) return ['soup', soup(random)];
  const capture = (): Buffer => excerpt(random, random.pick(captures));
  if (roll < 0.4) return ['excerpt', capture()];
  if (roll < 0.65) return ['mutated', mutate(random, capture())];
  if (roll < 0.8 || kept.length === 0)
    return ['spliced', splice(random, capture(), random.chance(0.5) ? capture() : soup(random))];
  return ['kept', mutate(random, random.pick(kept))];
}

function* cuts(): Generator<number> {
  const size = random.pick([1, 7, 61, 200, 1000, 4096, 9000, 70_000]);
  for (;;) yield size <= 7 && random.chance(0.5) ? 3000 : 1 + random.below(size * 2);
}

/** What an input made the importer show, as one text. */
function signature({ account }: ReadTrace): string {
  const classes = Object.entries(account.lines).filter(([, count]) => count > 0);
  return [
    account.dialect,
    account.timeUnit,
    account.refusal?.reason.replace(/\d+/g, '') ?? '',
    ...classes.map(([name]) => name),
    ...account.issues.map(({ code }) => code).sort(),
    ...[...new Set(account.losses.map(({ kind }) => kind))].sort(),
    ...[...new Set(account.names.map(({ kind }) => kind))].sort(),
  ].join(' ');
}

function found(what: string, bytes: Buffer): void {
  const kind = what.slice(0, 60).replace(/\d+/g, 'N');
  const times = (finds.get(kind) ?? 0) + 1;
  finds.set(kind, times);
  if (times > 3) return;
  mkdirSync(values.finds, { recursive: true });
  const name = join(values.finds, `${finds.size}-${times}.trace`);
  writeFileSync(name, bytes);
  console.log(`FOUND ${name}: ${what.slice(0, 400)}`);
}

/** Through the store, as `ftrail import` goes: names and texts become SQL there. */
async function throughStore(bytes: Buffer, events: number): Promise<void> {
  const from = (path: string): Promise<unknown> => import(join(process.cwd(), 'dist', path));
  const { Store } = (await from('store/store.js')) as { Store: { create(): Promise<FuzzStore> } };
  const { importTrace } = (await from('app/import-trace.js')) as { importTrace: FuzzImport };
  const { deriveAll } = (await from('app/derive.js')) as { deriveAll: (store: FuzzStore) => Promise<void> };
  const start = Date.now();
  const store = await Store.create();
  try {
    totals.stores++;
    await importTrace(store, { name: 'fuzz', chunks: Readable.from([bytes]) });
    await deriveAll(store);
    const [row] = await store.rows('SELECT count(*) AS n FROM event');
    if (row?.n !== events) found(`store holds ${String(row?.n)} of ${events} events`, bytes);
    for (const { name } of await store.rows("SELECT view_name AS name FROM duckdb_views() WHERE schema_name = 'ev'"))
      await store.rows(`SELECT * FROM ev."${String(name).replaceAll('"', '""')}"`);
  } catch (error) {
    found(`store: ${String((error as Error).stack)}`, bytes);
  } finally {
    store.close();
    storeMs += Date.now() - start;
  }
}

interface FuzzStore {
  rows(sql: string): Promise<Record<string, unknown>[]>;
  close(): void;
}
type FuzzImport = (store: FuzzStore, input: { name: string; chunks: AsyncIterable<Uint8Array> }) => Promise<unknown>;

const began = Date.now();
const end = began + Number(values.seconds) * 1000;
let inputs = 0;
while (Date.now() < end) {
  const [source, bytes] = input();
  inputs++;
  counts[source]++;
  const start = process.cpuUsage();
  const { read, broken } = checkIngest(bytes, cuts());
  const used = process.cpuUsage(start);
  const ms = (used.user + used.system) / 1000;
  totals.bytes += bytes.length;
  totals.slowest = Math.max(totals.slowest, ms);
  for (const what of broken) found(what, bytes);
  if (ms > SLOW_MS) found(`takes ${Math.round(ms)} ms for ${bytes.length} bytes`, bytes);
  if (read === null) continue;
  const lost = lostRecords(bytes, read);
  if (lost !== null) found(lost, bytes);
  totals.lines += read.account.lines.lines;
  totals.records += read.account.events + read.account.stacks;
  if (read.account.refusal !== null) totals.refused++;
  const shown = signature(read);
  if (!seen.has(shown)) {
    seen.add(shown);
    if (kept.length < CORPUS_LIMIT) kept.push(bytes);
    if (values.store && read.account.refusal === null && storeMs < (Date.now() - began) * STORE_SHARE)
      await throughStore(bytes, read.account.events);
  }
}
const sum = [...finds.values()].reduce((all, times) => all + times, 0);
console.log(
  `seed ${values.seed}, ${values.seconds} s: ${inputs} inputs (${Object.entries(counts)
    .map(([name, count]) => `${name} ${count}`)
    .join(', ')}), ${(totals.bytes / 1e6).toFixed(1)} MB, ${totals.lines} lines, ${totals.records} records, ` +
    `${totals.refused} refused, ${seen.size} different accounts, ${totals.stores} through the store, ` +
    `slowest ${totals.slowest.toFixed(0)} ms; ${sum} broken invariants of ${finds.size} kinds`,
);
process.exitCode = finds.size === 0 ? 0 : 1;
