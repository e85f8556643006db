/** What every command does first: open the capture with its options, and close it in the end. */
import { type Capture, type OpenCaptureOptions, openCapture } from '../app/open-capture.js';
import { visible } from '../base/visible.js';
import type { Io } from './io.js';
import type { CommonOptions } from './options.js';
import { progressWatch } from './progress.js';

export async function withCapture<T>(
  io: Io,
  argument: string,
  options: CommonOptions & Pick<OpenCaptureOptions, 'name' | 'baseOnly' | 'writes' | 'folder'>,
  act: (capture: Capture) => Promise<T>,
): Promise<T> {
  const watch = progressWatch(io, options.quiet === true);
  const capture = await openCapture(argument, {
    stdin: io.stdin,
    memoryLimit: options.memoryLimit,
    threads: options.threads,
    name: options.name,
    writes: options.writes,
    folder: options.folder,
    baseOnly: options.baseOnly === true,
    capture: options.capture,
    maps: options.maps ?? [],
    kallsyms: options.kallsyms,
    dmesg: options.dmesg,
    onRemark: (text) => say(io, options, `ftrail: ${visible(text)}`),
    ...(watch === undefined ? {} : { watch }),
  });
  try {
    return await act(capture);
  } finally {
    capture.close();
  }
}

/** A line of talk; none of it is data. */
export function say(io: Io, options: { readonly quiet?: boolean }, text: string): void {
  if (options.quiet !== true) io.stderr.write(`${text}\n`);
}
