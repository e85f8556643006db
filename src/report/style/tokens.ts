/** Colours of the page and of charts, light and dark side by side. A unit test computes the contrast of each text pair. */
import { ROLES, type Role } from '../../charts/theme.js';

interface Pair {
  readonly light: string;
  readonly dark: string;
}

export const PAGE_TOKENS = {
  bg: { light: '#fbfbf8', dark: '#12161a' },
  panel: { light: '#ffffff', dark: '#181d22' },
  sunken: { light: '#f3f4ef', dark: '#0d1114' },
  ink: { light: '#1c2126', dark: '#e7eaed' },
  'ink-2': { light: '#4a535b', dark: '#b7c0c8' },
  'ink-3': { light: '#5f6972', dark: '#95a0aa' },
  line: { light: '#e2e4de', dark: '#2a3138' },
  'line-2': { light: '#c3c8c0', dark: '#434d56' },
  accent: { light: '#0b5cad', dark: '#79b8ff' },
  focus: { light: '#0b5cad', dark: '#9ccbff' },
  bad: { light: '#b3261f', dark: '#ff8f86' },
  'bad-bg': { light: '#fdf0ee', dark: '#2e1a19' },
  warn: { light: '#805300', dark: '#f0bd59' },
  'warn-bg': { light: '#fdf6e3', dark: '#2a2314' },
  info: { light: '#3d5166', dark: '#a9bfd4' },
  'info-bg': { light: '#eff3f7', dark: '#1a222a' },
  good: { light: '#1f7a4d', dark: '#6fd3a0' },
  esc: { light: '#7b3fa0', dark: '#d9a8f5' },
  'esc-bg': { light: '#f5ecfa', dark: '#2b1f33' },
  shade: { light: 'rgb(0 0 0 / 22%)', dark: 'rgb(255 255 255 / 20%)' },
  hit: { light: '#fff3b8', dark: '#38300c' },
} as const satisfies Record<string, Pair>;

const DARK_ROLES: Record<Role, string> = {
  ink: '#e7eaed',
  muted: '#9ea8b1',
  grid: '#2a3138',
  axis: '#4b555e',
  lane: '#161b20',
  life: '#6f8aa3',
  young: '#3d5061',
  zombie: '#e0b93b',
  zombieflat: '#e0b93b',
  run: '#a9c6e0',
  span: '#7d97ae',
  create: '#6fd3a0',
  signal: '#ff8f86',
  notify: '#d3a1f2',
  reap: '#79b8ff',
  other: '#a3adb6',
  accent: '#79b8ff',
  good: '#6fd3a0',
  bad: '#ff8f86',
  warn: '#f0bd59',
  level1: '#1d2a38',
  level2: '#234463',
  level3: '#2c6496',
  level4: '#4a8fcf',
  level5: '#8fc5ff',
  onlevel: '#0d1114',
  more2: '#8a342c',
  more1: '#4f2a27',
  same: '#262c32',
  less1: '#1f3a4a',
  less2: '#27607f',
};

const declarations = (theme: keyof Pair): string =>
  [
    ...Object.entries(PAGE_TOKENS).map(([name, pair]) => `--${name}:${pair[theme]}`),
    ...Object.entries(theme === 'light' ? ROLES : DARK_ROLES).map(([name, colour]) => `--c-${name}:${colour}`),
  ].join(';');

/** Custom properties for both themes: the system decides, the page's switch overrides, paper is always light. */
export function tokenCss(): string {
  const light = `color-scheme:light;${declarations('light')}`;
  const dark = `color-scheme:dark;${declarations('dark')}`;
  return [
    `:root{${light}}`,
    `@media screen and (prefers-color-scheme:dark){:root:not([data-theme=light]){${dark}}}`,
    `@media screen{:root[data-theme=dark]{${dark}}}`,
  ].join('\n');
}

/** The classes that render-svg.ts puts in place of colours. */
export function chartCss(): string {
  const rules = Object.keys(ROLES).map(
    (role) => `.f-${role}{fill:var(--c-${role})}.s-${role}{stroke:var(--c-${role})}`,
  );
  return [...rules, '.f-zombie{fill:url(#hatch)}'].join('\n');
}
