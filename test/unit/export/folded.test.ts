import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { answerOf } from '../../support/answer-of.js';
import { exporting } from '../../support/export-of.js';
import { story } from '../../support/story.js';

/** As flamegraph.pl and speedscope read it: what stands before the last space is the stack. Throws on any other line. */
function folded(bytes: Buffer): Map<string, number> {
  const stacks = new Map<string, number>();
  const text = bytes.toString('utf8');
  if (!text.endsWith('\n')) throw new Error('the last line has no end');
  for (const line of text.slice(0, -1).split('\n')) {
    const parts = /^((?:[^;\p{Cc}]+;)*[^;\p{Cc}]+) (\d+)$/u.exec(line);
    if (parts === null) throw new Error(`no folded stack: ${line}`);
    if (stacks.has(parts[1] as string)) throw new Error(`twice: ${line}`);
    stacks.set(parts[1] as string, Number(parts[2]));
  }
  return stacks;
}

describe('folded', () => {
  it('has every stack of the capture, with the event as the innermost frame', async () => {
    const { to, store } = await exporting(readFileSync('samples/life-of-a-process/trace'));
    const stacks = folded((await to('folded')).bytes);
    const { rows } = await answerOf(store, 'stacks');
    expect(stacks).toEqual(
      new Map(rows.map((row) => [`${String(row.stack)};${String(row.event)}`, Number(row.count)])),
    );
    expect(stacks.size).toBe(5);
    store.close();
  });

  it('has those of one event alone', async () => {
    const { to, store } = await exporting(readFileSync('samples/life-of-a-process/trace'));
    const stacks = folded((await to('folded', { event: 'signal_deliver' })).bytes);
    expect([...stacks.values()].reduce((a, b) => a + b)).toBe(3);
    expect([...stacks.keys()].every((stack) => stack.endsWith(';trace_event_raw_event_signal_deliver'))).toBe(true);
    await expect(to('folded', { event: 'sys_exit_kill' })).rejects.toThrow('no stack of sys_exit_kill');
    store.close();
  });

  it('keeps a name with a separator in it one frame', async () => {
    const { to, store } = await exporting(
      story(`
        cat-7 signal_generate: sig=9 errno=0 code=0 comm=x pid=14 grp=1 res=0
         => inner
         => evil;frame 12
         => outer`),
    );
    const [stack] = folded((await to('folded', { event: 'signal_generate' })).bytes).keys();
    expect(stack?.split(';')).toHaveLength(3);
    store.close();
  });

  it('says that there are none', async () => {
    const { to, store } = await exporting(story('cat-7 tracing_mark_write: x'));
    await expect(to('folded')).rejects.toThrow('the capture has no stacks');
    store.close();
  });
});
