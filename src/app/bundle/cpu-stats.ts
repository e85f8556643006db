/**
 * per_cpu/cpuN/stats of tracefs (kernel/trace/trace.c, tracing_stats_read): what a ring buffer has lost, also what the header of
 * the trace does not count.
 */
export interface CpuStats {
  /** Overwritten by newer ones. */
  readonly overrun: bigint;
  /** Lost because interrupts filled the buffer while a record was being written. */
  readonly commitOverrun: bigint;
  /** Not written because the buffer was full (overwrite=0). */
  readonly dropped: bigint;
}

/** undefined: the text is something else. */
export function readCpuStats(text: string): CpuStats | undefined {
  const value = (name: string): bigint | undefined => {
    const found = new RegExp(`^${name}: (\\d{1,18})$`, 'm').exec(text);
    return found === null ? undefined : BigInt(found[1] as string);
  };
  const overrun = value('overrun');
  if (overrun === undefined) return undefined;
  return { overrun, commitOverrun: value('commit overrun') ?? 0n, dropped: value('dropped events') ?? 0n };
}
