import { describe, expect, it } from 'vitest';
import { storeOfTexts } from '../../support/store-of.js';
import { HEADER } from '../../support/trace-text.js';

const record = (i: number, body: string): string =>
  `            bash-4994    [001] .....  9992.${String(171030 + i)}: ${body}`;
const trace = (...bodies: string[]): string =>
  `${[...HEADER, ...bodies.map((body, i) => record(i, body))].join('\n')}\n`;

describe('relations of events', () => {
  it.each(['EVENT', 'event', 'event_row', 'select', 'TASK', 'sys.x', '0x1'])('may be named %s', async (name) => {
    const store = await storeOfTexts(trace(`${name}: a=1`, `${name}: a=2`));
    try {
      expect(await store.rows(`SELECT a, pid FROM ev."${name}" ORDER BY ts`)).toEqual([
        { a: 1, pid: 4994 },
        { a: 2, pid: 4994 },
      ]);
    } finally {
      store.close();
    }
  });

  it('are as many as there are names, though SQL does not tell case', async () => {
    const store = await storeOfTexts(trace('open: a=1', 'Open: b=2', 'SCHED_SWITCH: c=3'));
    try {
      expect(await store.rows('SELECT b FROM ev.Open')).toEqual([{ b: 2 }]);
      expect(await store.rows('SELECT a FROM ev.open_2')).toEqual([{ a: 1 }]);
      expect(await store.rows('SELECT c FROM ev.SCHED_SWITCH_2')).toEqual([{ c: 3 }]);
      expect(await store.rows('SELECT prev_pid FROM ev.sched_switch')).toEqual([]);
    } finally {
      store.close();
    }
  });
});

describe('counts in the text', () => {
  it('may be larger than any column', async () => {
    const nines = '9'.repeat(15);
    const section = trace('a: b=1').replace('6/6', `${nines}/${nines}`);
    const lost = `CPU:1 [LOST ${nines} EVENTS]\n`.repeat(10_000);
    const store = await storeOfTexts(
      section.repeat(40) + lost + trace('a: b=1'),
      `${trace('a: b=1')}CPU:1 [LOST ${nines}999999 EVENTS]\n`,
    );
    try {
      const [first, second] = await store.rows('SELECT lost_events FROM capture ORDER BY capture_id');
      expect(first).toEqual({ lost_events: '9223372036854775807' });
      expect(second).toEqual({ lost_events: 5 });
    } finally {
      store.close();
    }
  });
});
