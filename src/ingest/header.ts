/**
 * The `#` lines at the top of a section (kernel/trace/trace.c, s_show). Column meanings are taken from the legend, whose
 * order is the order of the flag characters, never from a kernel version.
 */
import type { HeaderFacts } from '../trace/record.js';

const TRACER = /^# tracer: (\S+)/;
const ENTRIES = /^# entries-in-buffer\/entries-written: (\d{1,15})\/(\d{1,15}) +#P:(\d{1,6})/;
const LEGEND = /^#[ |/]*_-+=> (\S.*?) *$/;
const LATENCY = /^# latency: \d+ us, #(\d{1,15})\/(\d{1,15}), CPU#\d+ \| \(.*?(?:#P:(\d{1,6}))?\)/;
const COLUMNS = /TASK-PID|^# {2}cmd +pid|FUNCTION CALLS/;
/** What perfetto prints into every file, whatever is in it. */
const PERFETTO = '# entries-in-buffer/entries-written: 30624/30624   #P:4';
const LIMIT = 200;

export class HeaderReader {
  readonly facts: HeaderFacts = {
    tracer: null,
    entriesInBuffer: null,
    entriesWritten: null,
    cpus: null,
    text: '',
    legend: [],
  };
  /** Sections of the file so far: traces may be put together. */
  sections = 0;
  /** The section's header names its columns. */
  hasColumns = false;
  perfetto = false;
  private readonly lines: string[] = [];

  /** True for the line that opens a section, also in mid-file when traces were concatenated. */
  static opensSection(line: string): boolean {
    return TRACER.test(line);
  }

  static namesColumns(line: string): boolean {
    return COLUMNS.test(line);
  }

  add(line: string): void {
    const tracer = TRACER.exec(line);
    if (tracer !== null) {
      this.sections++;
      this.facts.tracer = tracer[1] as string;
      this.facts.legend = [];
      this.hasColumns = false;
    }
    if (this.sections <= 1 && this.lines.length < LIMIT) this.lines.push(line);
    this.facts.text = this.lines.join('\n');
    if (COLUMNS.test(line)) this.hasColumns = true;
    if (line === PERFETTO) {
      this.perfetto = true;
      return;
    }
    const entries = ENTRIES.exec(line) ?? LATENCY.exec(line);
    if (entries !== null) {
      this.facts.entriesInBuffer = (this.facts.entriesInBuffer ?? 0n) + BigInt(entries[1] as string);
      this.facts.entriesWritten = (this.facts.entriesWritten ?? 0n) + BigInt(entries[2] as string);
      if (entries[3] !== undefined) this.facts.cpus = Math.max(this.facts.cpus ?? 0, Number(entries[3]));
    }
    const legend = LEGEND.exec(line);
    if (legend !== null && legend[1] !== 'delay' && legend[1] !== 'CPU#') this.facts.legend.push(legend[1] as string);
  }
}
