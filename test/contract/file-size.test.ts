import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const WARN = 250;
const LIMIT = 400;
const EXCEPTIONS = 'test/contract/file-size-exceptions.json';

const exceptions = JSON.parse(readFileSync(EXCEPTIONS, 'utf8')) as Record<string, number>;
const sizes = new Map<string, number>(
  readdirSync('src', { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts'))
    .map((path) => [`src/${path}`, readFileSync(`src/${path}`, 'utf8').split('\n').length - 1]),
);

describe('file size', () => {
  it('stays small enough that a file holds one idea', () => {
    expect(sizes.size).toBeGreaterThan(2);
    const long = [...sizes].filter(([path, lines]) => lines > WARN && exceptions[path] === undefined);
    for (const [path, lines] of long)
      console.warn(`${path}: ${lines} lines; split it by noun before it reaches ${LIMIT}`);
    expect(long.filter(([, lines]) => lines > LIMIT)).toEqual([]);
  });

  it.each(Object.entries(exceptions))('%s only shrinks', (path, allowed) => {
    const lines = sizes.get(path) ?? 0;
    expect(lines, `${path} grew: split it`).toBeLessThanOrEqual(allowed);
    expect(lines, `${path} fits now: take it out of ${EXCEPTIONS}`).toBeGreaterThan(LIMIT);
    expect(allowed, `${path} shrank: write ${lines} into ${EXCEPTIONS}`).toBe(lines);
  });
});
