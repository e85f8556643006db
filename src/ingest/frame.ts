/**
 * One line of a stack block (kernel/trace/trace_output.c, trace_stack_print and trace_user_stack_print):
 *
 *    => vfs_read                                    kernel, default
 *    => ext4_file_read_iter+0x10/0x20 [ext4]        option sym-offset
 *    => vfs_read <ffffffff812a1b20>                 option sym-addr
 *    => 0xffffffffc0401234                          no symbol
 *    =>  <00007f2c8d4e1a37>                         user, default
 *    => /usr/lib/libc.so.6[+0x114a37] <7f...>       user, option sym-userobj
 *   => __schedule (ffffffff81a0)                    trace-cmd
 */
import type { Frame } from '../trace/record.js';

const KERNEL =
  /^(\[[^\]]+\]|[^\s<(]+?)?(?:\+0x([0-9a-f]+)\/0x([0-9a-f]+))?(?: \[([^\]]+)\])?(?: ?[<(]([0-9a-f]{8,16})[>)])?$/;
const USER = /^(?:(.*?)(?:\[\+0x([0-9a-f]+)\])?)(?: ?<([0-9a-f]{8,16})>)?$/;
const BARE_ADDRESS = /^0x([0-9a-f]{6,16})$/;

/** Start of the frame's text in a line, or -1 when the line is no frame. */
export function frameStart(bytes: Buffer, start: number, end: number): number {
  const at = bytes[start] === 0x20 ? start + 1 : start;
  if (at + 3 > end || bytes[at] !== 0x3d || bytes[at + 1] !== 0x3e || bytes[at + 2] !== 0x20) return -1;
  return at + 3;
}

/** Never fails: text that fits no form is kept whole as the symbol. */
export function parseFrame(text: string, space: 'kernel' | 'user'): Frame {
  const frame = { space, symbol: null, offset: null, size: null, module: null, address: null };
  if (space === 'user') {
    const m = USER.exec(text);
    if (m === null) return { ...frame, symbol: text };
    return {
      ...frame,
      symbol: m[1] === '' || m[1] === undefined ? null : m[1],
      offset: number(m[2]),
      address: number(m[3]),
    };
  }
  const bare = BARE_ADDRESS.exec(text);
  if (bare !== null) return { ...frame, address: number(bare[1]) };
  const m = KERNEL.exec(text);
  if (m === null) return { ...frame, symbol: text };
  return {
    ...frame,
    symbol: m[1] ?? null,
    offset: number(m[2]),
    size: number(m[3]),
    module: m[4] ?? null,
    address: number(m[5]),
  };
}

const number = (hex: string | undefined): bigint | null => (hex === undefined ? null : BigInt(`0x${hex}`));
