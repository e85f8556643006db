// Second half of `npm run build`: tsc has written the JavaScript; this copies what tsc leaves out (SQL, HTML, CSS) and
// bundles the client of the report, which is inlined into every page.
import { chmodSync, cpSync, existsSync, readFileSync } from 'node:fs';
import { build } from 'esbuild';

const COPIED = /\.(sql|html|css)$/;
cpSync('src', 'dist', { recursive: true, filter: (path) => !/\.[^/\\]+$/.test(path) || COPIED.test(path) });
const client = JSON.parse(readFileSync('src/report/client/bundle.json', 'utf8'));
await build({ ...client, outfile: 'dist/report/client.js' });
if (existsSync('dist/cli/main.js')) chmodSync('dist/cli/main.js', 0o755);
