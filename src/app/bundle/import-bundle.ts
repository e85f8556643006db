/** What stood beside a trace in its archive -> the store. */
import { visible } from '../../base/visible.js';
import { readKallsyms } from '../../ingest/kallsyms.js';
import { readKernelLog } from '../../ingest/kernel-log.js';
import { readProcMaps, type SideFile } from '../../ingest/proc-maps.js';
import type { Store } from '../../store/store.js';
import { type CpuLoss, writeCpuLosses } from '../../store/write-cpu-losses.js';
import { writeKallsyms, writeKernelLog, writeLabels, writeProcMaps } from '../../store/write-side-files.js';
import type { SideFiles } from '../side-files.js';
import { readCpuStats } from './cpu-stats.js';
import type { Bundle, BundledFile } from './open-bundle.js';

/** Facts of the script that become labels of the capture. */
const LABELS = ['purpose', 'kernel', 'machine', 'clock', 'date'];

/**
 * Writes what a person has not given in `given` already. A side file that cannot be read costs its content only: returns
 * remarks, one for each, and one for each thing that the script could not record.
 */
export async function importBundle(
  store: Store,
  captureId: number,
  bundle: Bundle,
  given: SideFiles & { readonly labels?: Readonly<Record<string, string>> },
): Promise<string[]> {
  const remarks = [...bundle.remarks];
  const stats: CpuLoss[] = [];
  const mapped = new Set((given.maps ?? []).map(({ pid }) => pid));
  for (const file of bundle.files) {
    const { member } = file;
    if (member.role === 'maps') {
      if (mapped.has(member.pid)) continue;
      mapped.add(member.pid);
      await writeProcMaps(store, captureId, member.pid, read(file, readProcMaps, 'maps of a process', remarks));
    } else if (member.role === 'kallsyms') {
      if (given.kallsyms !== undefined) continue;
      const symbols = read(file, readKallsyms, 'table of symbols', remarks);
      if (symbols.some(({ address }) => address !== 0n)) await writeKallsyms(store, captureId, symbols);
      else if (symbols.length > 0)
        remarks.push(`${visible(file.name)}: all addresses are 0 (kptr_restrict): it names nothing`);
    } else if (member.role === 'dmesg') {
      if (given.dmesg !== undefined) continue;
      await writeKernelLog(store, captureId, read(file, readKernelLog, 'kernel log', remarks));
    } else if (member.role === 'stats') {
      const found = readCpuStats(textOf(file));
      if (found !== undefined) stats.push({ ...found, cpu: member.cpu });
    } else if (member.role === 'facts') {
      await writeLabels(store, captureId, labelsOf(textOf(file), given.labels ?? {}));
    } else {
      for (const line of textOf(file).split('\n').slice(0, 100))
        if (line !== '') remarks.push(`not recorded: ${visible(line)}`);
    }
  }
  await writeCpuLosses(store, captureId, stats);
  return remarks;
}

const textOf = ({ bytes }: BundledFile): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8');

function labelsOf(text: string, given: Readonly<Record<string, string>>): Record<string, string> {
  const labels: Record<string, string> = {};
  for (const line of text.split('\n').slice(0, 100)) {
    const [, key, value] = /^(\w+) (.{1,200})$/.exec(line) ?? [];
    if (key !== undefined && value !== undefined && LABELS.includes(key) && given[key] === undefined)
      labels[key] = value;
  }
  return labels;
}

function read<T>(
  file: BundledFile,
  parse: (bytes: Uint8Array) => SideFile<T>,
  what: string,
  remarks: string[],
): readonly T[] {
  const { rows, misfits } = parse(file.bytes);
  if (rows.length === 0 && misfits > 0) remarks.push(`${visible(file.name)}: is no ${what}`);
  return rows;
}
