/**
 * Colours of charts by the part they play. A spec holds the light colours, so that it looks right in any vega viewer;
 * when the report is written each of them becomes a CSS class (render-svg.ts), and the style sheet gives the class its
 * light or dark colour. Hence every value must be unique.
 */
export const ROLES = {
  ink: '#1c2126',
  muted: '#5a646d',
  grid: '#e4e6e1',
  axis: '#b9beb8',
  lane: '#f3f4ef',
  life: '#7c93a8',
  young: '#b4c3d1',
  zombie: '#c9a227',
  /** The colour of zombie time without its hatching. */
  zombieflat: '#c9a228',
  run: '#3f6485',
  span: '#8aa0b4',
  create: '#1f7a4d',
  signal: '#b3261f',
  notify: '#7b3fa0',
  reap: '#0b5cad',
  other: '#6a737b',
  accent: '#2563a8',
  good: '#2e7d4f',
  bad: '#b4281e',
  warn: '#8a5a00',
  level1: '#dbe7f3',
  level2: '#a9c8e6',
  level3: '#6fa3d4',
  level4: '#3b7cba',
  level5: '#1d5590',
  onlevel: '#fefffe',
  more2: '#f0a49c',
  more1: '#f8d5d1',
  same: '#eceee9',
  less1: '#d0e6f1',
  less2: '#9cc9e2',
} as const;

export type Role = keyof typeof ROLES;

const FONT = 'system-ui, sans-serif';

/** Shared vega-lite configuration: quiet axes, no frame, text of one size. */
export const CONFIG = {
  aria: false,
  background: 'transparent',
  font: FONT,
  padding: 2,
  view: { stroke: null },
  axis: {
    domainColor: ROLES.axis,
    tickColor: ROLES.axis,
    gridColor: ROLES.grid,
    labelColor: ROLES.muted,
    titleColor: ROLES.muted,
    labelFontSize: 11,
    titleFontSize: 11,
    titleFontWeight: 'normal',
    labelFont: FONT,
    titleFont: FONT,
    labelLimit: 260,
  },
  text: { font: FONT, fontSize: 11, color: ROLES.ink },
} as const;
