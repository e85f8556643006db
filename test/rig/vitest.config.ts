import { defineConfig } from 'vitest/config';

// Boots kernels in an emulator: minutes each, so this is no part of `npm test`. test/rig/README.md says how to run it.
export default defineConfig({
  test: {
    name: 'rig',
    include: ['test/rig/**/*.test.ts'],
    globalSetup: ['./test/support/build-once.ts'],
    reporters: ['verbose'],
    fileParallelism: false,
    testTimeout: 60_000,
    hookTimeout: 1_800_000,
  },
});
