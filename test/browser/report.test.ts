/// <reference lib="dom" />
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { renderReport } from '../../src/report/render-report.js';
import { axeViolations } from '../support/axe.js';
import { startBrowser, type TestBrowser } from '../support/browser.js';
import { freshAssets } from '../support/report-assets.js';
import { hostileReport, seedReport } from '../support/report-input.js';

let browser: TestBrowser;
let seed: string;
let hostile: string;

beforeAll(async () => {
  browser = await startBrowser();
  const assets = await freshAssets();
  seed = await renderReport(seedReport(), { assets });
  hostile = await renderReport(hostileReport(), { assets });
});
afterAll(async () => {
  await browser.close();
});

const SAMPLES = new Map(
  ['life-of-a-process', 'arp-route'].map((name) => [name, readFileSync(`reports/${name}.html`, 'utf8')]),
);
const markup = (name: string): string => SAMPLES.get(name) ?? (name === 'seed' ? seed : hostile);
const PHONE = { viewport: { width: 360, height: 740 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true };

describe.each(['seed', 'hostile', ...SAMPLES.keys()])('%s report', (name) => {
  it('opens without a console message, a dialog or a request', async () => {
    const { page, noise, requests } = await browser.open(markup(name));
    await page.waitForTimeout(100);
    expect(noise).toEqual([]);
    expect(requests).toEqual([]);
  });

  it('holds no element that the report did not make', async () => {
    const { page } = await browser.open(markup(name));
    expect(await page.locator('img, iframe, object, embed, link, base, form').count()).toBe(0);
    expect(await page.locator('script').count()).toBe(2);
  });

  it('has marks in every chart', async () => {
    const { page } = await browser.open(markup(name));
    const marks = await page
      .locator('svg.chart')
      .evaluateAll((charts) => charts.map((chart) => chart.querySelectorAll('path, rect, line').length));
    expect(marks.length).toBeGreaterThan(0);
    for (const count of marks) expect(count).toBeGreaterThan(3);
  });

  it.each(['light', 'dark'] as const)('axe finds nothing in the %s theme', async (colorScheme) => {
    const { page } = await browser.open(markup(name), { colorScheme });
    expect(await axeViolations(page)).toEqual([]);
  });

  it('axe finds nothing while filters act', async () => {
    const { page, noise } = await browser.open(markup(name), {
      fragment: '#?q=kill&cpu=1&from=0',
      colorScheme: 'dark',
    });
    expect(await page.locator('.part-note, .all-rows, .no-match').count()).toBeGreaterThan(0);
    expect(await axeViolations(page)).toEqual([]);
    expect(noise).toEqual([]);
  });

  it('does not scroll sideways on a phone, and axe finds nothing there', async () => {
    const { page, noise } = await browser.open(markup(name), PHONE);
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(width).toBeLessThanOrEqual(360);
    expect(await axeViolations(page)).toEqual([]);
    expect(noise).toEqual([]);
  });
});

describe('without script', () => {
  it('is a readable document whose links lead to the lines', async () => {
    const { page, noise } = await browser.open(seed, { javaScriptEnabled: false });
    expect(await page.locator('h1').textContent()).toBe('life-of-a-process.trace');
    await page.locator('#verdict a.ln').first().click();
    expect(new URL(page.url()).hash).toBe('#L25');
    expect(await page.locator('#L25').isVisible()).toBe(true);
    expect(noise).toEqual([]);
  });
});

describe('hostile text', () => {
  it('is shown, character by character, where it was', async () => {
    const { page } = await browser.open(hostile);
    const shown = await page.locator('#verdict .say').first().textContent();
    expect(shown).toContain('</script><img src=x onerror=alert(1)>"\'`\\u{202e}gnp.exe\\e[31m\\x00&amp;<!--');
    expect(await page.title()).toContain('</script><img');
  });
});

describe('themes', () => {
  it('follow the system and the switch', async () => {
    const { page } = await browser.open(seed, { colorScheme: 'dark' });
    const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const dark = await ground();
    await page.getByRole('button', { name: 'light theme' }).click();
    const light = await ground();
    expect(dark).not.toBe(light);
    await page.getByRole('button', { name: 'dark theme' }).click();
    expect(await ground()).toBe(dark);
  });

  it('colour the charts too', async () => {
    const fill = async (colorScheme: 'light' | 'dark'): Promise<string> => {
      const { page } = await browser.open(seed, { colorScheme });
      return page
        .locator('.timeline .f-life')
        .first()
        .evaluate((mark) => getComputedStyle(mark).fill);
    };
    expect(await fill('light')).not.toBe(await fill('dark'));
  });
});

describe('print', () => {
  it('shows everything on white, whatever the screen showed', async () => {
    const { page } = await browser.open(seed, { colorScheme: 'dark' });
    await page.emulateMedia({ media: 'print' });
    const look = await page.evaluate(() => ({
      ground: getComputedStyle(document.body).backgroundColor,
      evidence: getComputedStyle(document.querySelector('.evidence')!).maxHeight,
      tools: getComputedStyle(document.querySelector('.tools')!).display,
    }));
    expect(look).toEqual({ ground: 'rgb(255, 255, 255)', evidence: 'none', tools: 'none' });
    expect((await page.pdf()).length).toBeGreaterThan(10_000);
  });
});

describe('layout', () => {
  it('does not shift while the page loads and the client takes over', async () => {
    const { page } = await browser.open('<!doctype html><title>before</title>');
    await page.addInitScript(() => {
      const shifts = { sum: 0 };
      Object.assign(globalThis, { shifts });
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) shifts.sum += (entry as unknown as { value: number }).value;
      }).observe({ type: 'layout-shift', buffered: true });
    });
    const url = page.url().replace(/[^/]*$/, 'shift.html');
    writeFileSync(fileURLToPath(url), seed);
    await page.goto(url);
    await page.waitForTimeout(300);
    expect(await page.evaluate(() => (globalThis as unknown as { shifts: { sum: number } }).shifts.sum)).toBeLessThan(
      0.05,
    );
  });
});

describe('keyboard', () => {
  it('skips to the verdict and walks to a line of evidence', async () => {
    const { page } = await browser.open(seed);
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Skip to the verdict');
    await page.keyboard.press('Enter');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('main');
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('25');
  });
});
