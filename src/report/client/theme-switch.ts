/** Light or dark at a press; without a press the system decides. */
export function installTheme(): void {
  const tools = document.getElementById('tools');
  if (tools === null) return;
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'tool';
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const isDark = (): boolean =>
    (document.documentElement.dataset.theme ?? (dark.matches ? 'dark' : 'light')) === 'dark';
  const show = (): void => {
    button.textContent = isDark() ? 'Light' : 'Dark';
    button.setAttribute('aria-label', isDark() ? 'Use the light theme' : 'Use the dark theme');
  };
  button.addEventListener('click', () => {
    document.documentElement.dataset.theme = isDark() ? 'light' : 'dark';
    show();
  });
  dark.addEventListener('change', show);
  show();
  tools.append(button);
}
