/** Parts of the page as Markdown, to paste into an issue or a mail. */

/** Text that Markdown would read as its own signs, made plain. */
const escapeMarkdown = (text: string): string =>
  text
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/[\\`*_[\]<>|#~]/g, '\\$&');

const words = (element: Element | null): string => escapeMarkdown(element?.textContent ?? '');

const lineWords = (element: Element): string => {
  const lines = [...element.querySelectorAll('.lines .ln')].map((line) => line.textContent);
  if (lines.length === 0) return '';
  return ` (${lines.length === 1 ? 'line' : 'lines'} ${lines.join(', ')})`;
};

function findingMarkdown(finding: Element): string {
  const inferred = finding.querySelector('.inferred') === null ? '' : ' *inferred*';
  const word = finding.querySelector('.sev')?.firstChild?.textContent ?? '';
  return `- **${escapeMarkdown(word)}:** ${words(finding.querySelector('.say'))}${inferred}${lineWords(finding)}`;
}

export function verdictMarkdown(section: Element): string {
  const findings = [...section.querySelectorAll('.finding')].map(findingMarkdown);
  const facts = [...section.querySelectorAll('.facts > div')].map(
    (fact) =>
      `${words(fact.querySelector('dt'))}: ${escapeMarkdown(fact.querySelector('dd')?.firstChild?.textContent ?? '')}`,
  );
  return [`## ${words(section.querySelector('h1'))}`, '', ...findings, '', facts.join(' · '), ''].join('\n');
}

export function chainMarkdown(article: Element): string {
  const steps = [...article.querySelectorAll('.step')].map((step, index) => {
    const wait = step.querySelector('.wait')?.textContent.trim() ?? '';
    const name = words(step.querySelector('.who'));
    const who = name === '' ? '' : `**${name}** `;
    const inferred = step.querySelector('.inferred') === null ? '' : ' *inferred*';
    const when = words(step.querySelector('.ts'));
    return `${index + 1}. \`${when}\`${wait === '' ? '' : ` (${wait})`} ${who}${words(step.querySelector('.say'))}${inferred}${lineWords(step)}`;
  });
  const gaps = [...article.querySelectorAll('.gaps li')].map((gap) => `- ${words(gap)}`);
  const head = [`### ${words(article.querySelector('h3'))}`, '', words(article.querySelector('summary')), ''];
  return [...head, ...steps, ...(gaps.length > 0 ? ['', 'Not shown by this capture:', ...gaps] : []), ''].join('\n');
}

export function tableMarkdown(table: HTMLTableElement): string {
  const row = (cells: Iterable<Element>): string => `| ${[...cells].map((cell) => words(cell)).join(' | ')} |`;
  const heads = [...table.querySelectorAll('thead th')];
  const rule = heads.map((head) => (head.classList.contains('num') ? '--:' : '---')).join(' | ');
  const rows = [...(table.tBodies[0]?.rows ?? [])].filter((line) => !line.hidden).map((line) => row(line.cells));
  return [row(heads), `| ${rule} |`, ...rows, ''].join('\n');
}
