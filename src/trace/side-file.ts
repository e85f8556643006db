/** Rows of files that stood beside the trace on the target. */

/** A line of /proc/PID/maps. */
export interface ProcMap {
  /** 1-based line of the maps file. */
  readonly lineNo: number;
  readonly start: bigint;
  readonly end: bigint;
  readonly perms: string;
  readonly offset: bigint;
  readonly dev: string;
  readonly inode: bigint;
  readonly path: string | null;
}

/** A line of /proc/kallsyms. */
export interface Kallsym {
  readonly address: bigint;
  /** One letter, as nm prints it. */
  readonly type: string;
  readonly symbol: string;
  readonly module: string | null;
}

/** A line of a kernel log. */
export interface KernelLogLine {
  /** 1-based line of the log file. */
  readonly lineNo: number;
  /** ns since boot; null for wall time (dmesg -T), which does not compare with a trace. */
  readonly ts: bigint | null;
  readonly level: string | null;
  /** T and the pid of the task, or C and the CPU of an interrupt, where the kernel prints it. */
  readonly caller: string | null;
  readonly text: string;
}
