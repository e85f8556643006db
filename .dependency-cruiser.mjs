// The direction of imports, as rules. The map is in src/README.md:
//   cli -> app -> { ingest, store, model, analyses, report, check, export } -> { charts, trace } -> base
// Each comment says what to do when the rule fires. test/contract/import-rules.test.ts plants a violation of every rule.

/** The parts of the house that must not know each other unless a rule below says so. */
const layer = (...names) => `^src/(${names.join('|')})/`;
const library = (...names) => `(^|node_modules/)(${names.join('|')})(/|$)`;

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    {
      name: 'no-circular',
      severity: 'error',
      comment: 'Two files that need each other are one idea or three: move the shared part to a file that both import.',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-orphans',
      severity: 'error',
      comment: 'Nothing imports this file and it imports nothing: use it or delete it.',
      from: { orphan: true, pathNot: ['\\.d\\.ts$', '^src/index\\.ts$', '^src/report/client/'] },
      to: {},
    },
    {
      name: 'not-unresolvable',
      severity: 'error',
      comment: 'The import points at nothing: fix the path, or add the package to package.json.',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'no-dev-dependency-in-src',
      severity: 'error',
      comment: 'Users do not get devDependencies: move the package to dependencies (and say why in CONTRIBUTING).',
      from: { path: '^src/', pathNot: '^src/report/client/' },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only', 'npm-peer'] },
    },
    {
      name: 'src-knows-no-test',
      severity: 'error',
      comment: 'Code that src needs lives in src: move the helper there.',
      from: { path: '^src/' },
      to: { path: '^test/' },
    },
    {
      name: 'base-is-leaf',
      severity: 'error',
      comment: 'src/base holds helpers without words of the field: move what needs another part into that part.',
      from: { path: layer('base') },
      to: { path: '^src/', pathNot: layer('base') },
    },
    {
      name: 'trace-imports-base-only',
      severity: 'error',
      comment: 'src/trace is the vocabulary that every part shares: it may import src/base and nothing else.',
      from: { path: layer('trace') },
      to: { path: '^src/', pathNot: layer('trace', 'base') },
    },
    {
      name: 'charts-import-trace-and-base-only',
      severity: 'error',
      comment: 'A chart is built from rows it is given: pass the rows in instead of importing where they come from.',
      from: { path: layer('charts') },
      to: { path: '^src/', pathNot: layer('charts', 'trace', 'base') },
    },
    {
      name: 'ingest-knows-no-store',
      severity: 'error',
      comment: 'src/ingest turns text into records and knows no database: join it with the store in src/app.',
      from: { path: layer('ingest') },
      to: { path: '^src/', pathNot: layer('ingest', 'trace', 'base') },
    },
    {
      name: 'store-imports-trace-and-base-only',
      severity: 'error',
      comment: 'src/store keeps rows and does not know who makes or reads them: join the parts in src/app.',
      from: { path: layer('store') },
      to: { path: '^src/', pathNot: layer('store', 'trace', 'base') },
    },
    {
      name: 'model-imports-store-trace-base-only',
      severity: 'error',
      comment: 'src/model derives tables from the store: what it needs from elsewhere is handed in by src/app.',
      from: { path: layer('model') },
      to: { path: '^src/', pathNot: layer('model', 'store', 'trace', 'base') },
    },
    {
      name: 'analysis-is-an-island',
      severity: 'error',
      comment:
        'An analysis imports analysis.ts, columns.ts, params.ts, load-sql.ts, charts, trace, base and its own folder. ' +
        'What two analyses share is a view: move it to src/model or src/store.',
      from: { path: '^src/analyses/([^/]+)/' },
      to: {
        path: '^src/',
        pathNot: [
          '^src/analyses/(analysis|columns|params|load-sql)\\.ts$',
          '^src/analyses/$1/',
          layer('charts', 'trace', 'base'),
        ],
      },
    },
    {
      name: 'analyses-know-no-other-part',
      severity: 'error',
      comment:
        'The registry and the runner get a store handed in (types of src/store are fine): join parts in src/app.',
      from: { path: '^src/analyses/[^/]+\\.ts$' },
      to: { path: '^src/', pathNot: [layer('analyses', 'charts', 'trace', 'base'), '^src/store/'] },
    },
    {
      name: 'report-reads-results-only',
      severity: 'error',
      comment:
        'A report is drawn from results, so that saved results can be drawn again: query in src/app, pass results in.',
      from: { path: layer('report') },
      to: { path: '^src/', pathNot: layer('report', 'charts', 'trace', 'base') },
    },
    {
      name: 'client-is-browser-code',
      severity: 'error',
      comment: 'src/report/client runs in a browser: no Node modules, and of src only trace, charts and base.',
      from: { path: '^src/report/client/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'client-imports-no-server-code',
      severity: 'error',
      comment: 'src/report/client is bundled for the browser: share through src/trace, src/charts or src/base.',
      from: { path: '^src/report/client/' },
      to: { path: '^src/', pathNot: ['^src/report/client/', layer('charts', 'trace', 'base')] },
    },
    {
      name: 'server-imports-no-client-code',
      severity: 'error',
      comment: 'The client reaches the report as a bundle that the build writes: do not import its sources.',
      from: { path: '^src/', pathNot: '^src/report/client/' },
      to: { path: '^src/report/client/' },
    },
    {
      name: 'check-and-export-import-no-sibling',
      severity: 'error',
      comment: 'src/check and src/export work on results and rows that src/app hands in.',
      from: { path: '^src/(check|export)/' },
      to: { path: '^src/', pathNot: ['^src/$1/', layer('charts', 'trace', 'base')] },
    },
    {
      name: 'app-knows-no-cli',
      severity: 'error',
      comment:
        'src/app is what a program calls as a library: it takes values and returns values, src/cli does the talking.',
      from: { path: '^src/', pathNot: layer('cli') },
      to: { path: layer('cli') },
    },
    {
      name: 'only-cli-and-index-know-app',
      severity: 'error',
      comment: 'src/app joins the parts; a part that needs it has the arrow the wrong way round.',
      from: { path: '^src/', pathNot: [layer('cli', 'app'), '^src/(index|vitest)\\.ts$'] },
      to: { path: layer('app') },
    },
    {
      name: 'duckdb-only-in-store',
      severity: 'error',
      comment: 'Only src/store talks to DuckDB: ask it for rows(sql, params).',
      from: { path: '^src/', pathNot: layer('store') },
      to: { path: library('@duckdb/[^/]+') },
    },
    {
      name: 'commander-only-in-cli',
      severity: 'error',
      comment: 'Only src/cli knows options and arguments: pass plain values down.',
      from: { path: '^src/', pathNot: layer('cli') },
      to: { path: library('commander') },
    },
    {
      name: 'papaparse-only-in-csv-files',
      severity: 'error',
      comment: 'CSV is written in one place per output, a file named csv.ts in src/cli or src/export.',
      from: { path: '^src/', pathNot: '^src/(cli|export)/(format/)?csv\\.ts$' },
      to: { path: library('papaparse', '@types/papaparse') },
    },
    {
      name: 'vega-only-in-charts-and-report',
      severity: 'error',
      comment: 'Only src/charts and src/report draw: an analysis returns rows, or a spec through src/charts.',
      from: { path: '^src/', pathNot: layer('charts', 'report') },
      to: { path: library('vega', 'vega-[^/]+') },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: ['^dist/', '/fixtures/', '/__golden__/'] },
    // Type-only imports are dependencies too: a type that leaks across a border pulls the code after it.
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
