#!/usr/bin/env node
// npm run bench -- [--mb 100] [--trace FILE] [--runs 3] [--json FILE]
// Whole commands of the built program on one large trace, beside a yardstick in the same run: DuckDB reading the bare lines
// of the same file into a table of one column. Machines differ and drift, so the ratios are what counts.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { DuckDBInstance } from '@duckdb/node-api';
import { growTrace } from './grow.mjs';

const { values } = parseArgs({
  options: {
    mb: { type: 'string', default: '100' },
    trace: { type: 'string' },
    runs: { type: 'string', default: '3' },
    json: { type: 'string' },
  },
});
const CLI = 'dist/cli/main.js';
if (!existsSync(CLI)) throw new Error('npm run build first');
const runs = Number(values.runs);
const scratch = mkdtempSync(join(tmpdir(), 'ftrail-bench-'));
const small = 'samples/life-of-a-process/trace';
const trace = values.trace ?? join(scratch, 'trace');
if (values.trace === undefined) await growTrace(small, trace, Number(values.mb));
const megabytes = statSync(trace).size / 1e6;
const store = join(scratch, 'bench.duckdb');

const rows = [];
const median = (list) => list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)];

function command(name, args, before = () => {}) {
  const peakFile = join(scratch, 'peak');
  const seconds = [];
  let peak = 0;
  for (let i = 0; i < runs; i++) {
    before();
    const start = performance.now();
    const done = spawnSync(process.execPath, ['--import', new URL('./peak.mjs', import.meta.url).href, CLI, ...args], {
      env: { ...process.env, FTRAIL_BENCH_PEAK: peakFile },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    seconds.push((performance.now() - start) / 1000);
    if (done.status !== 0) throw new Error(`${name}: exit ${done.status}: ${done.stderr}`);
    peak = Math.max(peak, Number(readFileSync(peakFile, 'utf8')) / 1024);
  }
  rows.push({ what: name, seconds: median(seconds), min: Math.min(...seconds), peak_mib: peak });
  return median(seconds);
}

async function yardstick() {
  const seconds = [];
  for (let i = 0; i < runs; i++) {
    const path = join(scratch, 'lines.duckdb');
    rmSync(path, { force: true });
    const start = performance.now();
    const instance = await DuckDBInstance.create(path);
    const connection = await instance.connect();
    await connection.run(
      `CREATE TABLE line AS SELECT * FROM read_csv('${trace}', columns = {'line': 'VARCHAR'}, delim = '\u0001', quote = '', escape = '', header = false, auto_detect = false, encoding = 'utf-8', strict_mode = false, ignore_errors = true)`,
    );
    connection.closeSync();
    instance.closeSync();
    seconds.push((performance.now() - start) / 1000);
  }
  rows.push({
    what: 'yardstick: read_csv of the lines',
    seconds: median(seconds),
    min: Math.min(...seconds),
    peak_mib: null,
  });
  return median(seconds);
}

try {
  const unit = await yardstick();
  command('import with the full model', ['import', trace, '-o', store, '--quiet'], () =>
    rmSync(store, { force: true }),
  );
  for (const question of ['deaths', 'chains', 'signals', 'tasks', 'files', 'maps', 'syscalls']) {
    command(`${question} on the store`, [question, store, '--limit', '10', '--quiet']);
  }
  command('why on the store', ['why', store, '--comm', 'a.out', '--quiet']);
  command('report from the text', ['report', trace, '-o', join(scratch, 'report.html'), '--quiet']);
  command('--version', ['--version']);
  command('why on a 490-line trace', ['why', small, '--comm', 'a.out', '--quiet']);
  command('report on a 490-line trace', ['report', small, '-o', join(scratch, 'small.html'), '--quiet']);
  const bytes = statSync(store).size;
  const result = {
    megabytes,
    node: process.version,
    runs,
    store_ratio: bytes / (megabytes * 1e6),
    rows: rows.map((row) => ({ ...row, ratio: row.seconds / unit })),
  };
  console.log(
    `${megabytes.toFixed(0)} MB of trace, store ${(result.store_ratio).toFixed(2)} of the text, ${runs} runs`,
  );
  console.table(
    Object.fromEntries(
      result.rows.map((row) => [
        row.what,
        {
          'median s': row.seconds.toFixed(2),
          'min s': row.min.toFixed(2),
          'x yardstick': row.ratio.toFixed(2),
          'MB/s': (megabytes / row.seconds).toFixed(0),
          'peak MiB': row.peak_mib === null ? '' : row.peak_mib.toFixed(0),
        },
      ]),
    ),
  );
  if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(result, null, 2)}\n`);
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
