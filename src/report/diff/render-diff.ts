/** A comparison -> one HTML file in the look of the report. It needs no script; same input, same bytes. */
import { createHash } from 'node:crypto';
import { formatCount } from '../../base/format-time.js';
import { flameDiffChart } from '../../charts/flame-diff.js';
import { renderSvg } from '../../charts/render-svg.js';
import { readCss } from '../assets.js';
import { type Html, html, trusted } from '../html.js';
import type { DiffPageInput, DiffTable } from './diff-input.js';

export async function renderDiff(input: DiffPageInput): Promise<string> {
  const css = readCss();
  const policy = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(css, 'utf8').digest('base64')}'; base-uri 'none'; form-action 'none'`;
  const flame = await flameFigure(input);
  const shown = input.tables.filter(({ rows, reason }) => rows.length > 0 || reason !== null);
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${trusted(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<meta name="generator" content="ftrail ${input.toolVersion}">
<title>${input.title} · ftrail</title>
<style>${trusted(css)}</style>
</head>
<body>
<a class="skip" href="#main">Skip to what differs</a>
<header class="bar"><a class="brand" href="#top">ftrail</a><span class="file">${input.title}</span></header>
<div class="shell" id="top">
<nav class="toc" aria-label="Sections"><ol><li><a href="#verdict"><span>What differs</span></a></li>${shown.map(
    ({ id, title, total }) =>
      html`<li><a href="#${id}"><span>${title}</span> <small>${formatCount(total)}</small></a></li>`,
  )}${flame !== null && html`<li><a href="#flame"><span>Flame graph</span></a></li>`}</ol></nav>
<main id="main" tabindex="-1">
<section id="verdict" aria-labelledby="verdict-h" class="first">
<p class="kicker">Comparison</p>
<h1 id="verdict-h">${input.title}</h1>
<p class="scope">Base: ${input.base}. Head: ${input.head}.</p>
${findings(input.findings)}
${input.notes.map((note) => html`<p class="cut">${note}</p>`)}
</section>
${shown.map(tableSection)}
${flame}
</main>
</div>
<footer><p>Written by ftrail ${input.toolVersion} from two saved traces. What one of them lacks may be lost or not recorded; then it is said.</p></footer>
</body>
</html>
`;
  return page.markup;
}

const findings = (texts: readonly string[]): Html =>
  texts.length === 0
    ? html`<p>Nothing differs beyond chance.</p>`
    : html`<ul class="findings">${texts.map((text) => html`<li class="finding"><div>${text}</div></li>`)}</ul>`;

const tableSection = ({
  id,
  title,
  columns,
  rows,
  total,
  reason,
}: DiffTable): Html => html`<section id="${id}" aria-labelledby="${id}-h" class="plain">
<h2 id="${id}-h">${title}</h2>
${
  reason === null
    ? html`<div class="table-wrap" role="region" tabindex="0" aria-label="Table: ${title}"><table>
<thead><tr>${columns.map((column) => html`<th scope="col">${column}</th>`)}</tr></thead>
<tbody>${rows.map((row) => html`<tr>${row.map((cell) => html`<td>${cell}</td>`)}</tr>`)}</tbody></table></div>
${total > rows.length && html`<p class="cut">The first ${formatCount(rows.length)} of ${formatCount(total)}.</p>`}`
    : html`<p>${reason}</p>`
}
</section>
`;

async function flameFigure({ stacks }: DiffPageInput): Promise<Html | null> {
  if (stacks.length === 0) return null;
  const caption =
    'Stacks of both captures: width is how often, red is what the head has more of, blue what the base has more of, the outermost function is at the bottom';
  const { svg } = await renderSvg(flameDiffChart(stacks), caption);
  return html`<section id="flame" aria-labelledby="flame-h" class="plain">
<h2 id="flame-h">Where the stacks differ</h2>
<figure class="chart-box"><figcaption>${caption}</figcaption><div class="scroll" role="region" tabindex="0" aria-label="Differential flame graph">${trusted(svg)}</div></figure>
</section>
`;
}
