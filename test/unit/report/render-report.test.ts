import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import type { ReportAssets } from '../../../src/report/assets.js';
import { renderReport } from '../../../src/report/render-report.js';
import type { ReportInput } from '../../../src/report/report-input.js';
import { freshAssets } from '../../support/report-assets.js';
import { hostileReport, seedReport } from '../../support/report-input.js';

let assets: ReportAssets;
const pages = new Map<string, string>();

beforeAll(async () => {
  assets = await freshAssets();
  pages.set('seed', await renderReport(seedReport(), { assets }));
  pages.set('hostile', await renderReport(hostileReport(), { assets }));
  pages.set('empty', await renderReport(emptyReport(), { assets }));
});

function emptyReport(): ReportInput {
  const seed = seedReport();
  return {
    ...seed,
    verdicts: [],
    health: [],
    results: [],
    chains: [],
    evidence: [],
    timeline: { tasks: [], links: [], marks: [], clipped: null },
  };
}

const page = (name: string): string => pages.get(name) ?? '';
const KINDS = ['seed', 'hostile', 'empty'];

describe('the page', () => {
  it('is the same, byte for byte, when it is written again', async () => {
    expect(await renderReport(seedReport(), { assets })).toBe(page('seed'));
    expect(await renderReport(hostileReport(), { assets })).toBe(page('hostile'));
  });

  it.each(KINDS)('%s: allows its own script and style by hash, and nothing else', (name) => {
    const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(page(name))?.[1] ?? '';
    const hash = (content: string): string => `'sha256-${createHash('sha256').update(content).digest('base64')}'`;
    const style = /<style>([\s\S]*?)<\/style>/.exec(page(name))?.[1] ?? '';
    const script = /<script>([\s\S]*?)<\/script>/.exec(page(name))?.[1] ?? '';
    expect(style.length).toBeGreaterThan(1000);
    expect(script.length).toBeGreaterThan(100);
    expect(policy).toBe(
      `default-src 'none'; script-src ${hash(script)}; style-src ${hash(style)}; base-uri 'none'; form-action 'none'`,
    );
  });

  it.each(KINDS)('%s: has no style attribute, event handler or address outside', (name) => {
    const markup = page(name)
      .replace(/<script[\s\S]*?<\/script>/g, '')
      .replace(/<style[\s\S]*?<\/style>/g, '');
    const tags = markup.match(/<[a-z][^>]*>/g) ?? [];
    expect(tags.length).toBeGreaterThan(40);
    for (const tag of tags) {
      expect(tag).not.toMatch(/\s(?:style|on[a-z]+|src|srcset|action|formaction|data|xlink:href)=/);
      const href = / href="([^"]*)"/.exec(tag)?.[1];
      if (href !== undefined) expect(href).toMatch(/^#/);
    }
    expect(tags.filter((tag) => /^<(?:img|iframe|object|embed|link|form|base)\b/.test(tag))).toEqual([]);
  });

  it.each(KINDS)('%s: has unique ids, and every link leads to one', (name) => {
    const ids = [...page(name).matchAll(/<[^<>]* id="([^"]+)"/g)].map((match) => match[1]);
    expect(new Set(ids).size).toBe(ids.length);
    for (const [, target] of page(name).matchAll(/ href="#([^"]*)"/g)) expect(ids).toContain(target);
  });

  it.each(KINDS)('%s: holds two script elements and each ends where it should', (name) => {
    expect(page(name).match(/<script\b/g)).toHaveLength(2);
    expect(page(name).match(/<\/script/gi)).toHaveLength(2);
  });

  it('keeps hostile text as text, without raw control bytes', () => {
    expect(page('hostile')).not.toContain('<img');
    const ours = page('hostile').replace(assets.client.trim(), '');
    expect(ours.length).toBeLessThan(page('hostile').length);
    expect(ours).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
  });

  it('is small for a small capture', () => {
    expect(page('seed').length).toBeLessThan(300_000);
  });
});

describe('what it says', () => {
  it('puts the verdicts before all else, with a word for the severity', () => {
    const main = page('seed').slice(page('seed').indexOf('<main'));
    expect(main.indexOf('was killed by SIGKILL')).toBeLessThan(main.indexOf('<dl'));
    expect(main).toMatch(/Problem[\s\S]{0,200}a\.out 5441 was killed by SIGKILL \(9\), sent by bash 4994/);
  });

  it('names the commands that make a question answerable', () => {
    expect(page('seed')).toContain('echo 1 &gt; /sys/kernel/tracing/events/skb/kfree_skb/enable');
  });

  it('says what was cut and how to see it', () => {
    expect(page('seed')).toContain('first 6 of 4,200 rows');
    expect(page('seed')).toContain('ftrail syscalls life-of-a-process.trace --format csv');
    expect(page('hostile')).toContain('ftrail syscalls CAPTURE --format csv');
  });

  it('does not turn a line that is not embedded into a link', async () => {
    const input = { ...seedReport(), evidence: [] };
    expect(await renderReport(input, { assets })).not.toContain('href="#L25"');
  });
});
