/** `export --to parquet -o FOLDER/`: the captures into a dataset. */
import { mkdirSync, realpathSync } from 'node:fs';
import { isDataset } from '../../app/dataset/is-dataset.js';
import { type WrittenCapture, writeDataset } from '../../app/dataset/write-dataset.js';
import { storeTrouble } from '../../app/store-trouble.js';
import { writeError } from '../../app/target.js';
import { usageError } from '../../base/errors.js';
import { visible } from '../../base/visible.js';
import { safeJson } from '../format/json.js';
import { emit, type Io } from '../io.js';
import type { FilterOptions } from '../options.js';
import { say, withCapture } from '../session.js';

export interface DatasetOptions extends FilterOptions {
  readonly output: string;
  readonly host?: string;
  readonly date?: string;
}

export async function exportDataset(io: Io, argument: string, options: DatasetOptions): Promise<void> {
  const { output, host, date, capture, limit, pid, comm, since, until } = options;
  if ([limit, pid, comm, since, until].some((value) => value !== undefined))
    throw usageError('a dataset takes whole captures', 'leave out --limit, --pid, --comm, --since and --until');
  if (isDataset(argument)) throw usageError(`${argument}: is a dataset already`, 'its files can be copied as they are');
  const folder = folderOf(output);
  const written = await withCapture(io, argument, { ...options, folder }, async ({ store }) => {
    try {
      return await writeDataset(store, { folder, capture, host, date });
    } catch (error) {
      throw storeTrouble(output, error);
    }
  });
  if (options.format === 'json')
    await emit(io.stdout, `${safeJson({ export: output, to: 'parquet', captures: written.map(asRow) }, 2)}\n`);
  else {
    for (const each of written) {
      const told = each.added ? 'added as' : 'is there already, as';
      say(io, options, `${visible(each.name)}: ${told} capture_id ${each.captureId}`);
    }
    say(io, options, `written: ${visible(output)}`);
  }
}

const asRow = ({ name, captureId, added }: WrittenCapture): Record<string, string | boolean> => ({
  capture_id: captureId,
  name,
  added,
});

/** Made where it is missing; its real path, which the database is let into. */
function folderOf(path: string): string {
  try {
    mkdirSync(path, { recursive: true });
    return realpathSync(path);
  } catch (cause) {
    throw writeError(path, cause);
  }
}
