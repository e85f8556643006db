/** The drawn charts: words under the pointer, marks that are filled by what passes the filter. */
import { formatCount } from '../../base/format-time.js';
import { el, svgEl } from './dom.js';

/** How much of what a mark stands for passes. */
export interface MarkPart {
  readonly part: number;
  readonly all: number;
}

export const wordsOf = (mark: Element): string =>
  `${mark.getAttribute('data-t') ?? ''}${mark.getAttribute('data-passes') ?? ''}`;

export function installCharts(): void {
  const tip = el('div', { class: 'chart-tip', hidden: true, 'aria-hidden': 'true' });
  document.body.append(tip);
  for (const box of document.querySelectorAll<HTMLElement>('.chart-box')) {
    box.addEventListener('pointermove', (event) => {
      const mark = event.target instanceof Element ? event.target.closest('[data-t]') : null;
      tip.hidden = mark === null || event.pointerType === 'touch';
      if (mark === null || tip.hidden) return;
      tip.textContent = wordsOf(mark);
      tip.style.left = `${Math.max(4, Math.min(event.clientX + 14, innerWidth - tip.offsetWidth - 8))}px`;
      tip.style.top = `${Math.min(event.clientY + 16, innerHeight - tip.offsetHeight - 8)}px`;
    });
    box.addEventListener('pointerleave', () => {
      tip.hidden = true;
    });
  }
}

/** Fills the marks of a chart by their parts, and says so in its caption. */
export function showMarks(box: HTMLElement, side: 'left' | 'bottom', parts: readonly MarkPart[], note: string): void {
  box.dataset.fill = side;
  for (const mark of box.querySelectorAll<SVGPathElement>('path[data-m]')) {
    const { part, all } = parts[Number(mark.dataset.m)] ?? { part: 0, all: 0 };
    mark.dataset.share = String(all > 0 ? part / all : 0);
    mark.dataset.passes = `. ${formatNumber(part)} of ${formatNumber(all)} pass the filter`;
  }
  if (box.dataset.look === 'counts') showCounts(box, parts);
  refill(box);
  box.querySelector('figcaption')?.append(el('span', { class: 'all-rows' }, ` ${note}`));
}

export function clearMarks(box: HTMLElement): void {
  box.querySelector('.all-rows')?.remove();
  for (const part of box.querySelectorAll('path.part')) part.remove();
  for (const mark of box.querySelectorAll<SVGPathElement>('path[data-share]')) {
    mark.classList.remove('pale');
    mark.removeAttribute('data-share');
    mark.removeAttribute('data-passes');
  }
  for (const label of box.querySelectorAll<SVGTextElement>('text[data-all]')) {
    label.textContent = label.dataset.all ?? '';
    label.removeAttribute('data-all');
  }
}

const RECT = /^M(-?[\d.]+),(-?[\d.]+)h([\d.]+)v([\d.]+)h-?[\d.]+Z?$/;
/** px; less would not be seen. */
const LEAST = 2;

/** Draws the filled part of each mark over it, where it stands now. */
export function refill(box: HTMLElement): void {
  for (const part of box.querySelectorAll('path.part')) part.remove();
  for (const mark of box.querySelectorAll<SVGPathElement>('path[data-share]')) {
    const share = Number(mark.dataset.share);
    mark.classList.toggle('pale', share < 1);
    if (share <= 0 || share >= 1 || mark.classList.contains('gone')) continue;
    const [, x = 0, y = 0, width = 0, height = 0] = (RECT.exec(mark.getAttribute('d') ?? '') ?? []).map(Number);
    const part = svgEl('path', { d: partOf({ x, y, width, height }, share, box.dataset.fill === 'bottom') });
    for (const name of mark.classList) if (name !== 'pale' && name !== 'found') part.classList.add(name);
    part.classList.add('part');
    const move = mark.getAttribute('transform');
    if (move !== null) part.setAttribute('transform', move);
    mark.after(part);
  }
}

interface Rect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

function partOf({ x, y, width, height }: Rect, share: number, up: boolean): string {
  const w = up ? width : Math.min(width, Math.max(LEAST, width * share));
  const h = up ? Math.min(height, Math.max(LEAST, height * share)) : height;
  return `M${x},${y + height - h}h${w}v${h}h${-w}Z`;
}

/** The numbers beside the marks, where each mark has one, in the marks' order. */
function showCounts(box: HTMLElement, parts: readonly MarkPart[]): void {
  const groups = [...box.querySelectorAll('svg.chart g')].filter(
    (group) => group.children.length === parts.length && [...group.children].every(({ tagName }) => tagName === 'text'),
  );
  const labels = groups.at(-1)?.children ?? [];
  for (const [at, label] of [...labels].entries()) {
    const { part, all } = parts[at]!;
    if (!(label instanceof SVGTextElement) || part === all || label.textContent === '') continue;
    label.dataset.all = label.textContent;
    label.textContent = `${formatNumber(part)}/${formatNumber(all)}`;
  }
}

const formatNumber = (value: number): string => formatCount(Math.round(value));
