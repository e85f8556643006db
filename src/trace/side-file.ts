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
