/** Pointer and keys on the timeline: drag to zoom into a span, ctrl and wheel to zoom, arrows to walk from link to link. */
import type { ItemRef } from '../../charts/timeline/shapes.js';
import { el, svgEl } from './dom.js';
import type { TimelineView } from './timeline-view.js';
import type { Teller } from './timeline-words.js';

export function installInput(view: TimelineView, place: HTMLElement, tell: Teller, order: readonly number[]): void {
  installPointer(view, place);
  installTooltip(place, tell);
  place.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const act = keyAction(event, view, order);
    if (act === null) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  });
}

function keyAction(event: KeyboardEvent, view: TimelineView, order: readonly number[]): (() => void) | null {
  if (event.shiftKey && event.key === 'ArrowLeft') return () => view.pan(-0.25);
  if (event.shiftKey && event.key === 'ArrowRight') return () => view.pan(0.25);
  switch (event.key) {
    case 'ArrowRight':
      return () => stepPick(view, order, 1);
    case 'ArrowLeft':
      return () => stepPick(view, order, -1);
    case 'Home':
      return () => stepPick(view, order, 1, -1);
    case 'End':
      return () => stepPick(view, order, -1, order.length);
    case '+':
    case '=':
      return () => view.zoom(0.5);
    case '-':
      return () => view.zoom(2);
    case '0':
      return () => view.show({ from: 0, to: 1 });
    case 'Enter':
      return () => document.querySelector<HTMLElement>('#timeline-panel a.ln')?.click();
    case 'Escape':
      return view.picked === null ? null : () => view.pick(null);
    default:
      return null;
  }
}

function stepPick(view: TimelineView, order: readonly number[], step: 1 | -1, from?: number): void {
  const ref = view.picked;
  const at = from ?? (ref?.of === 'link' ? order.indexOf(ref.index) : step === 1 ? -1 : order.length);
  const next = order[at + step];
  if (next === undefined) return;
  view.pick({ of: 'link', index: next });
  view.reveal(next);
}

/** Least drag, in px, that counts as choosing a span. */
const DRAG = 5;

function installPointer(view: TimelineView, place: HTMLElement): void {
  let start: { x: number; unit: number; pan: boolean } | null = null;
  const brush = svgEl('rect', { class: 'brush', y: 0 });
  const xOf = (event: MouseEvent): number => event.clientX - view.svg.getBoundingClientRect().left;

  view.svg.addEventListener('pointerdown', (event) => {
    if (event.button !== 0) return;
    start = { x: xOf(event), unit: view.unitAt(xOf(event)), pan: event.shiftKey || event.pointerType === 'touch' };
  });
  view.svg.addEventListener('pointermove', (event) => {
    if (start === null) return;
    const x = xOf(event);
    if (Math.abs(x - start.x) < DRAG && !brush.isConnected) return;
    view.svg.setPointerCapture(event.pointerId);
    if (start.pan) {
      const { from, to } = view.window;
      const shift = start.unit - view.unitAt(x);
      if (from + shift >= 0 && to + shift <= 1) view.show({ from: from + shift, to: to + shift });
      return;
    }
    brush.setAttribute('x', String(Math.min(start.x, x)));
    brush.setAttribute('width', String(Math.abs(x - start.x)));
    brush.setAttribute('height', String(view.layout.height));
    view.svg.append(brush);
  });
  const end = (event: PointerEvent): void => {
    const began = start;
    start = null;
    if (brush.isConnected) {
      brush.remove();
      if (began === null || event.type === 'pointercancel') return;
      const [from, to] = [began.unit, view.unitAt(xOf(event))].sort((a, b) => a - b) as [number, number];
      view.show({ from, to });
      return;
    }
    if (began !== null && Math.abs(xOf(event) - began.x) < DRAG) view.pick(itemAt(event.target));
  };
  view.svg.addEventListener('pointerup', end);
  view.svg.addEventListener('pointercancel', end);
  view.svg.addEventListener('dblclick', () => view.show({ from: 0, to: 1 }));
  place.addEventListener(
    'wheel',
    (event) => {
      if (event.ctrlKey || event.metaKey) view.zoom(event.deltaY > 0 ? 1.25 : 0.8, view.unitAt(xOf(event)));
      else if (event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY))
        view.pan((event.deltaX || event.deltaY) / 800);
      else return;
      event.preventDefault();
    },
    { passive: false },
  );
}

function itemAt(target: EventTarget | null): ItemRef | null {
  const shape = target instanceof Element ? target.closest<SVGElement>('[data-of]') : null;
  if (shape === null) return null;
  return { of: shape.dataset.of as ItemRef['of'], index: Number(shape.dataset.i) };
}

function installTooltip(place: HTMLElement, tell: Teller): void {
  const tip = el('div', { class: 'tip', hidden: true, 'aria-hidden': 'true' });
  place.after(tip);
  place.addEventListener('pointermove', (event) => {
    const ref = itemAt(event.target);
    tip.hidden = ref === null || event.pointerType === 'touch';
    if (ref === null || tip.hidden) return;
    const { title, details } = tell(ref);
    const others = Number((event.target as Element).closest<SVGElement>('[data-n]')?.dataset.n ?? 1) - 1;
    tip.replaceChildren(
      el('strong', {}, title),
      ...details.map((detail) => el('span', {}, detail)),
      ...(others > 0 ? [el('span', {}, `and ${others} more, too close to be told apart here: zoom in`)] : []),
    );
    const box = place.getBoundingClientRect();
    const left = Math.min(event.clientX - box.left + 14, box.width - tip.offsetWidth - 4);
    tip.style.left = `${Math.max(4, left)}px`;
    tip.style.top = `${event.clientY - box.top + place.offsetTop + 18}px`;
  });
  place.addEventListener('pointerleave', () => {
    tip.hidden = true;
  });
}
