/** Elements made by hand. Text goes in as text nodes only: nothing of a trace is ever parsed as markup. */
import { visible } from '../../base/visible.js';

type Child = Node | string | null | false;
type Attributes = Readonly<Record<string, string | number | boolean | null>>;

function fill(element: Element, attributes: Attributes, children: readonly Child[]): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === false) continue;
    element.setAttribute(name, value === true ? '' : String(value));
  }
  for (const child of children) {
    if (child === null || child === false) continue;
    element.append(typeof child === 'string' ? visible(child) : child);
  }
}

export function el<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  fill(element, attributes, children);
  return element;
}

export function svgEl<Tag extends keyof SVGElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: readonly Child[]
): SVGElementTagNameMap[Tag] {
  const element = document.createElementNS('http://www.w3.org/2000/svg', tag);
  fill(element, attributes, children);
  return element;
}

export function button(label: string, onPress: () => void, attributes: Attributes = {}): HTMLButtonElement {
  const element = el('button', { type: 'button', class: 'tool', ...attributes }, label);
  element.addEventListener('click', onPress);
  return element;
}

/** Told to screen readers, and shown for a moment. */
export function announce(message: string): void {
  const place =
    document.getElementById('status') ?? document.body.appendChild(el('div', { id: 'status', role: 'status' }));
  place.textContent = message;
  place.classList.add('shown');
  setTimeout(() => place.classList.remove('shown'), 1600);
}

/** A link to a line of the trace when the report holds it, the bare number otherwise. */
export function lineRef(line: number): HTMLElement {
  const attributes = { class: 'ln' };
  const held = document.getElementById(`L${line}`) !== null;
  return held ? el('a', { ...attributes, href: `#L${line}` }, String(line)) : el('span', attributes, String(line));
}
