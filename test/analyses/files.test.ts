import { expect, it } from 'vitest';
import { answer, KILLED } from '../support/blueprint.js';

it('[A] names the path that a probe printed inside the open, and the error of a failed one', async () => {
  const { csv, findings } = await answer('files', KILLED, { columns: ['pid', 'path', 'fd', 'errno', 'flags_text'] });
  expect(csv).toBe(
    'pid,path,fd,errno,flags_text\n20,/lib/libc.so.6,3,,O_RDONLY|O_CLOEXEC\n20,/etc/none,,ENOENT,O_RDONLY',
  );
  expect(findings.map((finding) => finding.text)).toEqual(['1 of 2 opens failed: /etc/none (ENOENT)']);
});

it('[A] shows a path that was cut off as cut off', async () => {
  const { rows } = await answer(
    'files',
    `
      irqbalance-1328  [005] .... 2773211.189573: myprobe: (do_filp_open+0x0/0x100) dfd=4294967295 pathname="/proc/interrupts"
            bash-15864 [004] .... 2773212.197525: myprobe: (do_filp_open+0x0/0x100) dfd=638259 pathname="/sys/kernel/debug/tracing/`,
  );
  expect(rows.map((row) => row.path)).toEqual([
    '/proc/interrupts',
    '/sys/kernel/debug/tracing/… (cut off in the capture)',
  ]);
});
