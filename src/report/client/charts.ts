/** The drawn charts: words under the pointer, marks that step back when they do not match the filter. */
import { el } from './dom.js';
import { type Filter, isIdle, matches } from './filter-match.js';

const boxes = (): HTMLElement[] => [...document.querySelectorAll<HTMLElement>('.chart-box')];

export const wordsOf = (mark: Element): string => mark.getAttribute('data-t') ?? '';

export function installCharts(): void {
  const tip = el('div', { class: 'chart-tip', hidden: true, 'aria-hidden': 'true' });
  document.body.append(tip);
  for (const box of boxes()) {
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

/** Charts whose marks have names show which of them match; the others say that they show all. */
export function filterCharts(filter: Filter): void {
  const idle = isIdle(filter);
  for (const box of boxes()) {
    box.querySelector('.all-rows')?.remove();
    const marks = box.dataset.look === undefined ? [] : [...box.querySelectorAll('[data-t]')];
    let found = 0;
    for (const mark of marks) {
      const fits = idle || matches(nameFacets(wordsOf(mark)), filter);
      mark.classList.toggle('off', !fits);
      found += Number(fits);
    }
    if (idle) continue;
    const words =
      marks.length === 0 ? 'This chart shows all, whatever the filter.' : `${found} of ${marks.length} marks match.`;
    box.querySelector('figcaption')?.append(el('span', { class: 'all-rows' }, ` ${words}`));
  }
}

const nameFacets = (text: string) => ({
  text: text.toLowerCase(),
  pids: null,
  signals: null,
  cpus: null,
  times: null,
});
