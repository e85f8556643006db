/** Rules files on disk. */
import { readFile, stat } from 'node:fs/promises';
import { dirname, relative, resolve } from 'node:path';
import { inputError } from '../../base/errors.js';
import type { RuleFiles } from '../../check/rules/load-rules.js';

const MAX_BYTES = 2 ** 20;

export const RULE_FILES: RuleFiles = {
  read: async (path) => {
    try {
      const found = await stat(path);
      if (found.isDirectory()) throw inputError(`${shown(path)}: is a folder`, 'name the rules file in it');
      if (found.size > MAX_BYTES) throw inputError(`${shown(path)}: larger than 1 MiB, which no rules file is`);
      return await readFile(path, 'utf8');
    } catch (cause) {
      const code = (cause as NodeJS.ErrnoException).code;
      if (code === undefined) throw cause;
      throw inputError(`${shown(path)}: ${code === 'ENOENT' ? 'no such rules file' : `cannot be read (${code})`}`);
    }
  },
  resolve: (from, include) => resolve(dirname(from), include),
  shown,
};

/** As seen from here, so that a message can be clicked and does not depend on where the checkout is. */
function shown(path: string): string {
  const near = relative(process.cwd(), path).replaceAll('\\', '/');
  return near === '' || near.startsWith('../../../') ? path : near;
}
