/** How much of the machine DuckDB may take. Explicit, because its own default is most of the memory. */
import { availableParallelism, totalmem } from 'node:os';
import { spillFolder } from './spill-folder.js';

export interface Resources {
  /** Bytes. DuckDB spills to disk beyond it. */
  readonly memoryLimit?: number | undefined;
  readonly threads?: number | undefined;
  /** Absolute paths of files that the database may write. */
  readonly writes?: readonly string[] | undefined;
  /** Absolute path of a folder whose files the database may read and write. */
  readonly folder?: string | undefined;
}

const MIB = 2 ** 20;
const LEAST = 256 * MIB;
const MOST = 512 * MIB;

/**
 * Half of what this process may have (a container's limit counts), from 256 to 512 MiB. More gains nothing: an import of
 * 300 MB takes as long with 350 MiB as with 4 GiB, and memory stays the same whatever the size of the trace.
 */
function defaultMemoryLimit(): number {
  const constrained = process.constrainedMemory();
  const total = constrained > 0 && constrained < totalmem() ? constrained : totalmem();
  return Math.min(MOST, Math.max(LEAST, Math.floor(total / 2)));
}

/** How many threads may work at once. */
export const threadsOf = (resources: Resources): number => resources.threads ?? availableParallelism();

/**
 * Options of a DuckDB instance. No file but the store itself can be read or written, whatever a view in a store from a
 * stranger says; extensions are neither fetched nor loaded.
 */
export function duckdbConfig(resources: Resources): Record<string, string> {
  return {
    memory_limit: `${Math.floor((resources.memoryLimit ?? defaultMemoryLimit()) / MIB)}MiB`,
    threads: String(threadsOf(resources)),
    temp_directory: spillFolder(),
    enable_external_access: 'false',
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    preserve_insertion_order: 'true',
  };
}
