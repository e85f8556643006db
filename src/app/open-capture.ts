/** A `<capture>` argument -> a store to read from: an existing one, or one made for this run and removed afterwards. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Resources } from '../store/settings.js';
import { Store } from '../store/store.js';
import { deriveAll } from './derive.js';
import { importTrace } from './import-trace.js';
import { openInput, type TextInput } from './open-input.js';
import { writeError } from './target.js';
import { removeTemporary, temporaryFolder } from './temporaries.js';
import { type Watch, watching } from './watch.js';

export interface Capture {
  readonly store: Store;
  /** Closes the store, and removes it when it was made for this run. */
  close(): void;
}

export interface OpenCaptureOptions extends Resources {
  readonly stdin?: AsyncIterable<Uint8Array>;
  readonly watch?: Watch;
}

/** Text up to this size is imported into memory, larger or of unknown size into a temporary file. */
const IN_MEMORY = 32 * 2 ** 20;

export async function openCapture(argument: string, options: OpenCaptureOptions = {}): Promise<Capture> {
  const input = await openInput(argument, options.stdin);
  if (input.kind === 'store') {
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
      await fill(store, input, options.watch);
    } catch (error) {
      store.close();
      throw error;
    }
    return {
      store,
      close: () => {
        store.close();
        remove();
      },
    };
  } catch (error) {
    remove();
    throw error;
  } finally {
    await input.close();
  }
}

async function fill(store: Store, input: TextInput, watch: Watch | undefined): Promise<void> {
  await watching(watch, { phase: 'read', name: input.name, progress: () => input.progress() }, () =>
    importTrace(store, input),
  );
  await watching(watch, { phase: 'derive', name: input.name }, () => deriveAll(store));
}

function makeFolder(): string {
  const folder = temporaryFolder();
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (cause) {
    throw writeError(folder, cause);
  }
  return folder;
}
