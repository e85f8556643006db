import { defineConfig } from 'vitest/config';

// One clock and one alphabet for every machine: what is sorted or printed must not depend on where the tests run.
process.env.TZ = 'UTC';
process.env.LC_ALL = 'C';

/** Tests that start the program itself, from dist; the set-up builds it when it is missing or older than src. */
const BUILT = ['./test/support/build-once.ts'];

const project = (name: string, folders: readonly string[], globalSetup: string[] = []) => ({
  extends: true as const,
  test: { name, include: folders.map((folder) => `test/${folder}/**/*.test.ts`), globalSetup },
});

export default defineConfig({
  test: {
    // DuckDB is a native module: one process per worker keeps a crash in one test file out of the others.
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 120_000,
    projects: [
      project('unit', ['unit', 'analyses', 'property']),
      project('ablation', ['ablation']),
      project('contract', ['contract'], BUILT),
      project('golden', ['golden'], BUILT),
      project('e2e', ['e2e'], BUILT),
      project('browser', ['browser'], ['./test/support/unpack-browser.ts']),
    ],
  },
});
