/**
 * Results -> one HTML file that opens by double click. The page may load nothing and run nothing but its own script and
 * style, by hash. Same input, same bytes: no dates, no random ids, no paths of the machine.
 */
import { createHash } from 'node:crypto';
import { packRows } from '../base/columnar.js';
import { type ReportAssets, readAssets } from './assets.js';
import { reportContext } from './format.js';
import { type Html, html, trusted } from './html.js';
import { jsonIsland } from './json-island.js';
import type { ReportInput } from './report-input.js';
import { type OnSection, reportSections, type Section } from './sections.js';

export interface RenderOptions {
  /** Style sheet and client, where they are not those beside this file. */
  readonly assets?: ReportAssets;
  /** Hears which section is drawn. */
  readonly onStep?: OnSection;
}

export async function renderReport(
  input: ReportInput,
  { assets = readAssets(), onStep }: RenderOptions = {},
): Promise<string> {
  const context = reportContext(input);
  const sections = await reportSections(context, onStep);
  const script = assets.client.trim();
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy(assets.css, script)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<meta name="generator" content="ftrail ${input.toolVersion}">
<title>${input.title} · ftrail</title>
<style>${trusted(assets.css)}</style>
</head>
<body>
${DEFINITIONS}
<a class="skip" href="#main">Skip to the verdict</a>
<header class="bar"><a class="brand" href="#top">ftrail</a><span class="file">${input.title}</span><div class="tools" id="tools"></div></header>
<div class="shell" id="top">
<nav class="toc" aria-label="Sections"><ol>${sections.filter(({ listed }) => listed).map(tocEntry)}</ol></nav>
<main id="main" tabindex="-1">
${sections.map(sectionMarkup)}
</main>
</div>
<footer><p>Written by ftrail ${input.toolVersion} from a saved trace. Every statement names the lines it rests on; what the capture does not show is not claimed.</p></footer>
${jsonIsland('report-data', { timeUnit: input.capture.time_unit, timeline: packTimeline(input.timeline), sections: filtersOf(sections) })}
${script !== '' && html`<script>${trusted(script)}</script>`}
</body>
</html>
`;
  return page.markup;
}

/** By the id of the section. */
const filtersOf = (sections: readonly Section[]): object =>
  Object.fromEntries(sections.flatMap(({ id, filter }) => (filter === null ? [] : [[id, filter]])));

const packTimeline = ({ tasks, links, marks }: ReportInput['timeline']): object => ({
  tasks: packRows(tasks),
  links: packRows(links),
  marks: packRows(marks),
});

const hash = (content: string): string => `'sha256-${createHash('sha256').update(content, 'utf8').digest('base64')}'`;

function policy(css: string, script: string): Html {
  const scripts = script === '' ? "'none'" : hash(script);
  return trusted(
    `default-src 'none'; script-src ${scripts}; style-src ${hash(css)}; base-uri 'none'; form-action 'none'`,
  );
}

/** The hatching of zombie time: told apart from living time without colour. */
const DEFINITIONS = html`<svg width="0" height="0" class="defs" aria-hidden="true"><defs><pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect class="hatch-bg" width="6" height="6"/><rect class="hatch-line" width="2.4" height="6"/></pattern></defs></svg>`;

const tocEntry = (section: Section): Html =>
  html`<li><a href="#${section.id}"><span>${section.nav}</span>${section.note !== null && html` <small>${section.note}</small>`}</a></li>`;

const sectionMarkup = (
  section: Section,
): Html => html`<section id="${section.id}" aria-labelledby="${section.id}-h" class="${section.look}">
${section.kicker !== null && html`<p class="kicker">${section.kicker}</p>`}
${section.look === 'first' ? html`<h1 id="${section.id}-h">${section.title}</h1>` : html`<h2 id="${section.id}-h">${section.title}</h2>`}
${section.body}
</section>
`;
