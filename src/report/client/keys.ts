/** One-letter shortcuts, with a dialog that lists them and switches them off (WCAG 2.1.4). */
import { button, el } from './dom.js';
import type { ViewState } from './state.js';

export interface Shortcut {
  readonly key: string;
  readonly does: string;
  run(): void;
}

export function installKeys(state: ViewState, tools: HTMLElement, shortcuts: readonly Shortcut[]): void {
  const off = el('input', { type: 'checkbox', id: 'keys-off' });
  const list = el('dl', { class: 'keys' });
  for (const { key, does } of [
    ...shortcuts,
    { key: '?', does: 'Show this list' },
    { key: 'Esc', does: 'Close what is open' },
  ]) {
    list.append(el('dt', {}, el('kbd', {}, key)), el('dd', {}, does));
  }
  const dialog = el(
    'dialog',
    { class: 'help', 'aria-labelledby': 'help-h' },
    el('h2', { id: 'help-h' }, 'Keyboard'),
    list,
    el(
      'p',
      { class: 'fine' },
      'In the timeline: arrow keys walk from link to link, + and - zoom, 0 shows all, Enter opens the line.',
    ),
    el('p', {}, off, el('label', { for: 'keys-off' }, ' Switch one-letter shortcuts off')),
    button('Close', () => dialog.close()),
  );
  document.body.append(dialog);
  const show = (): void => {
    off.checked = state.get('keys') === 'off';
    dialog.showModal();
  };
  off.addEventListener('change', () => state.set({ keys: off.checked ? 'off' : '' }));
  tools.append(button('Keys', show, { 'aria-label': 'Keys: keyboard shortcuts', class: 'tool wide-only' }));

  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || dialog.open) return;
    if (event.key === 'Escape') {
      state.set({ line: '', pick: '' });
      return;
    }
    if (state.get('keys') === 'off' || (event.target as Element).closest('input, select, textarea') !== null) return;
    const shortcut = event.key === '?' ? { run: show } : shortcuts.find(({ key }) => key === event.key);
    if (shortcut === undefined) return;
    event.preventDefault();
    shortcut.run();
  });
}

/** Moves the reader to the section before or after the one at the top of the window. */
export function stepSection(step: 1 | -1): void {
  const sections = [...document.querySelectorAll<HTMLElement>('main > section:not([hidden])')];
  const edge = 90;
  const tops = sections.map((section) => section.getBoundingClientRect().top);
  const index = step === 1 ? tops.findIndex((top) => top > edge + 4) : tops.findLastIndex((top) => top < edge - 60);
  sections[index]?.scrollIntoView();
}
