// Writes a trace of a given size: a capture repeated with its clock moved on, so that time goes forward and pids are reused.

import { once } from 'node:events';
import { createWriteStream, readFileSync } from 'node:fs';

const STAMP = /^(.{16}-\d+ +\[\d+\] \S+ +)(\d+)(\.\d{6}: )/s;

export async function growTrace(source, target, megabytes) {
  const lines = readFileSync(source, 'latin1')
    .split('\n')
    .filter((line) => line !== '');
  const header = lines.filter((line) => line.startsWith('#') && !line.includes('entries-in-buffer'));
  const records = lines.filter((line) => !line.startsWith('#'));
  const file = createWriteStream(target);
  const limit = megabytes * 1e6;
  file.write(`${header.join('\n')}\n`);
  for (let written = 0, shift = 0; written < limit; ) {
    let last = 0;
    const block = records.map((line) => {
      const stamp = STAMP.exec(line);
      if (stamp === null) return line;
      last = Number(stamp[2]) + shift;
      return stamp[1] + String(last).padStart(stamp[2].length) + stamp[3] + line.slice(stamp[0].length);
    });
    const text = `${block.join('\n')}\n`;
    written += text.length;
    shift = last + 1;
    if (!file.write(text, 'latin1')) await once(file, 'drain');
  }
  file.end();
  await once(file, 'finish');
}
