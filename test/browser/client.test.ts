/// <reference lib="dom" />
import { readFileSync } from 'node:fs';
import type { Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { renderReport } from '../../src/report/render-report.js';
import type { ReportInput } from '../../src/report/report-input.js';
import type { Column } from '../../src/trace/result.js';
import { type OpenPage, startBrowser, type TestBrowser } from '../support/browser.js';
import { freshAssets } from '../support/report-assets.js';
import { hostileReport, seedReport } from '../support/report-input.js';

let browser: TestBrowser;
let markup: string;
let hostile: string;
let stacked: string;
let long: string;
const opened: OpenPage[] = [];

beforeAll(async () => {
  browser = await startBrowser();
  const assets = await freshAssets();
  markup = await renderReport(seedReport(), { assets });
  hostile = await renderReport(hostileReport(), { assets });
  stacked = await renderReport(stackedReport(), { assets });
  long = await renderReport(longReport(), { assets });
});
afterAll(async () => {
  await browser.close();
});
afterEach(() => {
  for (const { noise, requests } of opened.splice(0)) {
    expect(noise).toEqual([]);
    expect(requests).toEqual([]);
  }
});

/** Eight events, two of them from an exit. */
function stackedReport(): ReportInput {
  const seed = seedReport();
  const rows = [
    { count: 2, event: 'signal_generate', stack: 'entry;do_exit;send' },
    { count: 6, event: 'signal_generate', stack: 'entry;sys_kill;do_kill;send' },
  ];
  const columns: Column[] = [
    { name: 'count', type: 'integer', label: 'Events', doc: 'how many' },
    { name: 'event', type: 'text', label: 'Event', doc: 'name' },
    { name: 'stack', type: 'text', label: 'Stack', doc: 'frames' },
  ];
  const part = (row: number, pid: number, cpu: number, count: number) => ({ row, by: null, pid, cpu, count });
  const parts = {
    measures: ['count'],
    facets: ['pid', 'cpu'],
    joint: true,
    stretch: 1,
    rows: [part(0, 4994, 0, 2), part(1, 4994, 0, 1), part(1, 4994, 1, 2), part(1, 5441, 1, 3)],
  };
  const stacks = {
    ...seed.results[0]!,
    id: 'stacks',
    title: 'Stacks',
    columns,
    rows,
    totalRows: 2,
    findings: [],
    parts,
  };
  return { ...seed, results: [...seed.results, stacks] };
}

/** More signals than the table shows. */
function longReport(): ReportInput {
  const seed = seedReport();
  const signals = seed.results.find(({ id }) => id === 'signals')!;
  const columns = signals.columns.map((column) => (column.name === 'signal' ? { ...column, name: 'signal' } : column));
  const rows = Array.from({ length: 400 }, (_, n) => ({
    ...signals.rows[n % 2]!,
    ts: 9_992_000_000_000 + n * 1_000_000,
    signal: 'SIGUSR1',
    latency: 1000,
    target_comm: `row-${n}`,
  }));
  const all = { ...signals, columns: [...columns, ...missing(columns)], rows, totalRows: 400 };
  return { ...seed, results: [all] };
}

const missing = (columns: readonly Column[]): Column[] =>
  (['ts', 'latency', 'target_comm'] as const)
    .filter((name) => columns.every((column) => column.name !== name))
    .map((name) =>
      name === 'target_comm'
        ? { name, type: 'text', label: 'Target comm', doc: 'name' }
        : { name, type: 'integer', label: name, unit: 'ns', doc: 'time' },
    );

async function open(fragment = '', content = markup): Promise<Page> {
  const page = await browser.open(content, { fragment, permissions: ['clipboard-read', 'clipboard-write'] });
  opened.push(page);
  return page.page;
}
/** Asked of the page, and again until it is so: the page tells Playwright of a new fragment a moment later. */
const expectFragment = (page: Page) => expect.poll(() => page.evaluate(() => decodeURIComponent(location.hash)));
const shownRows = (page: Page, table: string) => page.locator(`#${table} tbody tr:visible`).count();

describe('evidence', () => {
  it('opens the lines around a line, and gives the focus back', async () => {
    const page = await open();
    const link = page.locator('#verdict a.ln').first();
    await link.click();
    const drawer = page.locator('.drawer');
    expect(await drawer.locator('.hit').textContent()).toContain('signal_generate: sig=9');
    expect(await drawer.locator('.rl').count()).toBe(17);
    await expectFragment(page).toBe('#?line=25');
    await page.keyboard.press('Escape');
    expect(await drawer.isVisible()).toBe(false);
    expect(await link.evaluate((element) => element === document.activeElement)).toBe(true);
  });

  it('opens from an address', async () => {
    const page = await open('#signals?line=44');
    expect(await page.locator('.drawer .hit').textContent()).toContain('sig=17');
  });
});

describe('search and filters', () => {
  it('act on every section and stand in the address', async () => {
    const page = await open();
    await page.keyboard.press('/');
    await page.keyboard.type('sigkill');
    expect(await shownRows(page, 'signals')).toBe(1);
    expect(await page.locator('.step:visible').count()).toBe(2);
    expect(await page.locator('#files .no-match, #syscalls .no-match').count()).toBe(1);
    await expectFragment(page).toBe('#?q=sigkill');
    await page.getByRole('button', { name: /^Filter: \d+ left$/ }).click();
    await page.getByRole('button', { name: 'Clear' }).click();
    expect(await shownRows(page, 'signals')).toBe(2);
    await expectFragment(page).toBe('');
  });

  it('a sent address shows what the sender saw', async () => {
    const page = await open('#syscalls?pid=4994&theme=dark');
    expect(await shownRows(page, 'syscalls')).toBe(3);
    expect(await page.locator('#filter-pid').inputValue()).toBe('4994');
    expect(await page.evaluate(() => document.documentElement.dataset.theme)).toBe('dark');
    const top = await page.locator('#syscalls').evaluate((section) => section.getBoundingClientRect().top);
    expect(Math.abs(top)).toBeLessThan(200);
  });

  it('by signal and by time', async () => {
    const page = await open('#?signal=SIGCHLD');
    expect(await shownRows(page, 'signals')).toBe(1);
    const later = await open('#?from=9992.1711');
    expect(await shownRows(later, 'signals')).toBe(1);
    expect(await later.locator('.step:visible').count()).toBe(3);
  });

  it('an address made of nonsense does no harm', async () => {
    const page = await open('#nowhere?pick=link99&zoom=9--x&pid=<b>&line=zz&from=x&theme="><img src=x>');
    expect(await page.locator('img').count()).toBe(0);
    expect(await page.locator('#timeline-panel').textContent()).toContain('Pick an arrow');
  });
});

describe('tables', () => {
  const durations = (page: Page) =>
    page
      .locator('#syscalls tbody tr')
      .evaluateAll((rows) => rows.map((row) => (row as HTMLTableRowElement).cells[4]?.textContent));

  it('sort by exact value, rows without one last', async () => {
    const page = await open();
    const head = page.locator('#syscalls th', { hasText: 'Duration' });
    await head.getByRole('button').click();
    expect(await durations(page)).toEqual(['4 us', '5 us', '67 us', '224 us', '296 us', '–']);
    expect(await head.getAttribute('aria-sort')).toBe('ascending');
    await head.getByRole('button').click();
    expect(await durations(page)).toEqual(['296 us', '224 us', '67 us', '5 us', '4 us', '–']);
  });

  it('save what is shown as CSV, with exact values', async () => {
    const page = await open('#?pid=5441');
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.locator('#syscalls').getByRole('button', { name: 'Save CSV' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('syscalls.csv');
    expect(readFileSync(await download.path(), 'utf8')).toBe(
      'line_no,name,pid,comm,dur,ret\n' +
        '18,execve,5441,a.out,296000,0\n20,openat,5441,a.out,5000,3\n23,mmap,5441,a.out,4000,0x7fef041e8000\n',
    );
  });

  it('copy as Markdown that holds no markup of the trace', async () => {
    const page = await open('', hostile);
    await page.locator('#signals').getByRole('button', { name: 'Copy as Markdown' }).click();
    const text = await page.evaluate(() => navigator.clipboard.readText());
    expect(text.split('\n')[0]).toContain('| Signal');
    expect(text).toContain('\\<img src=x');
    expect(text).not.toMatch(/[^\\]<img/);
  });
});

describe('copy', () => {
  it('the verdict and a chain as Markdown', async () => {
    const page = await open();
    await page.getByRole('button', { name: 'Copy verdict' }).click();
    const verdict = await page.evaluate(() => navigator.clipboard.readText());
    expect(verdict).toContain(
      '- **Problem:** a.out 5441 was killed by SIGKILL (9), sent by bash 4994 with kill(2). (lines 25, 36, 44)',
    );
    await page.getByRole('button', { name: 'Copy chain' }).click();
    const chain = await page.evaluate(() => navigator.clipboard.readText());
    expect(chain).toContain('5. `9992.171040` (+ 13.98 s) bash 4994 sends SIGKILL');
    expect(chain).toContain('*inferred* (line 44)');
    expect(chain).toContain('Not shown by this capture:');
  });
});

describe('timeline', () => {
  it('is walked by keys alone, from the fork to the reap', async () => {
    const page = await open();
    await page.locator('#timeline-plot').focus();
    const titles: string[] = [];
    for (let step = 0; step < 6; step += 1) {
      await page.keyboard.press('ArrowRight');
      titles.push((await page.locator('#timeline-panel h3').textContent()) ?? '');
    }
    expect(titles).toEqual([
      'fork: bash 4994 → a.out 5441',
      'exec: a.out 5441',
      'SIGKILL: bash 4994 → a.out 5441',
      'dies: a.out 5441',
      'SIGCHLD: a.out 5441 → bash 4994',
      'reap: a.out 5441 → bash 4994',
    ]);
    await expectFragment(page).toBe('#?pick=link5');
    await page.keyboard.press('Enter');
    expect(await page.locator('.drawer .hit').textContent()).toContain('signal_generate: sig=17');
  });

  it('lights up the story of a pick, backwards and forwards', async () => {
    const page = await open('#?pick=link3');
    const panel = page.locator('#timeline-panel');
    expect(await panel.locator('.story > div').first().textContent()).toContain('SIGKILL: bash 4994');
    expect(await panel.locator('.story > div').last().textContent()).toMatch(/SIGCHLD.*reap/s);
    const on = await page
      .locator('.arrow.on')
      .evaluateAll((arrows) => arrows.map((arrow) => (arrow as SVGElement).dataset.i));
    expect(on).toEqual(['2', '3', '4', '5']);
    expect(await page.locator('.arrow:not(.on)').count()).toBe(2);
  });

  it('zooms by key, button and drag, and shows all again', async () => {
    const page = await open();
    const plot = page.locator('#timeline-plot');
    await plot.focus();
    await page.keyboard.press('+');
    await expectFragment(page).toBe('#?zoom=0.25-0.75');
    await page.keyboard.press('0');
    await expectFragment(page).toBe('');
    await page.getByRole('button', { name: 'Zoom in' }).click();
    await page.getByRole('button', { name: 'Show all' }).click();
    await plot.scrollIntoViewIfNeeded();
    const box = (await plot.boundingBox())!;
    await page.mouse.move(box.x + box.width * 0.7, box.y + 20);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * 0.95, box.y + 24, { steps: 4 });
    await page.mouse.up();
    await expectFragment(page).toMatch(/^#\?zoom=0\.6\d+-0\.9\d+$/);
    expect(await page.locator('.live .lane').count()).toBe(2);
    await page.getByRole('button', { name: 'Filter to this span' }).click();
    expect(await shownRows(page, 'signals')).toBe(2);
    expect(await shownRows(page, 'tasks')).toBe(1);
  });

  it('switches to linear time, where the two stories are far apart', async () => {
    const page = await open();
    const forkX = () =>
      page
        .locator('.arrow')
        .first()
        .locator('.head')
        .evaluate((head) => head.getBoundingClientRect().left);
    const even = await forkX();
    await page.getByRole('button', { name: 'Linear time' }).click();
    expect(await forkX()).toBeLessThan(even - 50);
    await expectFragment(page).toBe('#?scale=linear');
  });

  it('tells what is under the pointer', async () => {
    const page = await open();
    await page.locator('.live .word', { hasText: 'SIGKILL' }).hover();
    expect(await page.locator('.tip').textContent()).toContain('9992.171040 to 9992.171045, 5 us; exact');
  });
});

describe('filters on drawings', () => {
  it('make what does not match step back on the timeline', async () => {
    const page = await open('#?q=sigkill');
    const off = (selector: string) => page.locator(`.live ${selector}.off`).count();
    // The delivery, and the death that rests on it.
    expect(await page.locator('.live .arrow:not(.off)').count()).toBe(2);
    expect(await off('.arrow')).toBe(4);
    expect(await off('.lane')).toBe(0);
    await page.locator('.search').first().fill('libc');
    expect(await off('.arrow')).toBe(6);
    expect(await off('.lane')).toBe(1);
    await page.locator('.search').first().fill('');
    expect(await off('[data-of]')).toBe(0);
  });

  it('narrow the timeline to a span of time and a task', async () => {
    const page = await open('#?from=9990');
    expect(await page.locator('.live .arrow.off').count()).toBe(2);
    await page.evaluate(() => {
      location.hash = '#?pid=4994';
    });
    await expect.poll(() => page.locator('.live .arrow.off').count()).toBe(2);
  });

  it('fill the frames of a flame graph by what passes, also after a walk in it', async () => {
    const page = await open('#?q=do_exit', stacked);
    const flame = page.locator('[data-look="flame"]');
    expect(await fillOf(flame, 'entry')).toBeCloseTo(0.25, 2);
    expect(await fillOf(flame, 'do_exit')).toBe(1);
    expect(await fillOf(flame, 'sys_kill')).toBe(0);
    expect(await flame.locator('figcaption').textContent()).toContain('what passes the filter: 1 of 2 rows');
    await flame.locator('[data-t^="entry:"]').click();
    expect(await fillOf(flame, 'entry')).toBeCloseTo(0.25, 2);
    await page.locator('.search').first().fill('');
    expect(await flame.locator('.pale, .part, .all-rows').count()).toBe(0);
  });

  it('split what sums over tasks and CPUs: rows, frames and bars', async () => {
    const page = await open('#?pid=4994', stacked);
    const flame = page.locator('[data-look="flame"]');
    // All of the exit's events and half of the kill's are of this task.
    expect(await fillOf(flame, 'do_exit')).toBe(1);
    expect(await fillOf(flame, 'do_kill')).toBeCloseTo(0.5, 2);
    expect(await fillOf(flame, 'entry')).toBeCloseTo(5 / 8, 2);
    await flame.locator('[data-t^="entry:"]').hover();
    expect(await page.locator('.chart-tip').textContent()).toBe('entry: 8 of 8 (100.0 %). 5 of 8 pass the filter');
    const counts = () => page.locator('#t-stacks td:first-child').allTextContents();
    expect(await counts()).toEqual(['2', '3']);
    expect(await page.locator('#stacks .part-note').textContent()).toContain('Events count only what matches');
    await page.evaluate(() => {
      location.hash = '#?cpu=7';
    });
    await expect.poll(() => shownRows(page, 't-stacks')).toBe(0);
    expect(await page.locator('#stacks .no-match').count()).toBe(1);
    await page.evaluate(() => {
      location.hash = '#?q=';
    });
    await expect.poll(counts).toEqual(['2', '6']);
  });

  it('never hide what is not told apart, and say so', async () => {
    const page = await open('#?cpu=2', stacked);
    expect(await shownRows(page, 't-syscalls')).toBe(6);
    const note = page.locator('#syscalls .part-note');
    expect(await note.textContent()).toBe('This section does not tell CPUs apart: of them it shows all.');
  });

  it('reach rows that only a picture shows', async () => {
    const page = await open('#?q=row-350', long);
    const box = page.locator('#signals .chart-box', { hasText: 'How many signals when' });
    expect(await box.locator('figcaption').textContent()).toContain('what passes the filter: 1 of 400 rows');
    expect(await box.locator('path.part').count()).toBe(1);
    expect(await shownRows(page, 't-signals')).toBe(0);
  });
});

/** How much of a frame is drawn in full, 0 to 1. */
async function fillOf(flame: Locator, name: string): Promise<number> {
  return flame.locator(`[data-t^="${name}:"]`).evaluate((mark) => {
    const full = mark.getBoundingClientRect().width;
    const part = mark.nextElementSibling?.classList.contains('part') ? mark.nextElementSibling : null;
    if (part !== null) return part.getBoundingClientRect().width / full;
    return mark.classList.contains('pale') ? 0 : 1;
  });
}

describe('a flame graph', () => {
  it('gives a frame the whole width, finds functions, and shows all again', async () => {
    const page = await open('', stacked);
    const frame = (name: string) => page.locator(`[data-look="flame"] [data-t^="${name}:"]`).first();
    const width = (name: string) => frame(name).evaluate((mark) => mark.getBoundingClientRect().width);
    const before = await width('do_exit');
    await frame('do_exit').click();
    expect(await width('do_exit')).toBeGreaterThan(before * 3);
    expect(await page.locator('[data-look="flame"] .gone').count()).toBe(3);
    await page.getByRole('button', { name: 'Whole graph' }).click();
    expect(await width('do_exit')).toBeCloseTo(before, 1);
    await page.getByLabel('Find a function in the stacks').fill('kill');
    expect(await page.locator('[data-look="flame"] .found').count()).toBe(2);
    expect(await page.locator('.flame-tools [role="status"]').textContent()).toContain('75.0 %');
  });

  it('is walked by keys alone', async () => {
    const page = await open('', stacked);
    await page.locator('[data-look="flame"] .scroll').focus();
    for (const key of ['ArrowUp', 'ArrowUp', 'ArrowUp', 'Enter']) await page.keyboard.press(key);
    expect(await page.locator('.flame-tools [role="status"]').textContent()).toMatch(/^do_exit: 2 of 8/);
    expect(await page.locator('[data-look="flame"] .gone').count()).toBeGreaterThan(1);
    await page.keyboard.press('0');
    expect(await page.locator('[data-look="flame"] .gone').count()).toBe(0);
  });

  it('tells what is under the pointer', async () => {
    const page = await open('', stacked);
    await page.locator('[data-look="flame"] [data-t^="do_exit:"]').hover();
    expect(await page.locator('.chart-tip').textContent()).toBe('do_exit: 2 of 8 (25.0 %)');
  });
});

describe('keys', () => {
  it('are listed, move by section and can be switched off', async () => {
    const page = await open();
    await page.keyboard.press('?');
    expect(await page.locator('dialog').isVisible()).toBe(true);
    await page.getByLabel('Switch one-letter shortcuts off').check();
    await page.keyboard.press('Escape');
    await page.keyboard.press('/');
    expect(await page.locator('.search').evaluate((field) => field === document.activeElement)).toBe(false);
    await expectFragment(page).toBe('#?keys=off');
  });

  it('j goes to the next section', async () => {
    const page = await open();
    await page.keyboard.press('j');
    const top = await page.locator('#timeline').evaluate((section) => section.getBoundingClientRect().top);
    expect(top).toBeGreaterThan(0);
    expect(top).toBeLessThan(120);
  });
});
