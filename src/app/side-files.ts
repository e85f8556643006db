/** Files that stood beside the trace on the target: what they say goes into the capture's side tables. */
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { FtrailError, inputError } from '../base/errors.js';
import { visible } from '../base/visible.js';
import { readKallsyms } from '../ingest/kallsyms.js';
import { readKernelLog } from '../ingest/kernel-log.js';
import { readProcMaps, type SideFile } from '../ingest/proc-maps.js';
import type { Store } from '../store/store.js';
import { writeKallsyms, writeKernelLog, writeProcMaps } from '../store/write-side-files.js';

export interface SideFiles {
  /** /proc/PID/maps by pid. */
  readonly maps?: readonly { readonly pid: number; readonly path: string }[];
  readonly kallsyms?: string | undefined;
  /** A saved kernel log. */
  readonly dmesg?: string | undefined;
}

export const hasSideFiles = (files: SideFiles): boolean =>
  (files.maps ?? []).length > 0 || files.kallsyms !== undefined || files.dmesg !== undefined;

/** Reads and writes them all; returns remarks for the person, as lines that were left out. */
export async function importSideFiles(store: Store, captureId: number, files: SideFiles): Promise<string[]> {
  const remarks: string[] = [];
  for (const { pid, path } of files.maps ?? []) {
    const maps = await read(path, readProcMaps, '/proc/PID/maps', remarks);
    await writeProcMaps(store, captureId, pid, maps);
  }
  if (files.kallsyms !== undefined) {
    const symbols = await read(files.kallsyms, readKallsyms, '/proc/kallsyms', remarks);
    if (symbols.every((symbol) => symbol.address === 0n)) {
      remarks.push(`${files.kallsyms}: all addresses are 0 (kptr_restrict): it names nothing; read it as root`);
    }
    await writeKallsyms(store, captureId, symbols);
    remarks.push(...(await symbolRemarks(store, captureId, files.kallsyms)));
  }
  if (files.dmesg !== undefined) {
    const log = await read(files.dmesg, readKernelLog, 'kernel log', remarks);
    await writeKernelLog(store, captureId, log);
    const doubt = await clockDoubt(store, captureId);
    if (doubt !== undefined) remarks.push(`${files.dmesg}: ${doubt}`);
  }
  return remarks;
}

/** What a table of symbols cannot do for this capture. */
async function symbolRemarks(store: Store, captureId: number, path: string): Promise<string[]> {
  const remarks: string[] = [];
  if (basename(path).startsWith('System.map')) {
    remarks.push(
      `${path}: a System.map holds addresses before relocation, which fit only a kernel without KASLR; a copy of /proc/kallsyms of the same boot fits always`,
    );
  }
  const [hashed] = await store.rows(
    `SELECT count(*) AS n FROM event_row e JOIN name_dict d USING (name_id)
     WHERE e.capture_id = $id AND d.name = 'kfree_skb' AND regexp_matches(e.args, ' location=0{8}[0-9a-f]{8}( |$)')`,
    { id: captureId },
  );
  if (Number(hashed?.n) > 0) {
    remarks.push(
      `${hashed?.n} drop locations are hashed by the kernel (since 4.15), which no symbol table resolves; the stack of a stacktrace trigger names the function, later kernels (6.12) print it`,
    );
  }
  return remarks;
}

/** Why the log's times say nothing about the trace's; undefined: both may be of one clock. */
async function clockDoubt(store: Store, captureId: number): Promise<string | undefined> {
  const [row] = await store.rows(
    `SELECT count(l.ts) AS stamped, min(l.ts) / 1e9 AS log_from, max(l.ts) / 1e9 AS log_to, any_value(c.first_ts) / 1e9 AS first, any_value(c.last_ts) / 1e9 AS last,
       any_value(c.time_unit) AS unit, coalesce(bool_or(l.ts BETWEEN c.first_ts - 1000000000 AND c.last_ts + 1000000000), false) AS overlaps
     FROM kernel_log l JOIN capture c USING (capture_id) WHERE capture_id = $id`,
    { id: captureId },
  );
  if (row === undefined) return undefined;
  if (Number(row.stamped) === 0)
    return 'its lines have wall times (dmesg -T), which do not compare with a trace: save plain dmesg';
  if (row.unit === 'tick' || row.unit === 'none') return 'the trace has no clock that the log could be held against';
  if (row.overlaps === true) return undefined;
  const seconds = (value: unknown): string => Number(value).toFixed(6);
  return `no line falls into the time of the trace (log ${seconds(row.log_from)} to ${seconds(row.log_to)} s, trace ${seconds(row.first)} to ${seconds(row.last)} s): another time, or the trace has another clock than local; nothing is matched by time`;
}

async function read<T>(
  path: string,
  parse: (bytes: Uint8Array) => SideFile<T>,
  what: string,
  remarks: string[],
): Promise<readonly T[]> {
  let bytes: Uint8Array;
  try {
    bytes = await readFile(path);
  } catch (cause) {
    throw new FtrailError(
      'input',
      `${path}: cannot be read (${(cause as NodeJS.ErrnoException).code ?? String(cause)})`,
      { cause },
    );
  }
  const { rows, misfit, misfits } = parse(bytes);
  const example = misfit === undefined ? '' : `line ${misfit.lineNo} is: ${visible(misfit.text)}`;
  if (rows.length === 0) throw inputError(`${path}: is no ${what}${example === '' ? ' (empty)' : `; ${example}`}`);
  if (misfit !== undefined) remarks.push(`${path}: ${misfits} lines do not look like ${what}; ${example}`);
  return rows;
}
