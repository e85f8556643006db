/** The raw lines around a line, at the foot of the window, without leaving the place where one reads. */

import { copyText } from './copy.js';
import { button, el } from './dom.js';
import type { ViewState } from './state.js';

const AROUND = 8;

export function installDrawer(state: ViewState): void {
  const title = el('h2', { id: 'drawer-h' });
  const lines = el('div', { class: 'raw', tabindex: '0', role: 'region', 'aria-label': 'Lines around it' });
  const listLink = el('a', { class: 'tool' }, 'In the list');
  const close = button('Close', () => state.set({ line: '' }));
  const copy = button(
    'Copy',
    () => void copyText([...lines.querySelectorAll('code')].map((code) => code.textContent).join('\n')),
  );
  const bar = el('div', { class: 'drawer-bar' }, title, el('div', { class: 'tools' }, copy, listLink, close));
  const drawer = el('aside', { class: 'drawer', 'aria-labelledby': 'drawer-h', hidden: true }, bar, lines);
  document.body.append(drawer);
  let opener: HTMLElement | null = null;

  const show = (): void => {
    const line = state.get('line');
    const home = document.getElementById(`L${line}`);
    if (home === null) {
      const hadFocus = drawer.contains(document.activeElement);
      drawer.hidden = true;
      document.body.classList.remove('with-drawer');
      if (hadFocus) opener?.focus();
      return;
    }
    title.textContent = `Line ${line}`;
    listLink.href = `#L${line}`;
    lines.replaceChildren(...around(home));
    drawer.hidden = false;
    document.body.classList.add('with-drawer');
    lines.querySelector('.hit')?.scrollIntoView({ block: 'center' });
  };

  document.addEventListener('click', (event) => {
    if (event.defaultPrevented || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const link = (event.target as Element).closest<HTMLAnchorElement>('a.ln');
    if (link === null) return;
    event.preventDefault();
    if (!drawer.contains(link)) opener = link;
    state.set({ line: link.hash.slice(2) });
    close.focus({ preventScroll: true });
  });
  listLink.addEventListener('click', () => state.set({ line: '' }));
  drawer.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') state.set({ line: '' });
  });
  state.onChange((changed) => {
    if (changed.has('line')) show();
  });
  show();
}

/** Copies of the embedded lines near one, as far as they are neighbours in the trace. */
function around(home: HTMLElement): Element[] {
  const row = (source: Element): Element => {
    const copy = source.cloneNode(true) as Element;
    copy.removeAttribute('id');
    if (source === home) copy.classList.add('hit');
    return copy;
  };
  const walk = (step: 'previousElementSibling' | 'nextElementSibling'): Element[] => {
    const found: Element[] = [];
    for (let next = home[step]; next?.classList.contains('rl') === true && found.length < AROUND; next = next[step]) {
      found.push(row(next));
    }
    return found;
  };
  return [...walk('previousElementSibling').toReversed(), row(home), ...walk('nextElementSibling')];
}
