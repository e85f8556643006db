/** A flame graph to walk in: a press on a frame gives it the whole width, words find frames. Drawn once, moved here. */
import { refill, wordsOf } from './charts.js';
import { button, el, svgEl } from './dom.js';

interface Frame {
  readonly mark: SVGGraphicsElement;
  /** px of the drawing, left and right edge, and the row's top. */
  readonly from: number;
  readonly to: number;
  readonly top: number;
  readonly name: string;
}

const CHAR = 6.2;
const ROW = 18;

export function installFlames(): void {
  for (const box of document.querySelectorAll<HTMLElement>('.chart-box[data-look="flame"]')) installFlame(box);
}

function installFlame(box: HTMLElement): void {
  const svg = box.querySelector<SVGSVGElement>('svg.chart');
  const frames = [...box.querySelectorAll<SVGGraphicsElement>('[data-t]')].map(frameOf);
  if (svg === null || frames.length === 0) return;
  const layer = frames[0]!.mark.parentElement!;
  const left = Math.min(...frames.map((frame) => frame.from));
  const width = Math.max(...frames.map((frame) => frame.to)) - left;
  for (const text of svg.querySelectorAll('text')) text.remove();
  const words = svgEl('g', { class: 'frame-names', 'aria-hidden': 'true' });
  layer.after(words);
  const where = el('span', { class: 'fine', role: 'status' });
  const whole = button('Whole graph', () => show(null), { class: 'tool small' });
  const search = el('input', {
    type: 'search',
    class: 'search small',
    placeholder: 'Find a function',
    'aria-label': 'Find a function in the stacks',
  });
  box.querySelector('figcaption')?.after(el('div', { class: 'flame-tools' }, search, whole, where));

  let focus: Frame | null = null;
  const tell = (): void => {
    const word = search.value.trim().toLowerCase();
    const [from, to] = focus === null ? [left, left + width] : [focus.from, focus.to];
    const hits = frames.filter((frame) => word !== '' && frame.name.toLowerCase().includes(word));
    for (const frame of frames) frame.mark.classList.toggle('found', hits.includes(frame));
    const share = covered(hits, from, to) / (to - from);
    const found = word === '' ? '' : `${(100 * share).toFixed(1)} % of what is shown passes through it. `;
    where.textContent = `${found}${focus === null ? '' : wordsOf(focus.mark)}`;
  };
  const show = (next: Frame | null): void => {
    focus = next;
    whole.disabled = next === null;
    const [from, to] = next === null ? [left, left + width] : [next.from, next.to];
    const scale = width / (to - from);
    words.replaceChildren();
    for (const frame of frames) {
      const start = Math.max(frame.from, from);
      const end = Math.min(frame.to, to);
      const seen = end - start > 0.01 && (end - start) * scale >= 0.5;
      frame.mark.toggleAttribute('hidden', !seen);
      frame.mark.classList.toggle('gone', !seen);
      if (!seen) continue;
      const x = left + (start - from) * scale;
      const size = (end - start) * scale;
      frame.mark.setAttribute('transform', `translate(${x},${frame.top})`);
      frame.mark.setAttribute('d', `M0,0h${size.toFixed(2)}v${ROW - 1}h${(-size).toFixed(2)}Z`);
      const room = Math.floor((size - 6) / CHAR);
      if (room < 3) continue;
      const name = frame.name.length > room ? `${frame.name.slice(0, room - 1)}…` : frame.name;
      words.append(svgEl('text', { class: 'f-ink', x: x + 4, y: frame.top + ROW / 2, 'font-size': '11px' }, name));
    }
    tell();
    refill(box);
  };
  for (const frame of frames) {
    frame.mark.setAttribute('tabindex', '-1');
    frame.mark.addEventListener('click', () => show(frame));
  }
  const scroll = box.querySelector<HTMLElement>('.scroll');
  const label = scroll?.getAttribute('aria-label') ?? 'Flame graph';
  scroll?.setAttribute('aria-label', `${label}. Arrow keys walk from frame to frame, Enter zooms, 0 shows all`);
  let at: Frame | null = null;
  scroll?.addEventListener('keydown', (event) => {
    const next = stepFrom(frames, at ?? focus, event.key);
    if (event.key === 'Enter' && at !== null) show(at);
    else if (event.key === '0' || event.key === 'Escape') show(null);
    else if (next !== null) {
      at?.mark.classList.remove('chosen');
      at = next;
      at.mark.classList.add('chosen');
      where.textContent = wordsOf(at.mark);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  });
  search.addEventListener('input', tell);
  show(null);
}

/** Place and size as vega drew them: a path at the origin, moved by a transform. */
function frameOf(mark: SVGGraphicsElement): Frame {
  const box = mark.getBBox();
  const move = mark.transform.baseVal.consolidate()?.matrix;
  const from = box.x + (move?.e ?? 0);
  return {
    mark,
    from,
    to: from + box.width,
    top: box.y + (move?.f ?? 0),
    name: wordsOf(mark).replace(/: [\d,]+ of [\d,]+ \([\d.]+ %\)$/, ''),
  };
}

/** The frame on this one, under it, or beside it. Up is towards the innermost function. */
function stepFrom(frames: readonly Frame[], at: Frame | null, key: string): Frame | null {
  const rows = [...frames].filter(({ mark }) => !mark.classList.contains('gone'));
  if (at === null)
    return key.startsWith('Arrow') ? (rows.toSorted((a, b) => b.top - a.top || a.from - b.from)[0] ?? null) : null;
  const row = (top: number): Frame[] => rows.filter((frame) => Math.abs(frame.top - top) < 1);
  const near = (list: readonly Frame[]): Frame | null =>
    list.find((frame) => frame.from < at.to - 0.01 && frame.to > at.from + 0.01) ?? null;
  switch (key) {
    case 'ArrowUp':
      return near(row(at.top - ROW));
    case 'ArrowDown':
      return near(row(at.top + ROW));
    case 'ArrowRight':
      return (
        row(at.top)
          .toSorted((a, b) => a.from - b.from)
          .find((frame) => frame.from >= at.to - 0.01) ?? null
      );
    case 'ArrowLeft':
      return (
        row(at.top)
          .toSorted((a, b) => b.from - a.from)
          .find((frame) => frame.to <= at.from + 0.01) ?? null
      );
    default:
      return null;
  }
}

/** px of a stretch that frames cover, counted once where they stand on each other. */
function covered(frames: readonly Frame[], from: number, to: number): number {
  let sum = 0;
  let end = from;
  for (const frame of frames.toSorted((a, b) => a.from - b.from)) {
    const start = Math.max(frame.from, end);
    const stop = Math.min(frame.to, to);
    if (stop > start) sum += stop - start;
    end = Math.max(end, stop);
  }
  return sum;
}
