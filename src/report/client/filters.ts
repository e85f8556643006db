/** One search and one set of filters for the whole page. */
import { formatCount } from '../../base/format-time.js';
import { button, el } from './dom.js';
import { byNumber, collectItems, columnValues, type Item } from './filter-items.js';
import { type Filter, isIdle, matches, splitWords } from './filter-match.js';
import { markWords } from './mark-words.js';
import type { SectionFilter } from './section-filter.js';
import type { StateKey, ViewState } from './state.js';

export interface Choices {
  readonly tasks: readonly { readonly pid: number; readonly name: string }[];
  /** Ticks of the trace's clock in what a reader types as 1: 1e9 of nanoseconds, 1 of a counter. */
  readonly unit: number;
  /** Answers whose rows and pictures know more than their words. */
  readonly sections: readonly SectionFilter[];
  /** CPUs that parts of answers name. */
  readonly cpus: readonly string[];
}

export interface Filters {
  focusSearch(): void;
  toggle(): void;
}

export function readFilter(state: ViewState): Filter {
  const time = (key: StateKey): number | null => {
    const value = Number.parseFloat(state.get(key));
    return Number.isFinite(value) ? value : null;
  };
  return {
    words: splitWords(state.get('q')),
    pid: state.get('pid'),
    signal: state.get('signal'),
    cpu: state.get('cpu'),
    from: time('from'),
    to: time('to'),
  };
}

const FILTER_KEYS = ['q', 'pid', 'signal', 'cpu', 'from', 'to'] as const;

export const isFilterChange = (changed: ReadonlySet<StateKey>): boolean => FILTER_KEYS.some((key) => changed.has(key));

const WIDE = matchMedia('(min-width: 40.01rem)');

export function installFilters(state: ViewState, tools: HTMLElement, choices: Choices): Filters {
  let items: Item[] | null = null;
  const all = (): Item[] => {
    items ??= collectItems(choices.unit, choices.sections);
    return items;
  };

  const search = el('input', {
    type: 'search',
    class: 'search',
    placeholder: 'Search',
    'aria-label': 'Search the report',
    spellcheck: 'false',
  });
  search.addEventListener('input', () => state.set({ q: search.value }));
  const pid = select(
    state,
    'pid',
    'Task',
    choices.tasks.map((task) => [String(task.pid), task.name]),
  );
  const signal = select(
    state,
    'signal',
    'Signal',
    columnValues(/^signal$/).map((name) => [name, name]),
  );
  const cpu = select(
    state,
    'cpu',
    'CPU',
    [...new Set([...columnValues(/^cpu$/), ...choices.cpus])].toSorted(byNumber).map((name) => [name, name]),
  );
  const from = timeField(state, 'from', choices.unit === 1 ? 'From' : 'From (s)');
  const to = timeField(state, 'to', choices.unit === 1 ? 'To' : 'To (s)');
  const count = el('span', { class: 'fine', role: 'status' });
  const clear = button('Clear', () => state.set({ q: '', pid: '', signal: '', cpu: '', from: '', to: '' }));
  const row = el('div', { class: 'filters', role: 'search', 'aria-label': 'Filters', hidden: true, id: 'filters' });
  row.append(...[pid, signal, cpu, from, to].filter((field) => field !== null).map(({ box }) => box), clear, count);
  const toggle = button('Filter', () => show(!isOpen()), { 'aria-expanded': 'false', 'aria-controls': 'filters' });
  const isOpen = (): boolean => row.hidden === false;
  const show = (open: boolean): void => {
    row.hidden = !open;
    toggle.setAttribute('aria-expanded', String(open));
  };
  tools.prepend(search, toggle);
  document.querySelector('.bar')?.after(row);

  const apply = (): void => {
    const filter = readFilter(state);
    if (search.value !== state.get('q')) search.value = state.get('q');
    for (const field of [pid, signal, cpu, from, to]) field?.show();
    const idle = isIdle(filter);
    // On a narrow screen the fields would cover what the filter left.
    if (!isIdle({ ...filter, words: [] }) && !isOpen() && WIDE.matches) show(true);
    if (idle && items === null) return;
    const left = new Map(choices.sections.map((section) => [section.id, section.apply(filter)]));
    const found = hideItems(all(), filter, left);
    const rows = choices.sections.flatMap(({ facts }) => facts.tableRows);
    markWords(filter.words, [...all().map(({ element }) => element), ...rows]);
    count.textContent = idle ? '' : `${found} of ${all().length + rows.length} rows, steps and lines match`;
    toggle.classList.toggle('active', !idle);
    toggle.setAttribute('aria-label', idle ? 'Filter' : `Filter: ${formatCount(found)} left`);
  };
  state.onChange((changed) => {
    if (isFilterChange(changed)) apply();
  });
  apply();
  return {
    focusSearch: () => search.focus(),
    toggle: () => {
      show(!isOpen());
      if (isOpen()) row.querySelector<HTMLElement>('select, input')?.focus();
    },
  };
}

/**
 * Hides what does not match and says so where a section is left with nothing: `left` counts what else of a section remains.
 * Returns how many remain in all.
 */
function hideItems(items: readonly Item[], filter: Filter, left: Map<string, number>): number {
  const idle = isIdle(filter);
  let found = [...left.values()].reduce((sum, rows) => sum + rows, 0);
  for (const { element, section, facets } of items) {
    const shown = idle || matches(facets, filter);
    if (element.hidden === shown) element.hidden = !shown;
    left.set(section, (left.get(section) ?? 0) + Number(shown));
    found += Number(shown);
  }
  document.body.classList.toggle('filtered', !idle);
  for (const [id, rest] of left) {
    const section = document.getElementById(id);
    if (section === null) continue;
    const note = section.querySelector('.no-match');
    if (rest > 0) note?.remove();
    else if (note === null) section.append(el('p', { class: 'no-match empty' }, 'Nothing here matches the filter.'));
  }
  return found;
}

interface Field {
  readonly box: HTMLElement;
  show(): void;
}

function select(
  state: ViewState,
  key: StateKey,
  label: string,
  options: readonly (readonly [string, string])[],
): Field | null {
  if (options.length === 0) return null;
  const field = el('select', { id: `filter-${key}` }, el('option', { value: '' }, 'all'));
  field.append(...options.map(([value, name]) => el('option', { value }, name)));
  return labelled(state, key, label, field);
}

function timeField(state: ViewState, key: StateKey, label: string): Field {
  const field = el('input', { type: 'text', inputmode: 'decimal', id: `filter-${key}`, size: 14, autocomplete: 'off' });
  return labelled(state, key, label, field);
}

function labelled(state: ViewState, key: StateKey, label: string, field: HTMLSelectElement | HTMLInputElement): Field {
  field.addEventListener('change', () => state.set({ [key]: field.value.trim() }));
  return {
    box: el('div', { class: 'field' }, el('label', { for: field.id }, label), field),
    show: () => {
      field.value = state.get(key);
    },
  };
}
