// Second half of `npm run build`: tsc has written the JavaScript, this copies what tsc leaves out (SQL, HTML, CSS).
import { chmodSync, cpSync, existsSync } from 'node:fs';

const COPIED = /\.(sql|html|css)$/;
cpSync('src', 'dist', { recursive: true, filter: (path) => !/\.[^/\\]+$/.test(path) || COPIED.test(path) });
if (existsSync('dist/cli/main.js')) chmodSync('dist/cli/main.js', 0o755);
