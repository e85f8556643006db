/// <reference lib="dom" />
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { singleCapture } from '../../src/app/check/check-capture.js';
import { diffPage } from '../../src/app/check/diff-page.js';
import { openCapture } from '../../src/app/open-capture.js';
import { buildReport } from '../../src/app/report/build-report.js';
import { visible } from '../../src/base/visible.js';
import { compareCaptures } from '../../src/check/diff/compare-captures.js';
import { renderDiff } from '../../src/report/diff/render-diff.js';
import { renderReport } from '../../src/report/render-report.js';
import { type OpenPage, startBrowser, type TestBrowser } from '../support/browser.js';
import { INJECTIONS, injectedTrace } from '../support/injections.js';
import { freshAssets } from '../support/report-assets.js';
import { TRACE } from '../support/trace-text.js';

let browser: TestBrowser;
const pages = new Map<string, string>();

/** From the bytes of a trace to the page, as the program goes. */
beforeAll(async () => {
  browser = await startBrowser();
  const folder = mkdtempSync(join(tmpdir(), 'ftrail-test-'));
  const file = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  // The name of a file is not ours either.
  const hostile = await openCapture(file('"><img src=x onerror=alert(12)>.txt', injectedTrace()), {});
  const plain = await openCapture(file('plain.txt', TRACE), {});
  try {
    const assets = await freshAssets();
    pages.set('report', await renderReport(await buildReport(hostile.store), { assets }));
    pages.set('redacted report', await renderReport(await buildReport(hostile.store, { redact: true }), { assets }));
    const sides = [await singleCapture(plain.store, 'plain'), await singleCapture(hostile.store, 'hostile')] as const;
    const { difference, stacks } = await compareCaptures(...sides);
    pages.set('comparison', await renderDiff(diffPage(difference, stacks)));
  } finally {
    hostile.close();
    plain.close();
    rmSync(folder, { recursive: true, force: true });
  }
});
afterAll(async () => {
  await browser.close();
});

async function expectHarmless({ page, noise, requests }: OpenPage, scripts: number): Promise<void> {
  expect(noise).toEqual([]);
  expect(requests).toEqual([]);
  expect(
    await page.locator('img, iframe, object, embed, link, base, form, svg image, svg use, foreignObject').count(),
  ).toBe(0);
  expect(await page.locator('script').count()).toBe(scripts);
  expect(await page.locator('style').count()).toBe(1);
  const found = await page.evaluate(() => {
    const all = [...document.querySelectorAll('*')];
    const attributes = all.flatMap((element) => [...element.attributes]);
    return {
      handlers: attributes.filter(({ name }) => name.startsWith('on') || name === 'autofocus').map(({ name }) => name),
      addresses: [...document.querySelectorAll('[href], [src]')]
        .map((element) => element.getAttribute('href') ?? element.getAttribute('src') ?? '')
        .filter((address) => !address.startsWith('#')),
      // What reorders or hides text stands nowhere, seen or not.
      active: /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/.exec(
        document.documentElement.outerHTML,
      )?.[0],
    };
  });
  expect(found).toEqual({ handlers: [], addresses: [], active: undefined });
}

it('the report shows every string of the corpus as text, and none of them acts', async () => {
  const opened = await browser.open(pages.get('report')!);
  await expectHarmless(opened, 2);
  const lines = (await opened.page.locator('.evidence').textContent()) ?? '';
  for (const [aim, text] of INJECTIONS) {
    expect(lines, aim).toContain(`tracing_mark_write: ${visible(text)}`);
    expect(lines, aim).toContain(`dev=${visible(text)} skbaddr`);
  }
});

it('the report stays harmless while it is worked with: search, filters, tooltips, the drawer, copies', async () => {
  const opened = await browser.open(pages.get('report')!, { permissions: ['clipboard-read', 'clipboard-write'] });
  const { page } = opened;
  for (const [, text] of INJECTIONS) await page.locator('.search').first().fill(text);
  await page.locator('.search').first().fill('');
  for (const mark of await page.locator('.charts [data-t]').all()) await mark.dispatchEvent('pointermove');
  await page.locator('#timeline-plot').focus();
  for (let step = 0; step < 12; step += 1) await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  for (const press of await page.getByRole('button', { name: /^Copy/ }).all()) await press.click();
  await expectHarmless(opened, 2);
});

it.each(['redacted report', 'comparison'])('the %s shows them as text, too', async (name) => {
  await expectHarmless(await browser.open(pages.get(name)!), name === 'comparison' ? 0 : 2);
});
