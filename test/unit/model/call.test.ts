import { expect, it } from 'vitest';
import { derived } from '../../support/derived.js';

const SQL = `SELECT a.line_no AS entry, b.line_no AS return, c.function, c.depth, c.args, c.ret, c.dur, c.caller, p.line_no AS parent, c.errno, c.confidence
  FROM call c LEFT JOIN event a ON a.event_id = c.entry_event_id LEFT JOIN event b ON b.event_id = c.return_event_id
  LEFT JOIN event p ON p.event_id = c.parent_event_id ORDER BY coalesce(c.entry_event_id, c.return_event_id)`;

const line = (body: string, at: number, task = 'sh-7', cpu = 0): string =>
  `${task.padStart(16)} [00${cpu}] .....     1.${String(at).padStart(6, '0')}: ${body}\n`;
const enter = (at: number, name = 'p', args = ''): string => line(`${name}: (walk+0x0/0x90)${args}`, at);
const leave = (at: number, name = 'r', args = ''): string => line(`${name}: (top+0x10/0x20 <- walk)${args}`, at);

const calls = async (text: string): Promise<unknown[][]> =>
  (await derived(text, SQL)).map((row) => [row.entry, row.return, row.confidence]);

it('[call] a return closes the entry that was opened last, also of a function that calls itself', async () => {
  const rows = await derived(enter(1) + enter(2) + leave(5, 'r', ' ret=0') + leave(9, 'r', ' ret=-2'), SQL);
  expect(rows).toEqual([
    {
      entry: 1,
      return: 4,
      function: 'walk',
      depth: 0,
      args: null,
      ret: 'ret=-2',
      dur: 8000,
      caller: 'top+0x10/0x20',
      parent: null,
      errno: 'ENOENT',
      confidence: 'exact',
    }, // prettier-ignore
    {
      entry: 2,
      return: 3,
      function: 'walk',
      depth: 1,
      args: null,
      ret: 'ret=0',
      dur: 3000,
      caller: 'top+0x10/0x20',
      parent: 1,
      errno: null,
      confidence: 'exact',
    }, // prettier-ignore
  ]);
});

it('[call] several probes on one function are one call, with what each of them printed', async () => {
  const once = (at: number): string =>
    enter(at, 'a', ' x=1') +
    line('mid: (walk+0x30/0x90)', at + 1) +
    enter(at + 1, 'b', ' s="q ret=-1"') +
    leave(at + 9, 'r', ' arg1=0xfffffffffffffff3') +
    line("r2: ([unknown/kretprobe'd] <- walk) ret=-13", at + 9);
  const rows = await derived(once(100) + once(200), SQL);
  expect(rows.map((row) => [row.entry, row.return, row.args, row.caller, row.errno, row.confidence])).toEqual([
    [1, 4, 'x=1 s="q ret=-1"', 'top+0x10/0x20', 'EACCES', 'exact'],
    [6, 9, 'x=1 s="q ret=-1"', 'top+0x10/0x20', 'EACCES', 'exact'],
  ]);
});

it('[call] probes stay together where the capture begins between them', async () => {
  const text = enter(2, 'b') + enter(100, 'a') + enter(101, 'b') + enter(200, 'a') + enter(201, 'b');
  expect(await calls(text)).toEqual([
    [1, null, 'inferred'],
    [2, null, 'exact'],
    [4, null, 'exact'],
  ]);
});

it('[call] a return without an entry is kept, an entry without a return has no duration', async () => {
  const rows = await derived(leave(1) + enter(5) + leave(7) + enter(9), SQL);
  expect(rows.map((row) => [row.entry, row.return, row.dur, row.confidence])).toEqual([
    [null, 1, null, 'exact'],
    [2, 3, 2000, 'exact'],
    [4, null, null, 'exact'],
  ]);
});

it('[call] after a missed return pairs are inferred', async () => {
  expect(await calls(enter(1) + enter(5) + leave(7) + enter(9) + leave(11))).toEqual([
    [1, null, 'exact'],
    [2, 3, 'inferred'],
    [4, 5, 'inferred'],
  ]);
});

it('[call] names no return where a function that calls itself has missed one', async () => {
  const recursion = enter(1) + enter(2) + leave(3) + leave(4);
  expect((await calls(recursion + enter(11) + enter(12) + leave(13))).slice(2)).toEqual([
    [5, null, 'exact'],
    [6, null, 'inferred'],
    [null, 7, 'inferred'],
  ]);
});

it('[call] keeps the idle task of each CPU apart', async () => {
  const idle = (body: string, at: number, cpu: number): string => line(body, at, '<idle>-0', cpu);
  const text =
    idle('p: (walk+0x0/0x90)', 1, 0) +
    idle('p: (walk+0x0/0x90)', 2, 1) +
    idle('r: (top+0x10/0x20 <- walk)', 3, 0) +
    idle('r: (top+0x10/0x20 <- walk)', 4, 1);
  expect(await calls(text)).toEqual([
    [1, 3, 'exact'],
    [2, 4, 'exact'],
  ]);
});

it('[call] a hole of the capture between the two ends makes the call inferred', async () => {
  expect(await calls(`${enter(1)}CPU:0 [LOST 12 EVENTS]\n${leave(5)}${enter(6)}${leave(7)}`)).toEqual([
    [1, 3, 'inferred'],
    [4, 5, 'exact'],
  ]);
});

it('[call] a task that moves to another CPU in the middle of a call returns from the same call', async () => {
  const text = line('p: (walk+0x0/0x90)', 1, 'sh-7', 0) + line('p: (walk+0x0/0x90)', 2, 'ls-8', 0);
  expect(
    await calls(
      text + line('r: (top+0x10/0x20 <- walk)', 5, 'sh-7', 1) + line('r: (top+0x10/0x20 <- walk)', 6, 'ls-8', 0),
    ),
  ).toEqual([
    [1, 3, 'exact'],
    [2, 4, 'exact'],
  ]);
});

it('[call] what interrupts a task is no call inside the call that it interrupts', async () => {
  const at = (us: number, flags: string, body: string): string =>
    line(body, us).replace('.....', flags.padStart(5, '.'));
  const rows = await derived(
    at(1, '.....', 'p: (walk+0x0/0x90)') +
      at(2, '.....', 'q: (step+0x0/0x90)') +
      at(3, 'd.h1.', 'i: (tick+0x0/0x90)') +
      at(4, 'd.h1.', 'p: (walk+0x0/0x90)') +
      at(5, 'd.h1.', 'r: (tick+0x10/0x20 <- walk)') +
      at(6, 'd.h1.', 'ir: (irq+0x10/0x20 <- tick)') +
      at(7, '..s1.', 's: (poll+0x0/0x90)') +
      at(8, '..s1.', 'sr: (softirq+0x10/0x20 <- poll)') +
      at(9, '.....', 'qr: (walk+0x10/0x90 <- step)') +
      at(10, '.....', 'r: (top+0x10/0x20 <- walk)'),
    SQL,
  );
  expect(rows.map((row) => [row.function, row.entry, row.return, row.depth, row.parent, row.confidence])).toEqual([
    ['walk', 1, 10, 0, null, 'exact'],
    ['step', 2, 9, 1, 1, 'exact'],
    ['tick', 3, 6, 0, null, 'exact'],
    ['walk', 4, 5, 1, 3, 'exact'],
    ['poll', 7, 8, 0, null, 'exact'],
  ]);
});

it('[call] without the irq column nobody can tell a call inside from an interrupt', async () => {
  const bare = (
    enter(1) +
    line('q: (step+0x0/0x90)', 2) +
    line('qr: (walk+0x10/0x90 <- step)', 3) +
    leave(4)
  ).replaceAll(' ..... ', ' ');
  expect(await calls(bare)).toEqual([
    [1, 4, 'exact'],
    [2, 3, 'inferred'],
  ]);
});

it('[call] pairs nothing as exact where the kernel counted more records than the text holds', async () => {
  const header = (count: number): string =>
    `# tracer: nop\n#\n# entries-in-buffer/entries-written: ${count}/${count}   #P:2\n#\n`;
  const whole = enter(1) + leave(2) + enter(3) + leave(4);
  expect(await calls(header(4) + whole)).toEqual([
    [5, 6, 'exact'],
    [7, 8, 'exact'],
  ]);
  // The return of the first call and the entry of the second are gone: the pair that is left is none.
  expect(await calls(header(4) + enter(1) + leave(4))).toEqual([[5, 6, 'inferred']]);
});

it('[call] pairs nothing at all of a function that many lines are missing of', async () => {
  const header = '# tracer: nop\n#\n# entries-in-buffer/entries-written: 8/8   #P:2\n#\n';
  // Returns of the first and the third call are gone, and the entry of the fourth.
  expect(await calls(header + enter(1) + enter(3) + leave(4) + enter(5) + leave(8))).toEqual([
    [5, null, 'exact'],
    [6, null, 'inferred'],
    [null, 7, 'inferred'],
    [8, null, 'inferred'],
    [null, 9, 'inferred'],
  ]);
});

it('[call] a probe by a breakpoint shows NMI wherever it hits, and belongs to the other probes of its function', async () => {
  const once = (at: number): string =>
    enter(at, 'a', ' x=1') +
    line('off: (walk+0x5/0x90)', at + 1).replace('.....', '..Zff') +
    leave(at + 9, 'r', ' ret=0') +
    leave(at + 9, 'r2', ' ret_s=0');
  expect(await calls(once(10) + once(30))).toEqual([
    [1, 3, 'exact'],
    [5, 7, 'exact'],
  ]);
});

it('[call] the probe that stands behind the other end is the first of several, however long the pauses are', async () => {
  const once = (at: number): string => enter(at, 'a') + enter(at + 80, 'b') + leave(at + 90) + leave(at + 91, 'r2');
  expect(await calls(once(100) + once(200))).toEqual([
    [1, 3, 'exact'],
    [5, 7, 'exact'],
  ]);
});

it('[call] an error number is read from an int however the probe prints it, and from nothing else', async () => {
  const values = ['0xffffffea', '-22', '18446744073709551594', '0xffffffffffffffea', '4294967274', '-4096', '"-22"'];
  const text = values.map((value, i) => enter(10 * i) + leave(10 * i + 5, 'r', ` ret=${value}`)).join('');
  expect((await derived(text, SQL)).map((row) => row.errno)).toEqual([
    ...Array(4).fill('EINVAL'),
    ...Array(3).fill(null),
  ]);
});

it('[call] takes the caller from the stack where no return tells it', async () => {
  const stack = `${line('<stack trace>', 1)} => kprobe_dispatcher\n => walk\n => path_openat\n => do_filp_open\n`;
  const [row] = await derived(enter(1) + stack, SQL);
  expect(row?.caller).toBe('path_openat');
});

it('[call] event probes, probes on tracepoints and text that looks like a probe are no calls', async () => {
  const text =
    line('tpexec: (__probestub_sched_process_exec+0x4/0x10) pid=7', 1) +
    line('eopen: (syscalls.sys_enter_openat) file="/x"', 1) +
    line('tracing_mark_write: (walk+0x0/0x90) forged', 2) +
    line('note: (see below) a=1', 3);
  expect(await calls(text)).toEqual([]);
});
