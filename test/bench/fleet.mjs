/**
 * A dataset of many captures: how long it takes to write and to ask, and how many files a condition leaves out.
 *
 *   npm run build && node test/bench/fleet.mjs CAPTURES OUT [N]
 *
 * CAPTURES: a folder with a trace in each of its folders. Every capture is imported once and written N times in all (1000) under
 * checksums, names, hosts and dates that are made up, so that each counts as a capture of its own.
 */
import { createHash } from 'node:crypto';
import { createReadStream, existsSync, mkdirSync, readdirSync, realpathSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** The built program; what it is made of need not be there when this file is looked at. */
const built = (path) => import(new URL(`../../dist/${path}.js`, import.meta.url).href);
const { analysedCaptures } = await built('app/captures');
const { ANALYSES } = await built('analyses/registry');
const { runAnalysis } = await built('analyses/run');
const { deriveAll, importTrace, openDataset, Store, writeDataset } = await built('index');

const [captures, out, wanted = '1000'] = process.argv.slice(2);
const LARGEST = 400_000;
const HOSTS = 50;
const DAYS = 20;

const traces = readdirSync(captures)
  .map((name) => join(captures, name, 'trace'))
  .filter((path) => existsSync(path) && statSync(path).size < LARGEST);
mkdirSync(out, { recursive: true });
const folder = realpathSync(out);
const total = Number(wanted);
const rounds = Math.ceil(total / (traces.length - 4));
let written = 0;
let writing = 0;
for (const path of traces) {
  const store = await Store.create(undefined, { folder });
  try {
    await importTrace(store, { name: path.split('/').at(-2), chunks: createReadStream(path) });
  } catch (error) {
    // Some captures are there to be refused.
    console.log(error.message.split('\n')[0].slice(0, 80));
    store.close();
    continue;
  }
  await deriveAll(store);
  for (let round = 0; round < rounds && written < total; round++, written++) {
    const sha256 = createHash('sha256').update(`${path} ${round}`).digest('hex');
    await store.run(`UPDATE capture SET sha256 = '${sha256}', name = '${path.split('/').at(-2)}-${round}'`);
    const began = performance.now();
    const day = String(1 + (written % DAYS)).padStart(2, '0');
    await writeDataset(store, { folder, host: `web${written % HOSTS}`, date: `2026-11-${day}` });
    writing += performance.now() - began;
  }
  store.close();
}
const files = readdirSync(folder, { recursive: true }).filter((name) => name.endsWith('.parquet'));
const bytes = files.reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);
const seconds = (ms) => `${(ms / 1000).toFixed(2)} s`;
console.log(
  `${written} captures of ${traces.length} traces: ${files.length} files, ${(bytes / 2 ** 20).toFixed(1)} MiB, written in ${seconds(writing)} (${(writing / written).toFixed(0)} ms each)`,
);

const timed = async (what, act) => {
  const began = performance.now();
  const told = await act();
  console.log(`${what}: ${seconds(performance.now() - began)}${told === undefined ? '' : `, ${told}`}`);
};
let dataset;
await timed('open', async () => {
  dataset = await openDataset(folder);
});
await timed('count all events', async () => `${(await dataset.rows('SELECT count(*) AS n FROM event'))[0].n} events`);
const pruned = async (condition) => {
  const plan = JSON.stringify(await dataset.rows(`EXPLAIN SELECT count(*) FROM event_row WHERE ${condition}`));
  return /Scanning Files:[^\d]*(\d+\/\d+)/.exec(plan)?.[1];
};
for (const condition of [
  "host = 'web7'",
  "capture_date = DATE '2026-11-03'",
  "host = 'web7' AND capture_date >= DATE '2026-11-15'",
])
  await timed(condition, async () => {
    const [{ n }] = await dataset.rows(`SELECT count(*) AS n FROM event_row WHERE ${condition}`);
    return `${n} events; ${await pruned(condition)}`;
  });
const known = await analysedCaptures(dataset);
for (const analysis of ANALYSES) {
  if (analysis.params.some(({ required }) => required)) continue;
  await timed(`ftrail ${analysis.id}`, async () => {
    const { status, totalRows, error } = await runAnalysis(
      (sql, values) => dataset.rows(sql, values),
      analysis,
      {},
      known,
    );
    return `${status}, ${totalRows} rows${error === undefined ? '' : ` ${error.split('\n')[0]}`}`;
  });
}
dataset.close();
