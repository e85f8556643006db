/** Prints records as the kernel does (kernel/trace/trace_output.c), byte for byte: the other direction of the import. */

export interface Printed {
  /** At most 15 bytes, any but NUL. */
  readonly comm: Buffer;
  readonly pid: number;
  /** null: `(-------)` where there is such a column. */
  readonly tgid: number | null;
  readonly cpu: number;
  readonly flags: string;
  /** Microseconds, nanoseconds or ticks, as the clock counts. */
  readonly ts: bigint;
  readonly body: Buffer;
}

export interface Style {
  readonly layout: 'default' | 'latency' | 'verbose' | 'raw' | 'hex';
  /** 5 before 5.10, 7 since. */
  readonly pidWidth: 5 | 7;
  readonly tgid: 'none' | 'before' | 'after';
  /** Option irq-info. */
  readonly irqInfo: boolean;
  readonly clock: 'us' | 'ns' | 'tick';
}

export const KERNEL_6: Style = { layout: 'default', pidWidth: 7, tgid: 'none', irqInfo: true, clock: 'us' };

export function printRecord(record: Printed, style: Style): Buffer {
  return Buffer.concat([columns(record, style), record.body]);
}

function columns(record: Printed, style: Style): Buffer {
  const { comm, pid, cpu, flags, ts } = record;
  const text = (value: string): Buffer => Buffer.from(value, 'latin1');
  const decimal = String(pid).padEnd(style.pidWidth);
  switch (style.layout) {
    case 'default': {
      const tgid =
        record.tgid === null
          ? `(${'-'.repeat(style.pidWidth)}) `
          : `(${String(record.tgid).padStart(style.pidWidth)}) `;
      const before = style.tgid === 'before' ? tgid : '';
      const after = style.tgid === 'after' ? tgid : '';
      const irq = style.irqInfo ? `${flags} ` : '';
      return Buffer.concat([
        padded(comm, 16),
        text(`-${decimal} ${before}[${String(cpu).padStart(3, '0')}] ${after}${irq}${stamp(ts, style.clock)}: `),
      ]);
    }
    case 'latency': {
      const time = style.clock === 'tick' ? ` ${String(ts).padStart(4)}: ` : ` ${String(ts).padStart(4)}us+: `;
      return Buffer.concat([
        padded(comm.subarray(0, 8), 8),
        text(`-${decimal} ${String(cpu).padStart(3)}${flags}${time}`),
      ]);
    }
    case 'verbose': {
      const index = '00000000 0000000a';
      const time =
        style.clock === 'tick'
          ? `[${hex(ts, 16)}] ${ts} (+3): `
          : `[${hex(ts, 8)}] ${ts / 1000n}.${String(ts % 1000n).padStart(3, '0')}ms (+0.021ms): `;
      return Buffer.concat([
        padded(comm, 16),
        text(` ${String(pid).padStart(7)} ${String(cpu).padStart(3)} 0 ${index} ${time}`),
      ]);
    }
    case 'raw':
      return text(`${pid} ${cpu} ${ts} `);
    case 'hex':
      return text(`${hex(BigInt(pid), 8)} ${hex(BigInt(cpu), 8)} ${hex(ts, 16)} `);
  }
}

function stamp(ts: bigint, clock: Style['clock']): string {
  if (clock === 'tick') return String(ts).padStart(12);
  const unit = clock === 'us' ? 1_000_000n : 1_000_000_000n;
  return `${String(ts / unit).padStart(5)}.${String(ts % unit).padStart(clock === 'us' ? 6 : 9, '0')}`;
}

const hex = (value: bigint, width: number): string => value.toString(16).padStart(width, '0');

const padded = (comm: Buffer, width: number): Buffer =>
  Buffer.concat([Buffer.alloc(Math.max(0, width - comm.length), 0x20), comm]);

/** The header that goes with the style, for `entries` records. */
export function printHeader(style: Style, entries: number, tracer = 'nop'): string {
  const latency = style.layout === 'latency' || style.layout === 'verbose';
  if (latency) {
    const rule = `# ${'-'.repeat(68)}`;
    const facts = `# latency: 0 us, #${entries}/${entries}, CPU#0 | (M:desktop VP:0, KP:0, SP:0 HP:0 #P:4)`;
    const legend = ['#  cmd     pid     |||||| time  |   caller', '#     \\   /        ||||||  \\    |    /'];
    const lines = [`# tracer: ${tracer}`, '#', `# ${tracer} latency trace v1.1.5 on 6.1.0`, rule, facts];
    return `${[...lines, ...(style.layout === 'latency' ? legend : [])].join('\n')}\n`;
  }
  const title = style.tgid === 'before' ? 'TASK-PID       TGID    CPU#' : 'TASK-PID     CPU#';
  return [
    `# tracer: ${tracer}`,
    '#',
    `# entries-in-buffer/entries-written: ${entries}/${entries}   #P:4`,
    '#',
    `#           ${title}  |||||  TIMESTAMP  FUNCTION`,
    '#              | |         |   |||||     |         |',
    '',
  ].join('\n');
}
