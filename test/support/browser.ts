/** A real browser on a report: what it logs and what it asks for is kept, so that a test can insist on nothing. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { inject } from 'vitest';
import './unpack-browser.js';

const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--font-render-hinting=none'];

export interface OpenPage {
  readonly page: Page;
  /** Console messages, page errors and dialogs. */
  readonly noise: readonly string[];
  /** Every request but the one for the page itself. */
  readonly requests: readonly string[];
}

export interface TestBrowser {
  open(markup: string, options?: BrowserContextOptions & { fragment?: string }): Promise<OpenPage>;
  close(): Promise<void>;
}

export async function startBrowser(): Promise<TestBrowser> {
  const browser: Browser = await chromium.launch({ executablePath: inject('chromiumPath'), args: FLAGS });
  const folder = mkdtempSync(join(tmpdir(), 'ftrail-browser-'));
  let pages = 0;
  return {
    async open(markup, { fragment = '', ...options } = {}) {
      pages += 1;
      const file = join(folder, `report-${pages}.html`);
      writeFileSync(file, markup);
      const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
      const page = await context.newPage();
      const noise: string[] = [];
      const requests: string[] = [];
      const address = pathToFileURL(file).href;
      page.on('console', (message) => noise.push(`${message.type()}: ${message.text()}`));
      page.on('pageerror', (error) => noise.push(`error: ${error.message}`));
      page.on('dialog', (dialog) => {
        noise.push(`dialog: ${dialog.message()}`);
        dialog.dismiss().catch(() => undefined);
      });
      page.on('request', (request) => {
        if (request.url().split('#')[0] !== address) requests.push(request.url());
      });
      await page.goto(address + fragment);
      return { page, noise, requests };
    },
    async close() {
      await browser.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
