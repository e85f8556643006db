import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Where results that do not fit into memory are spilled: never beside the store or in the current folder. */
export const spillFolder = (): string => join(tmpdir(), `ftrail-spill-${process.pid}`);
