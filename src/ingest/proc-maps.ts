/**
 * /proc/PID/maps (fs/proc/task_mmu.c, show_map_vma):
 *
 *   7fef041e8000-7fef043a2000 r-xp 00000000 fd:01 269   /lib64/libc-2.17.so
 */
import { decodeLossless } from '../base/utf8.js';
import type { ProcMap } from '../trace/side-file.js';

export interface SideFile<T> {
  readonly rows: readonly T[];
  /** First line that did not fit, and how many did not. */
  readonly misfit: { readonly lineNo: number; readonly text: string } | undefined;
  readonly misfits: number;
}

//             start          end           perms     offset       dev                       inode    path
const LINE =
  /^([0-9a-f]{1,16})-([0-9a-f]{1,16}) ([-rwxsp]{4}) ([0-9a-f]{1,16}) ([0-9a-f]{1,8}:[0-9a-f]{1,8}) (\d{1,20}) *(.*)$/;

export const readProcMaps = (bytes: Uint8Array): SideFile<ProcMap> =>
  readLines(bytes, (line, lineNo) => {
    const found = LINE.exec(line);
    if (found === null) return undefined;
    const [, start, end, perms, offset, dev, inode, path] = found as unknown as string[];
    return {
      lineNo,
      start: BigInt(`0x${start}`),
      end: BigInt(`0x${end}`),
      perms: perms as string,
      offset: BigInt(`0x${offset}`),
      dev: dev as string,
      inode: BigInt(inode as string),
      path: path === '' ? null : unescapePath(path as string),
    };
  });

/** seq_file prints a newline in a path as \012 and a backslash as it is (mangle only "\n"). */
const unescapePath = (path: string): string => path.replaceAll('\\012', '\n');

/** Every line of a side file through `parse`; empty lines do not count. */
export function readLines<T>(bytes: Uint8Array, parse: (line: string, lineNo: number) => T | undefined): SideFile<T> {
  const rows: T[] = [];
  let misfit: SideFile<T>['misfit'];
  let misfits = 0;
  decodeLossless(bytes)
    .split('\n')
    .forEach((raw, i) => {
      const line = raw.endsWith('\r') ? raw.slice(0, -1) : raw;
      if (line === '') return;
      const row = parse(line, i + 1);
      if (row !== undefined) rows.push(row);
      else {
        misfits++;
        misfit ??= { lineNo: i + 1, text: line.slice(0, 120) };
      }
    });
  return { rows, misfit, misfits };
}
