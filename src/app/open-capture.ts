/** A `<capture>` argument -> a store to read from: an existing one, or one made for this run and removed afterwards. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { FtrailError, inputError, usageError } from '../base/errors.js';
import type { Resources } from '../store/settings.js';
import { Store } from '../store/store.js';
import { importBundle } from './bundle/import-bundle.js';
import { openDataset } from './dataset/open-dataset.js';
import { deriveWatched } from './derive.js';
import { importTrace } from './import-trace.js';
import { isStdin, openInput, type TextInput } from './open-input.js';
import { hasSideFiles, importSideFiles, type SideFiles } from './side-files.js';
import { storeTrouble } from './store-trouble.js';
import { writeError } from './target.js';
import { removeTemporary, temporaryPath } from './temporaries.js';
import { type Watch, watching } from './watch.js';

export interface Capture {
  readonly store: Store;
  /** Reads the text once more; absent for a store and for what came through a pipe. */
  readonly reopen?: () => Promise<AsyncIterable<Uint8Array>>;
  /** Closes the store, and removes it when it was made for this run. */
  close(): void;
}

export interface OpenCaptureOptions extends Resources, SideFiles {
  readonly stdin?: AsyncIterable<Uint8Array>;
  /** Name of the capture, where the argument's is not the one that people know. */
  readonly name?: string | undefined;
  readonly watch?: Watch;
  /** Of a dataset only the files of this capture are read: its id, its name, or a label. */
  readonly capture?: string | undefined;
  /** Leave out all that is derived from the base tables, for a question that needs none of it. */
  readonly baseOnly?: boolean;
  /** Hears remarks about side files. */
  readonly onRemark?: (text: string) => void;
}

const ROOM = 'set TMPDIR to a folder with room';
/** Text up to this size is imported into memory, larger or of unknown size into a temporary file. */
const IN_MEMORY = 32 * 2 ** 20;

export async function openCapture(argument: string, options: OpenCaptureOptions = {}): Promise<Capture> {
  const input = await openInput(argument, options.stdin);
  if (input.kind === 'dataset') {
    if (hasSideFiles(options))
      throw usageError('side files belong to the import of a trace; these are imported already');
    const store = await openDataset(input.path, options);
    return { store, close: () => store.close() };
  }
  if (input.kind === 'store') {
    if (hasSideFiles(options))
      throw usageError('side files belong to the import of a trace; the store is made already');
    const store = await Store.open(input.path, options);
    return { store, close: () => store.close() };
  }
  const folder = input.textSize !== null && input.textSize <= IN_MEMORY ? undefined : makeFolder();
  const remove = (): void => {
    if (folder !== undefined) removeTemporary(folder);
  };
  try {
    const store = await Store.create(folder === undefined ? undefined : join(folder, 'capture.duckdb'), options);
    try {
      await fill(store, input, options);
    } catch (error) {
      store.close();
      throw error;
    }
    const close = (): void => {
      store.close();
      remove();
    };
    return isStdin(argument) ? { store, close } : { store, close, reopen: () => reopenText(argument) };
  } catch (error) {
    remove();
    throw storeTrouble(folder ?? 'memory', error, ROOM);
  } finally {
    await input.close();
  }
}

/** The text of a capture that was opened before. */
export async function reopenText(argument: string): Promise<AsyncIterable<Uint8Array>> {
  const input = await openInput(argument);
  if (input.kind !== 'text') throw inputError(`${argument}: has changed while it was read`);
  return input.chunks;
}

async function fill(store: Store, input: TextInput, options: OpenCaptureOptions): Promise<void> {
  const name = options.name ?? input.name;
  const named = { name, chunks: input.chunks, damage: () => input.damage() };
  const { captureId } = await watching(options.watch, { phase: 'read', name, progress: () => input.progress() }, () =>
    importTrace(store, named),
  );
  const beside = input.bundle === undefined ? [] : await importBundle(store, captureId, input.bundle, options);
  for (const remark of [...beside, ...(await importSideFiles(store, captureId, options))]) options.onRemark?.(remark);
  if (options.baseOnly !== true) await deriveWatched(store, name, options.watch);
}

function makeFolder(): string {
  const folder = temporaryPath();
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (cause) {
    throw new FtrailError('output', writeError(folder, cause).message, {
      cause,
      hint: ROOM,
    });
  }
  return folder;
}
