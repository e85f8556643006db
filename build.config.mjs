// Second half of `npm run build`: tsc has written the JavaScript; this copies what tsc leaves out (SQL, HTML, CSS, rules, their JSON Schema and examples), bundles
// the client of the report, which is inlined into every page, and removes what an earlier build left of files now gone.
import { chmodSync, cpSync, existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { build } from 'esbuild';

const COPIED = /\.(sql|html|css|yaml|yml|sh|schema\.json)$/;
const CLIENT = 'report/client.js';

cpSync('src', 'dist', { recursive: true, filter: (path) => !/\.[^/\\]+$/.test(path) || COPIED.test(path) });
const client = JSON.parse(readFileSync('src/report/client/bundle.json', 'utf8'));
await build({ ...client, outfile: `dist/${CLIENT}` });

for (const entry of readdirSync('dist', { recursive: true, withFileTypes: true })) {
  if (!entry.isFile()) continue;
  const path = `${entry.parentPath}/${entry.name}`.replaceAll('\\', '/').replace(/^dist\//, '');
  const source = COPIED.test(path) ? path : path.replace(/(\.d\.ts|\.js)$/, '.ts');
  if (path !== CLIENT && !existsSync(`src/${source}`)) rmSync(`dist/${path}`);
}
chmodSync('dist/cli/main.js', 0o755);
