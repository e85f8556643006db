// Pictures of the reports in reports/, light and dark, desktop and phone: `npm run screenshots` after `npm run reports`.
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import packaged from '@sparticuz/chromium';
import { chromium } from 'playwright-core';

const REPORTS = 'reports';
const TARGET = join(REPORTS, 'screenshots');
const FLAGS = ['--no-sandbox', '--disable-gpu', '--font-render-hinting=none'];
const SCREENS = {
  desktop: { viewport: { width: 1280, height: 1360 } },
  phone: { viewport: { width: 390, height: 1200 }, deviceScaleFactor: 1.5, isMobile: true, hasTouch: true },
};

const browser = await chromium.launch({ executablePath: await packaged.executablePath(), args: FLAGS });
mkdirSync(TARGET, { recursive: true });
for (const report of readdirSync(REPORTS).filter((name) => name.endsWith('.html'))) {
  for (const [screen, options] of Object.entries(SCREENS)) {
    for (const colorScheme of ['light', 'dark']) {
      const context = await browser.newContext({ ...options, colorScheme });
      const page = await context.newPage();
      await page.goto(pathToFileURL(resolve(REPORTS, report)).href);
      // Chromium compresses to WebP itself; Playwright's own call does not offer it.
      const session = await context.newCDPSession(page);
      const { data } = await session.send('Page.captureScreenshot', { format: 'webp', quality: 72 });
      const name = `${report.replace(/\.html$/, '')}-${screen}-${colorScheme}.webp`;
      writeFileSync(join(TARGET, name), Buffer.from(data, 'base64'));
      await context.close();
    }
  }
}
await browser.close();
