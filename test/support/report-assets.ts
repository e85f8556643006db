/** The page's assets made from source, so that tests of the report never see a stale bundle. */
import { readFileSync } from 'node:fs';
import { type BuildOptions, build } from 'esbuild';
import { type ReportAssets, readCss } from '../../src/report/assets.js';

export async function freshAssets(): Promise<ReportAssets> {
  const options = JSON.parse(readFileSync('src/report/client/bundle.json', 'utf8')) as BuildOptions;
  const bundle = await build({ ...options, write: false });
  return { css: readCss(), client: bundle.outputFiles[0]?.text ?? '' };
}
