/**
 * How much of each row of an answer passes the filters. A row that sums over tasks, CPUs or times passes in part: its parts
 * say how much. What an answer does not tell apart is not taken for a reason to hide it, and is named.
 */
import { type PackedRows, unpackRows } from '../../base/columnar.js';
import type { Parts, Row } from '../../trace/result.js';
import { type Facets, type Filter, inTime, matches } from './filter-match.js';
import { facetsOfCells, facetsOfData, headNames } from './row-facets.js';

/** What filter-data.ts put into the page. */
export interface SectionData {
  /** Rows that pictures show, and that the answer has. */
  readonly rows: number;
  readonly total: number;
  readonly rest: PackedRows;
  readonly measures: PackedRows;
  readonly pictures: readonly PictureData[];
  /** Times count from `base`; `by` is absent where parts are joint. */
  readonly parts: (Omit<Parts, 'rows'> & { readonly base: string; readonly rows: PackedRows }) | null;
}

export interface PictureData {
  readonly measure: string | null;
  readonly fill: 'left' | 'bottom';
  readonly order: readonly number[];
  readonly from: readonly number[];
  readonly to: readonly number[];
}

type Aspect = 'pid' | 'cpu' | 'ts';

const ASPECT_WORDS: Readonly<Record<Aspect, string>> = { pid: 'tasks', cpu: 'CPUs', ts: 'times' };

export interface Passing {
  /** Per row how much of the measure passes, 0 to 1. */
  share(measure: string | null): readonly number[];
  /** What the filter asks for and the answer does not tell apart, in words. */
  readonly untold: readonly string[];
  /** True where shares are upper bounds: several things were asked of parts told apart by one at a time, or parts are missing. */
  readonly atMost: boolean;
}

export class SectionFacts {
  readonly data: SectionData;
  /** Rows of the table in the order of the answer, whatever a reader sorts by. */
  readonly tableRows: readonly HTMLTableRowElement[];
  private readonly names: readonly string[];
  private readonly unit: number;
  private facets: readonly Facets[] | null = null;
  private partRows: readonly Row[] | null = null;
  private measureRows: readonly Row[] | null = null;

  constructor(table: HTMLTableElement, data: SectionData, unit: number) {
    this.data = data;
    this.unit = unit;
    this.tableRows = [...(table.tBodies[0]?.rows ?? [])];
    this.names = headNames(table);
  }

  /** Value of a measure per row. */
  measured(): readonly Row[] {
    this.measureRows ??= unpackRows<Row>(this.data.measures);
    return this.measureRows;
  }

  passing(filter: Filter): Passing {
    const told = (aspect: Aspect): boolean =>
      this.data.parts?.facets.some((facet) => aspectOf(facet) === aspect) ?? false;
    const asked = askedOf(filter);
    const rows = this.rowFacets();
    const column = (aspect: Aspect): boolean =>
      rows.some((row) => ({ pid: row.pids, cpu: row.cpus, ts: row.times })[aspect] !== null);
    const byParts = asked.filter(told);
    const untold = asked.filter((aspect) => !told(aspect) && !column(aspect));
    const beside = { ...filter };
    for (const aspect of [...byParts, ...untold]) Object.assign(beside, NOTHING[aspect]);
    const fits = rows.map((row) => Number(matches(row, beside)));
    const cache = new Map<string, readonly number[]>();
    let atMost = false;
    const share = (measure: string | null): readonly number[] => {
      if (byParts.length === 0) return fits;
      const { measures = [] } = this.data.parts ?? {};
      const name = measure !== null && measures.includes(measure) ? measure : (measures[0] ?? '');
      const known = cache.get(name);
      if (known !== undefined) return known;
      const parts = this.partShares(name, byParts, filter);
      const shares = parts.shares.map((part, row) => part * (fits[row] ?? 0));
      atMost ||= parts.atMost;
      cache.set(name, shares);
      return shares;
    };
    share(null);
    return { share, untold: untold.map((aspect) => ASPECT_WORDS[aspect]), atMost };
  }

  private rowFacets(): readonly Facets[] {
    this.facets ??= [
      ...this.tableRows.map((row) => facetsOfCells(row, this.names, this.unit)),
      ...unpackRows<Row>(this.data.rest).map((row) => facetsOfData(row, this.unit)),
    ];
    return this.facets;
  }

  /** Joint parts are asked everything at once; others each for its own aspect, and the least counts. */
  private partShares(measure: string, asked: readonly Aspect[], filter: Filter): { shares: number[]; atMost: boolean } {
    const { parts } = this.data;
    if (parts === null) return { shares: [], atMost: false };
    this.partRows ??= unpackRows<Row>(parts.rows);
    const rows = this.partRows;
    const fits = (part: Row, aspect: Aspect): boolean => this.partFits(part, aspect, filter);
    const whole = this.measured().map((row) => Number(row[measure] ?? 0));
    let bounds = 0;
    const sums = parts.joint
      ? [sumOf(rows, measure, this.data.rows, (part) => asked.every((aspect) => fits(part, aspect)))]
      : asked.map((aspect) => {
          const own = rows.filter((part) => part.by === aspect);
          const told = sumOf(own, measure, this.data.rows, () => true);
          const found = sumOf(own, measure, this.data.rows, (part) => fits(part, aspect));
          // The page lacks the smallest parts of a large capture: what a row misses may be of what is asked for.
          const least = own.reduce((low, part) => Math.min(low, Number(part[measure] ?? 0)), Number.POSITIVE_INFINITY);
          return found.map((sum, row) => {
            const missing = (whole[row] ?? 0) - (told[row] ?? 0);
            if (missing <= 0 || (aspect !== 'ts' && sum > 0)) return sum;
            bounds += 1;
            return sum + (aspect === 'ts' ? missing : Math.min(missing, least));
          });
        });
    const shares = whole.map((all, row) => {
      const part = Math.min(...sums.map((sum) => sum[row] ?? 0));
      return all > 0 ? Math.min(1, part / all) : Number(part > 0);
    });
    return { shares, atMost: bounds > 0 || (!parts.joint && asked.length > 1) };
  }

  private partFits(part: Row, aspect: Aspect, filter: Filter): boolean {
    const { facets, stretch, base } = this.data.parts!;
    if (aspect === 'cpu') return String(part.cpu) === filter.cpu;
    if (aspect === 'pid') return facets.some((name) => aspectOf(name) === 'pid' && String(part[name]) === filter.pid);
    if (part.ts === null || part.ts === undefined) return false;
    const begin = Number(base) + Number(part.ts);
    return inTime([begin / this.unit, (begin + stretch - 1) / this.unit], filter);
  }
}

const sumOf = (parts: readonly Row[], measure: string, rows: number, counts: (part: Row) => boolean): number[] => {
  const sums = new Array<number>(rows).fill(0);
  for (const part of parts) {
    const row = Number(part.row);
    if (counts(part)) sums[row] = (sums[row] ?? 0) + Number(part[measure] ?? 0);
  }
  return sums;
};

const aspectOf = (facet: string): Aspect => (facet === 'ts' || facet === 'cpu' ? facet : 'pid');

const NOTHING: Readonly<Record<Aspect, Partial<Filter>>> = {
  pid: { pid: '' },
  cpu: { cpu: '' },
  ts: { from: null, to: null },
};

function askedOf({ pid, cpu, from, to }: Filter): Aspect[] {
  const asked: Aspect[] = [];
  if (pid !== '') asked.push('pid');
  if (cpu !== '') asked.push('cpu');
  if (from !== null || to !== null) asked.push('ts');
  return asked;
}
