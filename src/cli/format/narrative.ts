/** A causal chain as a story: the verdict, the steps in time order with their lines, then what the capture does not show. */
import { visible } from '../../base/visible.js';
import type { Chain, Choice, Gap, Step } from '../../trace/result.js';
import { cellText } from './cell.js';
import type { Look } from './types.js';
import { displayWidth, padEnd, padStart } from './width.js';

const BOLD = ['\u001b[1m', '\u001b[22m'] as const;
const DIM = ['\u001b[2m', '\u001b[22m'] as const;
/** Text is not squeezed into less than this, however small the terminal. */
const NARROWEST = 30;

/** Why it is missing, where more is known than that it is. */
const WHY: Readonly<Record<Gap['reason'], string>> = {
  not_enabled: ' (not enabled: the capture has none)',
  lost: ' (lost)',
  before_start: ' (before the capture began)',
  after_end: ' (after the capture ended)',
  not_shown: '',
};

export function narrative(chain: Chain, look: Look): string {
  const paint = (codes: readonly [string, string], text: string): string =>
    look.color ? `${codes[0]}${text}${codes[1]}` : text;
  const out = [paint(BOLD, wrap(visible(chain.verdict), 0, look.width))];
  if (chain.steps.length > 0) out.push('');
  const cells = chain.steps.map((step) => stepCells(step, look));
  const widths = [0, 1, 2, 3].map((at) => Math.max(0, ...cells.map((row) => displayWidth(row[at] as string))));
  const indent = widths.reduce((sum, width) => sum + width + 2, 2);
  for (const [ts, line, who, kind, text] of cells as [string, string, string, string, string][]) {
    const head = [
      padStart(ts, widths[0] as number),
      paint(DIM, padEnd(line, widths[1] as number)),
      padEnd(who, widths[2] as number),
      padEnd(kind, widths[3] as number),
    ];
    out.push(`  ${head.join('  ')}  ${wrap(text, indent, look.width)}`.trimEnd());
  }
  if (chain.gaps.length > 0) {
    out.push('', 'What the capture does not show:');
    for (const gap of chain.gaps) out.push(`  - ${wrap(`${visible(gap.text)}${WHY[gap.reason]}`, 4, look.width)}`);
  }
  if (chain.choices !== undefined) out.push('', ...choiceLines(chain.choices));
  return `${out.join('\n')}\n`;
}

const MOST_CHOICES = 10;

/** As a shell takes it for one word. */
const shellWord = (text: string): string =>
  /^[\w./:=@%+-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;

/** Which life is told, and the others that were meant perhaps, each with the option that tells of it. */
function choiceLines(choices: readonly Choice[]): string[] {
  const [told, ...others] = choices as readonly [Choice, ...Choice[]];
  const ofOnePid = others.every(({ pid }) => pid === told.pid);
  const captures = new Set(choices.map(({ capture }) => capture)).size;
  const where = captures > 1 ? `${captures} captures` : 'the capture';
  const here = captures > 1 ? ` of ${visible(told.capture ?? '')}` : '';
  const many = ofOnePid
    ? `pid ${told.pid} has ${captures > 1 ? choices.length : told.lives} lives in ${where}; this is life ${told.life}${here}`
    : `${choices.length} tasks${captures > 1 ? ` in ${where}` : ''} are named ${visible(told.comm ?? '')}; this is pid ${told.pid}${told.lives > 1 ? `, life ${told.life}` : ''}${here}`;
  const shown = others.slice(0, MOST_CHOICES).map(({ pid, life, lives, comm, line_no, death, capture }) => {
    const of = capture === undefined ? '' : ` --capture ${shellWord(visible(capture))}`;
    const option = `--pid ${pid}${lives > 1 ? ` --life ${life}` : ''}${of}`;
    return `  ${option}: ${visible(comm ?? 'a task without a name')}, from line ${line_no ?? '?'}, ${visible(death)}`;
  });
  const more = others.length - shown.length;
  return [
    `${many}, from line ${told.line_no ?? '?'}. ${others.length === 1 ? 'The other' : 'The others'}:`,
    ...shown,
    ...(more > 0 ? [`  and ${more} more, see ftrail tasks`] : []),
  ];
}

function stepCells(step: Step, look: Look): string[] {
  const ts = cellText(step.ts, { name: 'ts', type: 'integer', unit: 'ns' }, look.clock);
  const doubt = step.confidence === 'inferred' ? ' (inferred)' : '';
  return [
    ts,
    `line ${step.line_no}`,
    visible(`${step.comm} ${step.pid}`),
    visible(step.kind),
    `${visible(step.text)}${doubt}`,
  ];
}

/** Breaks at spaces so that lines end before the terminal does; following lines stand below the first. */
function wrap(text: string, indent: number, width: number | undefined): string {
  if (width === undefined) return text;
  const room = Math.max(NARROWEST, width - indent);
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line !== '' && displayWidth(longer) > room) {
      lines.push(line);
      line = word;
    } else {
      line = longer;
    }
  }
  lines.push(line);
  return lines.join(`\n${' '.repeat(indent)}`);
}
