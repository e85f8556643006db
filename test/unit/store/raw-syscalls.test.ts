import { expect, it } from 'vitest';
import { storeOfTexts } from '../../support/store-of.js';
import { HEADER } from '../../support/trace-text.js';

const line = (i: number, pid: number, body: string): string =>
  `            bash-${pid}     [000] .....    54.00000${i}: ${body}`;
const TRACE = `${[
  ...HEADER,
  line(1, 416, 'sys_exit: NR 0 = 5'),
  line(2, 416, 'sys_enter: NR 3 (e, 1001a717b30, 0, 0, 0, 2008)'),
  line(3, 417, 'sys_enter: NR 142 (1, 2, 3, 4, 5, 6)'),
  line(4, 416, 'sys_exit: NR 3 = -9'),
  line(5, 416, 'sys_enter: NR -1 (0, 0, 0, 0, 0, 0)'),
].join('\n')}\n`;

it('raw_syscalls have the names of the architecture that is asked for, and none that is guessed', async () => {
  const store = await storeOfTexts(TRACE);
  const names = async (arch: string): Promise<unknown> =>
    (await store.rows(`SELECT name FROM raw_syscall('${arch}')`)).map(({ name }) => name);
  try {
    expect(await names('x86_64')).toEqual(['read', 'close', 'sched_setparam', null]);
    expect(await names('i386')).toEqual(['restart_syscall', 'read', 'select', null]);
    expect(await names('arm64')).toEqual(['io_setup', 'io_cancel', 'reboot', null]);
    expect(await names('arm')).toEqual(['restart_syscall', 'read', 'select', null]);
    expect(await names('?')).toEqual([null, null, null, null]);
    expect((await store.rows("SELECT ret, errno FROM raw_syscall('x86_64')")).map((row) => Object.values(row))).toEqual(
      [
        [5, null],
        [-9, 'EBADF'],
        [null, null],
        [null, null],
      ],
    );
    const [close] = await store.rows("SELECT pid, args[1] AS fd FROM raw_syscall('x86_64') WHERE name = 'close'");
    expect(close).toEqual({ pid: 416, fd: 14 });
  } finally {
    store.close();
  }
});
