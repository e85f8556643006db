/** A folder of captures as `export --to parquet -o FOLDER` writes it. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { MARK } from '../../export/dataset/layout.js';

/** Told by its layout: it has captures, in partitions by date. */
export function isDataset(folder: string): boolean {
  try {
    return readdirSync(join(folder, MARK)).some((name) => name.startsWith('capture_date='));
  } catch {
    return false;
  }
}
