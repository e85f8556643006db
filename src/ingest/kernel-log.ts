/**
 * A saved kernel log, as dmesg, /dev/kmsg readers, serial consoles and journalctl -k print it:
 *
 *   [  123.456789] text                      dmesg
 *   [  123.456789][ T1234] text              with the caller (CONFIG_PRINTK_CALLER), also [C1]
 *   <6>[  123.456789] text                   dmesg -r
 *   kern  :info  : [  123.456789] text       dmesg -x
 *   [  123.456789] host kernel: text         journalctl -k -o short-monotonic
 *   [Sat Nov 21 00:20:38 2026] text          dmesg -T: wall time made from the boot time, drifts; not comparable
 *
 * printk stamps with local_clock() (kernel/printk/printk.c), which is ftrace's clock `local` too.
 */
import type { KernelLogLine } from '../trace/side-file.js';
import { readLines, type SideFile } from './proc-maps.js';

const LINE =
  /^(?:<(\d{1,3})>|\w+ *:(\w+) *: )?\[ *(?:(\d{1,10})\.(\d{6})|([A-Z][a-z]{2} [A-Z][a-z]{2} +\d{1,2} [\d:]{8} \d{4})) *\](?:\[ *([TC]\d+)\])? ?(?:\S+ kernel: )?(.*)$/s;

const LEVELS = ['emerg', 'alert', 'crit', 'err', 'warn', 'notice', 'info', 'debug'];

export const readKernelLog = (bytes: Uint8Array): SideFile<KernelLogLine> =>
  readLines(bytes, (line, lineNo) => {
    const found = LINE.exec(line);
    if (found === null) return undefined;
    const [, priority, name, seconds, micros, , caller, text] = found;
    return {
      lineNo,
      ts: seconds === undefined ? null : BigInt(seconds) * 1_000_000_000n + BigInt(micros as string) * 1000n,
      level: name ?? (priority === undefined ? null : (LEVELS[Number(priority) & 7] as string)),
      caller: caller ?? null,
      text: text as string,
    };
  });
