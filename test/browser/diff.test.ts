/// <reference lib="dom" />
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { singleCapture } from '../../src/app/check/check-capture.js';
import { diffPage } from '../../src/app/check/diff-page.js';
import { openCapture } from '../../src/app/open-capture.js';
import { compareCaptures } from '../../src/check/diff/compare-captures.js';
import type { DiffPageInput } from '../../src/report/diff/diff-input.js';
import { renderDiff } from '../../src/report/diff/render-diff.js';
import { axeViolations } from '../support/axe.js';
import { type OpenPage, startBrowser, type TestBrowser } from '../support/browser.js';
import { HOSTILE } from '../support/report-input.js';

let browser: TestBrowser;
const pages = new Map<string, string>();

/** With one text wherever the text of a trace can come in. */
const input = (text: string): DiffPageInput => ({
  toolVersion: '0.1.0',
  title: `${text} against head`,
  base: `${text}, 3,000 events`,
  head: 'head, 4,000 events',
  findings: [`${text} is new`, 'openat fails more often'],
  notes: [`The base holds no ${text}.`],
  tables: [
    {
      id: 'errors',
      title: 'Failed calls',
      columns: ['Change', 'What', 'Base', 'Head', 'First at'],
      rows: [
        ['new', text, '', '3', 'line 5 of the head'],
        ['gone', 'openat ENOENT', '12', '', 'line 7 of the base'],
      ],
      total: 5,
      reason: null,
    },
    {
      id: 'signals',
      title: 'Signals',
      columns: [],
      rows: [],
      total: 0,
      reason: `Not compared: only one side has ${text}.`,
    },
  ],
  stacks: [
    { frames: ['entry', text, 'do_exit'], base: 3, head: 0 },
    { frames: ['entry', 'do_kill'], base: 1, head: 6 },
  ],
});

async function realPage(): Promise<string> {
  const names = ['life-of-a-process', 'life-of-a-process-rt'].map((name) => `samples/${name}/trace`);
  const opened = await Promise.all(names.map((name) => openCapture(name, {})));
  try {
    const [base, head] = await Promise.all(opened.map(({ store }, side) => singleCapture(store, names[side]!)));
    const { difference, stacks } = await compareCaptures(base!, head!);
    return await renderDiff(diffPage(difference, stacks));
  } finally {
    for (const capture of opened) capture.close();
  }
}

beforeAll(async () => {
  browser = await startBrowser();
  pages.set('plain', await renderDiff(input('kfree_skb')));
  pages.set('hostile', await renderDiff(input(HOSTILE)));
  pages.set('real', await realPage());
  pages.set('same', await renderDiff({ ...input('x'), findings: [], notes: [], tables: [], stacks: [] }));
});
afterAll(async () => {
  await browser.close();
});

const open = (name: string, options: Parameters<TestBrowser['open']>[1] = {}): Promise<OpenPage> =>
  browser.open(pages.get(name)!, options);

describe.each(['plain', 'hostile', 'real', 'same'])('the page of a comparison: %s', (name) => {
  it.each(['light', 'dark'] as const)(
    'opens without noise, and axe finds nothing in the %s theme',
    async (colorScheme) => {
      const { page, noise, requests } = await open(name, { colorScheme });
      expect(await axeViolations(page)).toEqual([]);
      expect(noise).toEqual([]);
      expect(requests).toEqual([]);
    },
  );

  it('fits a phone', async () => {
    const { page } = await open(name, { viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
    expect(await axeViolations(page)).toEqual([]);
  });

  it('holds no script and no element that it did not make', async () => {
    const { page } = await open(name);
    expect(await page.locator('script, img, iframe, object, embed, link, base, form').count()).toBe(0);
  });
});

it('is read without script: what differs, the tables, the drawing in words', async () => {
  const { page, noise } = await open('plain', { javaScriptEnabled: false });
  expect(await page.locator('h1').textContent()).toBe('kfree_skb against head');
  await page.locator('.toc a', { hasText: 'Failed calls' }).click();
  expect(new URL(page.url()).hash).toBe('#errors');
  expect(await page.locator('#errors tbody tr').count()).toBe(2);
  expect(await page.locator('#errors .cut').textContent()).toBe('The first 2 of 5.');
  expect(await page.locator('#flame svg.chart path').count()).toBeGreaterThan(3);
  expect(noise).toEqual([]);
});

it('shows hostile text character by character', async () => {
  const { page } = await open('hostile');
  const shown = '</script><img src=x onerror=alert(1)>"\'`\\u{202e}gnp.exe\\e[31m\\x00&amp;<!--';
  for (const place of ['h1', '.findings', '.scope', '#errors tbody', '#signals'])
    expect(await page.locator(place).first().textContent(), place).toContain(shown);
});

it('prints on white', async () => {
  const { page } = await open('plain', { colorScheme: 'dark' });
  await page.emulateMedia({ media: 'print' });
  expect(await page.evaluate(() => getComputedStyle(document.body).backgroundColor)).toBe('rgb(255, 255, 255)');
});
