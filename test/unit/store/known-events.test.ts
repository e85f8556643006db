import { describe, expect, it } from 'vitest';
import { Store } from '../../../src/store/store.js';
import { KNOWN_EVENTS } from '../../../src/trace/events/index.js';
import { derived } from '../../support/derived.js';
import { HEADER } from '../../support/trace-text.js';

const line = (body: string, i = 0): string => `            bash-416     [000] .....    54.00000${i}: ${body}`;
const query = (lines: readonly string[], sql: string) => derived(`${[...HEADER, ...lines].join('\n')}\n`, sql);

describe('known events', () => {
  it('have patterns that the store can run', async () => {
    const store = await Store.create();
    try {
      for (const known of KNOWN_EVENTS.values()) {
        for (const { pattern } of [known, ...known.variants]) {
          await store.rows(`SELECT regexp_matches('', $pattern) AS fits`, { pattern: `(?s)^(?:${pattern})$` });
        }
      }
    } finally {
      store.close();
    }
  });

  it('are read in every form that a capture shows', async () => {
    expect(
      await query(
        [line('sched_switch: a:b:1 [120] D|K ==> swapper/0:0 [120]')],
        'SELECT prev_comm, prev_pid, prev_state, next_comm, next_prio FROM ev.sched_switch',
      ),
    ).toEqual([{ prev_comm: 'a:b', prev_pid: 1, prev_state: 'D|K', next_comm: 'swapper/0', next_prio: 120 }]);
  });

  it('keep their columns, and get those of a probe that took their name', async () => {
    const rows = await query(
      [line('irq_handler_entry: (handle_irq+0x0/0x10) irq=7 name="x y" extra=0x1f')],
      'SELECT irq, handler, location, extra FROM ev.irq_handler_entry',
    );
    expect(rows).toEqual([{ irq: 7, handler: null, location: 'handle_irq+0x0/0x10', extra: 31 }]);
  });

  it('have the columns of the record where option fields prints what no grammar says', async () => {
    const rows = await query(
      [line('tick_stop: success=0x1 (1) dependency=0x0 (0)'), line("sched_x: c='a'(97) d=(7) e=0xffffffff (-1)", 1)],
      'SELECT t.success, x.c, x.d, x.e FROM ev.tick_stop t, ev.sched_x x',
    );
    expect(rows).toEqual([{ success: 1, c: 97, d: 7, e: -1 }]);
  });
});

describe('function_graph', () => {
  const GRAPH = [
    '# tracer: function_graph',
    '#',
    '# CPU  DURATION                  FUNCTION CALLS',
    ' 0)               |  do_sys_open(dfd=0x3) {',
    ' 0)   0.382 us    |    getname(); /* <-do_sys_open+0x1/0x2 ret=-14 */',
    ' 0) + 11.702 us   |  } /* do_sys_open ret=0x10 */',
  ];

  it('gives calls their depth, duration, arguments and result', async () => {
    const text = `${GRAPH.join('\n')}\n`;
    expect(
      await derived(text, 'SELECT depth, dur, func, func_args, parent FROM ev.funcgraph_entry ORDER BY event_id'),
    ).toEqual([
      { depth: 0, dur: null, func: 'do_sys_open', func_args: 'dfd=0x3', parent: null },
      { depth: 1, dur: 382, func: 'getname', func_args: '', parent: 'do_sys_open+0x1/0x2' },
    ]);
    expect(
      await derived(text, 'SELECT depth, dur, leaf, func, retval, ts FROM ev.funcgraph_exit ORDER BY event_id'),
    ).toEqual([
      { depth: 1, dur: 382, leaf: 'getname', func: null, retval: '-14', ts: null },
      { depth: 0, dur: 11702, leaf: null, func: 'do_sys_open', retval: '0x10', ts: null },
    ]);
  });

  it('gives lines the task that a later switch names', async () => {
    const rule = ' ------------------------------------------';
    const text = [
      ...GRAPH,
      rule,
      ' 0)    bash-113    =>   mini-0-273  ',
      rule,
      '',
      ' 0)   1.000 us    |  f();',
      '',
    ].join('\n');
    expect(await derived(text, 'SELECT DISTINCT pid, comm FROM event ORDER BY pid')).toEqual([
      { pid: 113, comm: 'bash' },
      { pid: 273, comm: 'mini-0' },
    ]);
  });
});
