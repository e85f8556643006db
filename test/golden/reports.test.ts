import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { runCli } from '../support/cli.js';
import { scratch } from '../support/scratch.js';

const SAMPLES = readdirSync('samples');

it('there is a report for each sample, and no other', () => {
  expect(SAMPLES.length).toBeGreaterThanOrEqual(2);
  const reports = readdirSync('reports').filter((name) => name.endsWith('.html'));
  expect(reports.sort()).toEqual(SAMPLES.map((name) => `${name}.html`).sort());
});

it.each(SAMPLES)(
  'reports/%s.html is what ftrail writes today, byte for byte (npm run reports rebuilds it)',
  async (name) => {
    const path = scratch().at('report.html');
    const { code } = await runCli(['report', `samples/${name}/trace`, '-o', path, '--quiet']);
    expect(code).toBe(0);
    // Not toBe: a difference in one line must not print two whole files.
    expect(readFileSync(path).equals(readFileSync(`reports/${name}.html`))).toBe(true);
  },
);
