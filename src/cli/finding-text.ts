import { visible } from '../base/visible.js';
import type { Finding } from '../trace/result.js';

const SHOWN_LINES = 5;

/** `text [lines 12, 40]`; inferred statements say so. */
export function findingText(finding: Finding): string {
  const lines = finding.lines.slice(0, SHOWN_LINES).join(', ');
  const more = finding.lines.length > SHOWN_LINES ? ', ...' : '';
  const where = finding.lines.length === 0 ? '' : ` [line${finding.lines.length === 1 ? '' : 's'} ${lines}${more}]`;
  const of = finding.capture === undefined ? '' : `${visible(finding.capture)}: `;
  return `${of}${visible(finding.text)}${where}${finding.confidence === 'inferred' ? ' (inferred)' : ''}`;
}
