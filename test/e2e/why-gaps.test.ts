import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { runCli } from '../support/cli.js';
import { scratch } from '../support/scratch.js';

const SAMPLE = readFileSync('samples/life-of-a-process/trace', 'latin1').split('\n');
const SENT = SAMPLE.findIndex((line) => line.includes('sys_kill(pid: 7e'));
const DELIVERED = SAMPLE.findIndex((line) => line.includes('signal_deliver: sig=9'));
const REAPED = SAMPLE.findIndex((line) => line.endsWith('sys_wait4 -> 0x7e'));

/** Lines of the sample as a file whose header counts what is there. */
function capture(lines: readonly string[]): string {
  const records = lines.filter((line) => /^.{16}-\d+ +\[\d+\] /.test(line)).length;
  const text = lines.join('\n').replace(/written: \d+\/\d+/, `written: ${records}/${records}`);
  return scratch().file('trace', Buffer.from(text, 'latin1'));
}

async function gaps(path: string, pid: number): Promise<string> {
  const { code, stdout, stderr } = await runCli(['why', path, '--pid', String(pid)]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return stdout.slice(stdout.indexOf('What the capture does not show:'));
}

describe('why says what stands in the place of a link that is missing', () => {
  it('an event that was not enabled', async () => {
    expect(await gaps('samples/life-of-a-process/trace', 126)).toBe(
      'What the capture does not show:\n' +
        '  - the moment of the exit itself (sched_process_exit) of a.out 126 is not in the capture (not enabled: the capture has none)\n',
    );
  });

  it('what happened before the capture began', async () => {
    expect(await gaps('samples/life-of-a-process/trace', 122)).toBe(
      'What the capture does not show:\n  - the fork of bash 122 is not in the capture (before the capture began)\n',
    );
  });

  it('what happened after the capture ended', async () => {
    const path = capture([...SAMPLE.slice(0, REAPED), '']);
    expect(await gaps(path, 126)).toContain(
      '  - no wait is known to have reaped a.out 126 (after the capture ended)\n',
    );
  });

  it('records that the kernel lost: on which CPU and when', async () => {
    const stack = SAMPLE.findIndex(
      (line, at) => at > DELIVERED && line.includes('a.out-126') && line.endsWith('<stack trace>'),
    );
    const path = capture(
      SAMPLE.flatMap((line, at) =>
        at === DELIVERED ? [] : at < stack || at > stack + 6 ? [line] : at === stack ? ['CPU:0 [LOST 2 EVENTS]'] : [],
      ),
    );
    expect(await gaps(path, 126)).toContain(
      `  - which signal_generate killed a.out 126 is not shown; CPU 0 lost 2 events before line ${stack}, after 4.050899 and before 4.060205 (lost)\n`,
    );
  });

  it('a 32-bit system call, which the kernel does not trace', async () => {
    const path = capture(
      SAMPLE.filter((line, at) => at !== SENT && !line.endsWith('sys_kill -> 0x0')).map((line) =>
        line === ' => __x64_sys_kill' ? ' => __ia32_sys_kill\n => do_int80_syscall_32' : line,
      ),
    );
    expect(await gaps(path, 126)).toContain(
      `  - the enter of the kill that sent SIGKILL (line ${SENT + 1}) is not in the capture; it was a 32-bit call, which the kernel does not trace`,
    );
  });
});
