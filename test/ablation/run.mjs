// npm run ablation: the measurement is TypeScript, Node 20 reads none.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';

const folder = mkdtempSync(join(tmpdir(), 'ftrail-ablation-'));
const outfile = join(folder, 'main.mjs');
await build({
  entryPoints: ['test/ablation/main.ts'],
  bundle: true,
  platform: 'node',
  format: 'esm',
  packages: 'external',
  outfile,
  logLevel: 'warning',
});
try {
  await import(outfile);
} finally {
  rmSync(folder, { recursive: true });
}
