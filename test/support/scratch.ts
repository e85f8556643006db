import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

export interface Scratch {
  readonly folder: string;
  /** Path of a name in the folder. */
  at(name: string): string;
  /** Writes a file and gives its path. */
  file(name: string, content: string | Uint8Array): string;
  /** What is in the folder now, hidden files too, sorted. */
  names(): string[];
}

/** A folder of its own for one test, removed when the test has ended. */
export function scratch(): Scratch {
  const folder = mkdtempSync(join(tmpdir(), 'ftrail-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const at = (name: string): string => join(folder, name);
  return {
    folder,
    at,
    file: (name, content) => {
      writeFileSync(at(name), content);
      return at(name);
    },
    names: () => readdirSync(folder).sort(),
  };
}
