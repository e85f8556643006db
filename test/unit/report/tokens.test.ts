import { describe, expect, it } from 'vitest';
import { PAGE_TOKENS } from '../../../src/report/style/tokens.js';

type Name = keyof typeof PAGE_TOKENS;

const channel = (value: number): number => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) =>
    channel(Number.parseInt(hex.slice(at, at + 2), 16) / 255),
  );
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
function contrast(a: string, b: string): number {
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return ((high ?? 0) + 0.05) / ((low ?? 0) + 0.05);
}

const GROUNDS: Name[] = ['bg', 'panel', 'sunken'];
const WORDS: Name[] = ['ink', 'ink-2', 'ink-3', 'accent', 'bad', 'warn', 'info', 'good'];
const PAIRS: [Name, Name][] = [
  ...WORDS.flatMap((word) => GROUNDS.map((ground): [Name, Name] => [word, ground])),
  ['bad', 'bad-bg'],
  ['warn', 'warn-bg'],
  ['info', 'info-bg'],
  ['ink', 'bad-bg'],
  ['ink', 'warn-bg'],
  ['ink', 'info-bg'],
  ['ink-3', 'bad-bg'],
  ['ink-3', 'warn-bg'],
  ['ink-3', 'info-bg'],
  ['esc', 'esc-bg'],
  ['ink', 'hit'],
  ['ink-3', 'hit'],
];

describe.each(['light', 'dark'] as const)('%s theme', (theme) => {
  it.each(PAIRS)('%s on %s reads well (WCAG AA, 4.5)', (word, ground) => {
    expect(contrast(PAGE_TOKENS[word][theme], PAGE_TOKENS[ground][theme])).toBeGreaterThanOrEqual(4.5);
  });
});
