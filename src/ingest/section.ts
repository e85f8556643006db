import { chooseBare, chooseLayout, sampleLines, WINDOW } from './choose-layout.js';
import type { HeaderReader } from './header.js';
import { type Context, clearContext, GRAPH, type Layout } from './layout.js';
import { latencyLayout } from './layout-latency.js';
import type { TimeOrder } from './time-order.js';

const HASH = 0x23;

/** The section of a file that is being read: from one header to the next. How its lines are laid out, and how much is to be relied on. */
export class Section {
  /** null: not known yet. */
  layout: Layout | null = null;
  /** Has lost the padding of its columns. */
  loose = false;
  /** Is as the kernel wrote it: it has the kernel's header and padding. */
  kernelFile = false;
  /** Names of the layouts that were met. */
  readonly layouts = new Set<string>();
  private readonly header: HeaderReader;
  private readonly order: TimeOrder;
  /** Lines up to this one have been looked at in vain for a layout. */
  private chosenUpTo = 0;

  constructor(header: HeaderReader, order: TimeOrder) {
    this.header = header;
    this.order = order;
  }

  restart(): void {
    this.layout = null;
    this.kernelFile = false;
    this.chosenUpTo = 0;
    this.order.restart();
  }

  /** Must more bytes be at hand before line `lineNo` is read? */
  needs(lineNo: number, available: number): boolean {
    return this.layout === null && lineNo > this.chosenUpTo && available < WINDOW;
  }

  /**
   * Decides on the layout by the lines from `start` on. What the header says decides only where no line has columns.
   * `scratch` is left empty.
   */
  choose(bytes: Buffer, start: number, end: number, lineNo: number, inHeader: boolean, scratch: Context): void {
    if (lineNo <= this.chosenUpTo) return;
    // A header line, unless it is a record: in the latency layout a line may begin with the comm's #.
    if (bytes[start] === HASH && inHeader && !latencyLayout.parse(bytes, start, end, scratch)) return;
    const { header } = this;
    const lines = sampleLines(bytes, start);
    const bare = header.sections > 0 && !header.hasColumns;
    const choice = chooseLayout(bytes, lines, scratch) ?? (bare ? chooseBare(bytes, lines, scratch) : null);
    clearContext(start, start, scratch);
    scratch.graph = GRAPH.none;
    if (choice === null) {
      this.chosenUpTo = lineNo + lines.length - 1;
      return;
    }
    this.layout = choice.layout;
    this.loose = choice.loose;
    this.layouts.add(choice.loose ? `${choice.layout.name}-loose` : choice.layout.name);
    this.kernelFile = header.facts.entriesInBuffer !== null && !choice.loose;
    this.order.global = header.sections === 1 && this.kernelFile;
  }
}
