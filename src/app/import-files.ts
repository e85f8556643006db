/** `ftrail import`: one or more captures into a store file, all or nothing. */
import { constants, copyFileSync, existsSync, rmSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { FtrailError, inputError, usageError } from '../base/errors.js';
import type { Resources } from '../store/settings.js';
import { Store } from '../store/store.js';
import { writeLabels } from '../store/write-side-files.js';
import { importBundle } from './bundle/import-bundle.js';
import { deriveWatched } from './derive.js';
import { importTrace } from './import-trace.js';
import { openInput } from './open-input.js';
import { hasSideFiles, importSideFiles, type SideFiles } from './side-files.js';
import { SNIFF_BYTES, sniff } from './sniff.js';
import { storeTrouble } from './store-trouble.js';
import { openTarget, writeError } from './target.js';
import { type Watch, watching } from './watch.js';

export interface ImportOptions extends Resources, SideFiles {
  readonly output: string;
  /** Add to the store that is there, instead of replacing it. */
  readonly append?: boolean;
  readonly labels?: Readonly<Record<string, string>>;
  readonly stdin?: AsyncIterable<Uint8Array>;
  readonly watch?: Watch;
}

export interface ImportedCapture {
  readonly captureId: number;
  readonly name: string;
  readonly lines: number;
  readonly events: number;
  /** Lines or blocks that were not fully understood. */
  readonly issues: number;
  /** Remarks about side files. */
  readonly remarks: readonly string[];
}

/**
 * The store is built beside `output` and renamed when it is complete. Errors: input (a file is no trace), usage (the
 * target is something else), output (the target cannot be written).
 */
export async function importFiles(paths: readonly string[], options: ImportOptions): Promise<ImportedCapture[]> {
  if (hasSideFiles(options) && paths.length > 1)
    throw usageError('side files belong to one capture: import that one alone, with --append');
  if (paths.filter((path) => path === '-').length > 1) throw usageError('stdin can be read only once');
  const target = openTarget(options.output);
  try {
    const found = await kindOf(options.output);
    if (found !== 'store' && found !== 'absent' && found !== 'empty') throw notAStore(options.output, found);
    const append = options.append === true && found === 'store';
    if (append) copyStore(options.output, target.temporary);
    else if (found === 'store' && !(await Store.isStore(options.output))) throw notAStore(options.output, 'DuckDB');
    const imported = await build(paths, target.temporary, append, options);
    if (!append) rmSync(`${options.output}.wal`, { force: true });
    target.commit();
    return imported;
  } finally {
    target.close();
  }
}

async function build(
  paths: readonly string[],
  temporary: string,
  append: boolean,
  options: ImportOptions,
): Promise<ImportedCapture[]> {
  const store = append
    ? await Store.open(temporary, { ...options, writable: true, shownAs: options.output })
    : await createStore(temporary, options);
  try {
    const imported: ImportedCapture[] = [];
    for (const path of paths) imported.push(await importOne(store, path, options));
    await deriveWatched(store, options.output, options.watch);
    await store.run('CHECKPOINT');
    return imported;
  } catch (error) {
    throw storeTrouble(options.output, error);
  } finally {
    store.close();
  }
}

async function createStore(temporary: string, options: ImportOptions): Promise<Store> {
  try {
    return await Store.create(temporary, options);
  } catch (cause) {
    throw writeError(options.output, cause instanceof FtrailError ? cause.cause : cause);
  }
}

async function importOne(store: Store, path: string, options: ImportOptions): Promise<ImportedCapture> {
  const input = await openInput(path, options.stdin);
  if (input.kind !== 'text') throw inputError(`${path}: is a ${input.kind} already`, 'import takes traces');
  try {
    const { captureId, account } = await watching(
      options.watch,
      { phase: 'read', name: input.name, progress: () => input.progress() },
      () => importTrace(store, input),
    );
    await writeLabels(store, captureId, options.labels ?? {});
    const beside = input.bundle === undefined ? [] : await importBundle(store, captureId, input.bundle, options);
    const remarks = [...beside, ...(await importSideFiles(store, captureId, options))];
    const issues = account.issues.reduce((sum, issue) => sum + issue.count, 0);
    return { captureId, name: input.name, lines: account.lines.lines, events: account.events, issues, remarks };
  } finally {
    await input.close();
  }
}

/** What stands at the target now. */
async function kindOf(path: string): Promise<ReturnType<typeof sniff> | 'absent'> {
  if (!existsSync(path)) return 'absent';
  try {
    const file = await open(path, 'r');
    try {
      const head = Buffer.alloc(SNIFF_BYTES);
      const { bytesRead } = await file.read(head, 0, SNIFF_BYTES, 0);
      return sniff(head.subarray(0, bytesRead));
    } finally {
      await file.close();
    }
  } catch (cause) {
    throw writeError(path, cause);
  }
}

const notAStore = (path: string, found: string): FtrailError =>
  usageError(
    `-o ${path}: that file exists and is no ftrail store (${found}); it stays as it is`,
    'choose another name for the store',
  );

function copyStore(from: string, to: string): void {
  if (existsSync(`${from}.wal`)) {
    throw new FtrailError(
      'output',
      `${from}: is open in another program, or was not closed by one (${from}.wal exists)`,
      {
        hint: 'close that program, or open the store once with DuckDB to complete it',
      },
    );
  }
  try {
    copyFileSync(from, to, constants.COPYFILE_FICLONE);
  } catch (cause) {
    throw writeError(from, cause);
  }
}
