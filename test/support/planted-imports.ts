/** A small tree under src that breaks every import rule once: file -> text, and the rule that must see it. */
export interface Plant {
  readonly rule: string;
  readonly files: Readonly<Record<string, string>>;
}

const uses = (...paths: readonly string[]): string => paths.map((path) => `import '${path}';\n`).join('');

/** Files that plants point at. They break no rule and must be reported by none. */
export const LAWFUL: Readonly<Record<string, string>> = {
  'src/base/leaf.ts': 'export const leaf = 1;\n',
  'src/trace/words.ts': uses('../base/leaf.js'),
  'src/charts/bars.ts': uses('../trace/words.js', '../base/leaf.js', 'vega-lite'),
  'src/ingest/line.ts': uses('../trace/words.js'),
  'src/store/rows.ts': uses('../trace/words.js', '@duckdb/node-api'),
  'src/model/tables.ts': uses('../store/rows.js'),
  'src/analyses/analysis.ts': uses('../trace/words.js', '../store/rows.js'),
  'src/analyses/tidy/view.ts': uses('../../charts/bars.js'),
  'src/analyses/tidy/index.ts': uses('../analysis.js', './view.js'),
  'src/report/page.ts': uses('../charts/bars.js', '../trace/words.js', 'vega'),
  'src/report/client/view.ts': uses('../../trace/words.js'),
  'src/check/rules.ts': uses('../trace/words.js'),
  'src/export/csv.ts': uses('../trace/words.js', 'papaparse'),
  'src/app/join.ts': uses(
    '../ingest/line.js',
    '../store/rows.js',
    '../model/tables.js',
    '../analyses/tidy/index.js',
    '../report/page.js',
    '../check/rules.js',
    '../export/csv.js',
  ),
  'src/cli/main.ts': uses('../app/join.js', 'commander'),
  'src/index.ts': uses('./app/join.js'),
  // The matchers for people's own tests: vitest is theirs, a peer.
  'src/vitest.ts': uses('./app/join.js', 'vitest'),
  'test/helper.ts': 'export const helper = 1;\n',
};

const plant = (rule: string, file: string, ...imports: readonly string[]): Plant => ({
  rule,
  files: { [`src/${file}`]: uses(...imports) },
});

export const PLANTS: readonly Plant[] = [
  {
    rule: 'no-circular',
    files: { 'src/base/ring-a.ts': uses('./ring-b.js'), 'src/base/ring-b.ts': uses('./ring-a.js') },
  },
  { rule: 'no-orphans', files: { 'src/base/forgotten.ts': 'export const forgotten = 1;\n' } },
  plant('not-unresolvable', 'base/lost.ts', './nowhere.js'),
  plant('no-dev-dependency-in-src', 'base/dev.ts', 'fast-check'),
  plant('src-knows-no-test', 'base/tested.ts', '../../test/helper.js'),
  plant('base-is-leaf', 'base/branch.ts', '../trace/words.js'),
  plant('trace-imports-base-only', 'trace/drawn.ts', '../charts/bars.js'),
  plant('charts-import-trace-and-base-only', 'charts/asks.ts', '../store/rows.js'),
  plant('ingest-knows-no-store', 'ingest/saves.ts', '../store/rows.js'),
  // A type alone is a dependency too.
  {
    rule: 'ingest-knows-no-store',
    files: { 'src/ingest/types.ts': "import type { Rows } from '../store/rows.js';\nexport type Mine = Rows;\n" },
  },
  plant('store-imports-trace-and-base-only', 'store/reads.ts', '../ingest/line.js'),
  plant('model-imports-store-trace-base-only', 'model/draws.ts', '../charts/bars.js'),
  plant('analysis-is-an-island', 'analyses/nosy/index.ts', '../tidy/view.js'),
  plant('analysis-is-an-island', 'analyses/greedy/index.ts', '../../store/rows.js'),
  plant('analyses-know-no-other-part', 'analyses/runs.ts', '../ingest/line.js'),
  plant('report-reads-results-only', 'report/queries.ts', '../store/rows.js'),
  plant('client-is-browser-code', 'report/client/reads.ts', 'node:fs'),
  plant('client-imports-no-server-code', 'report/client/server.ts', '../page.js'),
  plant('server-imports-no-client-code', 'report/bundles.ts', './client/view.js'),
  plant('check-and-export-import-no-sibling', 'check/exports.ts', '../export/csv.js'),
  plant('app-knows-no-cli', 'app/talks.ts', '../cli/main.js'),
  plant('only-cli-and-index-know-app', 'report/drives.ts', '../app/join.js'),
  plant('duckdb-only-in-store', 'app/sql.ts', '@duckdb/node-api'),
  plant('commander-only-in-cli', 'app/options.ts', 'commander'),
  plant('papaparse-only-in-csv-files', 'cli/table.ts', 'papaparse'),
  plant('vega-only-in-charts-and-report', 'app/draws.ts', 'vega'),
];

/** Libraries that the tree imports, as package.json lists them. */
export const LIBRARIES = {
  dependencies: ['@duckdb/node-api', 'commander', 'papaparse', 'vega', 'vega-lite'],
  devDependencies: ['fast-check', 'vitest'],
  peerDependencies: ['vitest'],
};
