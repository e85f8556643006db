/**
 * /proc/kallsyms (kernel/kallsyms.c, s_show):
 *
 *   ffffffff81000000 T _text
 *   ffffffffc0a01000 t e1000_probe<TAB>[e1000]
 */
import type { Kallsym } from '../trace/side-file.js';
import { readLines, type SideFile } from './proc-maps.js';

const LINE = /^([0-9a-f]{8,16}) (\S) (\S+)(?:\s+\[(\S+)\])?$/;

export const readKallsyms = (bytes: Uint8Array): SideFile<Kallsym> =>
  readLines(bytes, (line) => {
    const found = LINE.exec(line);
    if (found === null) return undefined;
    return {
      address: BigInt(`0x${found[1]}`),
      type: found[2] as string,
      symbol: found[3] as string,
      module: found[4] ?? null,
    };
  });
