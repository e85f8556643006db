/** Light or dark at a press; without a press the system decides. */
import { button } from './dom.js';
import type { ViewState } from './state.js';

export function installTheme(state: ViewState, tools: HTMLElement): () => void {
  const system = matchMedia('(prefers-color-scheme: dark)');
  const isDark = (): boolean => (state.get('theme') || (system.matches ? 'dark' : 'light')) === 'dark';
  const toggle = (): void => state.set({ theme: isDark() ? 'light' : 'dark' });
  const press = button('', toggle);
  const show = (): void => {
    const chosen = state.get('theme');
    if (chosen === 'light' || chosen === 'dark') document.documentElement.dataset.theme = chosen;
    press.textContent = isDark() ? 'Light' : 'Dark';
    press.setAttribute('aria-label', isDark() ? 'Use the light theme' : 'Use the dark theme');
  };
  state.onChange((changed) => {
    if (changed.has('theme')) show();
  });
  system.addEventListener('change', show);
  show();
  tools.append(press);
  return toggle;
}
