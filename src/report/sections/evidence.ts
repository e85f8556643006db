/** The raw lines that statements rest on, at the end of the page: every line number links here, with or without script. */
import { formatCount } from '../../base/format-time.js';
import { type Html, html, NEWLINE } from '../html.js';
import type { EvidenceLine } from '../report-input.js';

/** More lines than this fill a box of fixed height. */
const TALL = 60;

export function evidenceSection(lines: readonly EvidenceLine[], from: 'text' | 'store'): Html {
  if (lines.length === 0) return html`<p class="empty">No line of the trace is embedded.</p>`;
  let before = 0;
  return html`${
    from === 'store' &&
    html`<p class="cut">The report was made from a store, which holds values and no text: these lines are made again from them, without the header and the stacks. A report of the trace file itself shows the lines as they are.</p>`
  }<div class="raw evidence${lines.length > TALL && ' tall'}" role="region" tabindex="0" aria-label="Raw lines">${lines.map(
    (line) => {
      const skipped = line.line_no - before - 1;
      before = line.line_no;
      return html`${skipped > 0 && html`<p class="skip-lines">${formatCount(skipped)} ${skipped === 1 ? 'line' : 'lines'} not embedded</p>`}
<p class="rl" id="L${line.line_no}"><i>${line.line_no}</i><code>${line.text}</code></p>`;
    },
  )}${NEWLINE}</div>`;
}
