/** Takes the place of the drawn timeline: tools above it, the drawing, and what is picked in words below it. */
import type { TimelineData } from '../../charts/timeline/timeline-data.js';
import { button, el, lineRef } from './dom.js';
import { isFilterChange, readFilter } from './filters.js';
import type { ViewState } from './state.js';
import { matchingItems } from './timeline-filter.js';
import { installInput } from './timeline-input.js';
import { TimelineView } from './timeline-view.js';
import { type ItemWords, type Teller, teller } from './timeline-words.js';

export function installTimeline(data: TimelineData, timeUnit: string, unit: number, state: ViewState): void {
  const place = document.getElementById('timeline-plot');
  if (place === null || data.tasks.length === 0) return;
  place.classList.add('live');
  place.setAttribute('role', 'application');
  place.setAttribute('aria-label', 'Timeline: arrow keys walk from link to link, plus and minus zoom, zero shows all');
  place.setAttribute('aria-describedby', 'timeline-panel');
  const view = new TimelineView(data, timeUnit, state, place);
  const tell = teller(data, view.model.clock);
  const refilter = (): void => view.keep(matchingItems(data, tell, readFilter(state), unit));
  place.replaceChildren(view.svg);
  const order = data.links
    .map((_link, index) => index)
    .sort((a, b) => (data.links[a]?.from_line ?? 0) - (data.links[b]?.from_line ?? 0));
  installInput(view, place, tell, order);
  const tools = toolBar(view, state);
  place.before(tools.bar);
  const panel = el('div', { class: 'panel', id: 'timeline-panel', 'aria-live': 'polite' });
  place.after(panel);

  const showPanel = (): void => {
    panel.replaceChildren(...panelContent(view, data, tell));
  };
  state.onChange((changed) => {
    if (changed.has('zoom') || changed.has('scale')) view.redraw();
    else if (changed.has('pick')) view.light();
    if (isFilterChange(changed)) refilter();
    if (changed.has('pick')) showPanel();
    tools.show();
  });
  let width = place.clientWidth;
  new ResizeObserver(() => {
    if (place.clientWidth === width) return;
    width = place.clientWidth;
    view.redraw();
  }).observe(place);
  refilter();
  showPanel();
  tools.show();
}

function toolBar(view: TimelineView, state: ViewState): { bar: HTMLElement; show(): void } {
  const scale = button('Linear time', () => state.set({ scale: view.mode === 'linear' ? '' : 'linear', zoom: '' }), {
    class: 'tool small',
  });
  const small = (label: string, name: string, act: () => void): HTMLButtonElement =>
    button(label, act, { class: 'tool small', 'aria-label': name });
  const only = button(
    'Filter to this span',
    () => {
      const { from, to } = view.window;
      const seconds = (unit: number): string => view.model.clock.ts(String(view.timeAt(unit)));
      state.set({ from: seconds(from), to: seconds(to) });
    },
    { class: 'tool small' },
  );
  const whole = small('All', 'Show all', () => view.show({ from: 0, to: 1 }));
  const thumb = el('span', { class: 'thumb' });
  const bar = el(
    'div',
    { class: 'tl-tools', role: 'group', 'aria-label': 'Timeline view' },
    small('−', 'Zoom out', () => view.zoom(2)),
    small('+', 'Zoom in', () => view.zoom(0.5)),
    small('◀', 'Earlier', () => view.pan(-0.3)),
    small('▶', 'Later', () => view.pan(0.3)),
    whole,
    only,
    scale,
    el('span', { class: 'track', 'aria-hidden': 'true' }, thumb),
  );
  const show = (): void => {
    const { from, to } = view.window;
    const zoomed = to - from < 1;
    whole.disabled = !zoomed;
    only.hidden = !zoomed;
    scale.setAttribute('aria-pressed', String(view.mode === 'linear'));
    thumb.style.left = `${from * 100}%`;
    thumb.style.width = `${(to - from) * 100}%`;
  };
  return { bar, show };
}

const MOST = 40;

function panelContent(view: TimelineView, data: TimelineData, tell: Teller): HTMLElement[] {
  const ref = view.picked;
  if (ref === null)
    return [
      el(
        'p',
        { class: 'fine' },
        'Pick an arrow or a bar to see what it rests on and what it belongs to. Drag to zoom into a span.',
      ),
    ];
  const parts = [told(tell(ref), 'h3')];
  if (ref.of !== 'link') return parts;
  const { causes, effects } = view.walk(ref.index);
  const list = (title: string, indexes: readonly number[]): HTMLElement | null => {
    if (indexes.length === 0) return null;
    const items = indexes.slice(0, MOST).map((index) => {
      const press = button(tell({ of: 'link', index }).title, () => view.pick({ of: 'link', index }), {
        class: 'linkish',
      });
      return el('li', {}, press, ' ', lineRef(data.links[index]?.to_line ?? 0));
    });
    const rest = indexes.length - items.length;
    return el(
      'div',
      {},
      el('h4', {}, title),
      el('ol', {}, ...items),
      rest > 0 && el('p', { class: 'fine' }, `and ${rest} more`),
    );
  };
  const story = [list('What led to it', causes), list('What came of it', effects)].filter((part) => part !== null);
  if (story.length > 0) parts.push(el('div', { class: 'story' }, ...story));
  return parts;
}

function told(words: ItemWords, head: 'h3' | 'h4'): HTMLElement {
  const lines = words.lines.flatMap((line) => [lineRef(line), ' ']);
  return el(
    'div',
    {},
    el(head, {}, words.title),
    ...words.details.map((detail) => el('p', {}, detail)),
    el('p', { class: 'lines' }, 'lines ', ...lines),
  );
}
