/** What the page can do beyond being read. Without it every statement, table, drawing and line is still there. */
import { type PackedRows, unpackRows } from '../../base/columnar.js';
import { clockFormat } from '../../base/format-time.js';
import type { TimelineData } from '../../charts/timeline/timeline-data.js';
import { installCharts } from './charts.js';
import { installContents } from './contents.js';
import { copyText } from './copy.js';
import { button } from './dom.js';
import { installDrawer } from './drawer.js';
import { installFilters } from './filters.js';
import { installFlames } from './flame.js';
import { installKeys, stepSection } from './keys.js';
import { chainMarkdown, verdictMarkdown } from './markdown.js';
import type { SectionData } from './section-facts.js';
import { SectionFilter } from './section-filter.js';
import { ViewState } from './state.js';
import { installTables } from './tables.js';
import { installTheme } from './theme-switch.js';
import { installTimeline } from './timeline.js';
import { taskName } from './timeline-words.js';

/** What render-report.ts put into the page. */
interface ReportData {
  readonly timeUnit: string;
  readonly timeline: Readonly<Record<keyof TimelineData, PackedRows>>;
  readonly sections: Readonly<Record<string, SectionData>>;
}

function start(): void {
  const tools = document.getElementById('tools');
  const island = document.getElementById('report-data');
  if (tools === null || island === null) return;
  const { timeUnit, timeline: packed, sections } = JSON.parse(island.textContent) as ReportData;
  const timeline: TimelineData = {
    tasks: unpackRows(packed.tasks),
    links: unpackRows(packed.links),
    marks: unpackRows(packed.marks),
  };
  const unit = timeUnit === 'tick' ? 1 : 1e9;
  const state = new ViewState();
  state.start();

  installCopies();
  installTables();
  installCharts();
  installFlames();
  const theme = installTheme(state, tools);
  const filters = installFilters(state, tools, {
    tasks: timeline.tasks.map((task) => ({ pid: task.pid, name: taskName(task) })),
    unit,
    sections: sectionFilters(sections, timeUnit, unit),
    cpus: partCpus(sections),
  });
  installTimeline(timeline, timeUnit, unit, state);
  installDrawer(state);
  installContents();
  installKeys(state, tools, [
    { key: '/', does: 'Search', run: filters.focusSearch },
    { key: 'f', does: 'Open or close the filters', run: filters.toggle },
    { key: 'j', does: 'Next section', run: () => stepSection(1) },
    { key: 'k', does: 'Section before', run: () => stepSection(-1) },
    { key: 't', does: 'Light or dark', run: theme },
  ]);
  state.arrive();
}

function sectionFilters(data: ReportData['sections'], timeUnit: string, unit: number): SectionFilter[] {
  return Object.entries(data).flatMap(([id, of]) => {
    const section = document.getElementById(id);
    const table = section?.querySelector<HTMLTableElement>(`#t-${id}`) ?? null;
    return section === null || table === null ? [] : new SectionFilter(section, table, of, clockFormat(timeUnit), unit);
  });
}

function partCpus(data: ReportData['sections']): string[] {
  const values = Object.values(data).flatMap(({ parts }) => {
    const column = parts?.rows.columns.cpu;
    return column !== undefined && 'values' in column ? column.values.filter((cpu) => cpu !== null).map(String) : [];
  });
  return [...new Set(values)];
}

function installCopies(): void {
  const verdict = document.getElementById('verdict');
  verdict
    ?.querySelector('.facts')
    ?.before(
      button('Copy verdict as Markdown', () => void copyText(verdictMarkdown(verdict)), { class: 'tool small' }),
    );
  for (const article of document.querySelectorAll('.chain-box')) {
    article.append(
      button('Copy chain as Markdown', () => void copyText(chainMarkdown(article)), { class: 'tool small' }),
    );
  }
}

start();
