import { type ImportedCapture, importFiles } from '../../app/import-files.js';
import { formatCount } from '../../base/format-time.js';
import { visible } from '../../base/visible.js';
import { safeJson } from '../format/json.js';
import { emit, type Io } from '../io.js';
import type { CommonOptions } from '../options.js';
import { progressWatch } from '../progress.js';
import { say } from '../session.js';

export interface ImportCommandOptions extends CommonOptions {
  readonly output: string;
  readonly append?: boolean;
  readonly label?: Readonly<Record<string, string>>;
}

export async function runImport(io: Io, files: readonly string[], options: ImportCommandOptions): Promise<void> {
  const watch = progressWatch(io, options.quiet === true);
  const imported = await importFiles(files, {
    output: options.output,
    append: options.append === true,
    labels: options.label ?? {},
    maps: options.maps ?? [],
    kallsyms: options.kallsyms,
    dmesg: options.dmesg,
    memoryLimit: options.memoryLimit,
    threads: options.threads,
    stdin: io.stdin,
    ...(watch === undefined ? {} : { watch }),
  });
  for (const capture of imported) {
    for (const remark of capture.remarks) say(io, options, `ftrail: ${visible(remark)}`);
  }
  if (options.format === 'json') {
    await emit(io.stdout, `${safeJson(imported.map(asRow), 2)}\n`);
    return;
  }
  for (const capture of imported) say(io, options, summary(capture));
  say(io, options, `written: ${visible(options.output)}`);
}

const asRow = (capture: ImportedCapture): Record<string, string | number> => ({
  capture_id: capture.captureId,
  name: capture.name,
  lines: capture.lines,
  events: capture.events,
  issues: capture.issues,
});

function summary({ name, captureId, lines, events, issues }: ImportedCapture): string {
  const doubts =
    issues === 0
      ? 'every line understood'
      : `${formatCount(issues)} lines or blocks not fully understood (see ftrail info)`;
  return `${visible(name)}: capture ${captureId}, ${formatCount(lines)} lines, ${formatCount(events)} events, ${doubts}`;
}
