import { expect, it } from 'vitest';
import { derived } from '../../support/derived.js';

const SQL = `SELECT a.line_no AS entry, b.line_no AS return, c.function, c.depth, c.args, c.ret, c.dur, c.caller, p.line_no AS parent, c.errno, c.confidence
  FROM call c LEFT JOIN event a ON a.event_id = c.entry_event_id LEFT JOIN event b ON b.event_id = c.return_event_id
  LEFT JOIN event p ON p.event_id = c.parent_event_id ORDER BY coalesce(c.entry_event_id, c.return_event_id)`;

it('[graph] function_graph gives calls with the depth that it prints', async () => {
  const rows = await derived(
    `# tracer: function_graph
#
# CPU  DURATION                  FUNCTION CALLS
# |     |   |                     |   |   |   |
 0)   0.500 us    |        }
 ------------------------------------------
 0)    bash-113    =>   mini-0-381
 ------------------------------------------

 0)               |  outer() {
 0)   2.000 us    |    leaf();
 0)   9.000 us    |  }
 0)               |  cut() {
`,
    SQL,
  );
  expect(rows.map((row) => [row.entry, row.return, row.function, row.depth, row.dur, row.parent])).toEqual([
    [null, 5, null, 3, 500, null],
    [10, 12, 'outer', 0, 9000, null],
    [11, 11, 'leaf', 1, 2000, 10],
    [13, null, 'cut', 0, null, null],
  ]);
});

const GRAPH =
  '# tracer: function_graph\n#\n# CPU  DURATION                  FUNCTION CALLS\n# |     |   |                     |   |   |   |\n';
const NESTED = `SELECT c.function, c.depth, p.function AS parent, c.context, c.pid, c.args, c.ret, c.errno, c.caller
  FROM call c LEFT JOIN call p ON p.entry_event_id = c.parent_event_id ORDER BY coalesce(c.entry_event_id, c.return_event_id)`;
const OWNER = ` ------------------------------------------
 0)    bash-113    =>   mini-0-381
 ------------------------------------------

`;
const nested = async (body: string): Promise<unknown[][]> =>
  (await derived(GRAPH + body, NESTED)).map((row) => [row.function, row.depth, row.parent, row.context]);

it('[graph] an interrupt that function_graph prints inside a function is no call of that function', async () => {
  expect(
    await nested(`${OWNER} 0)               |  open() {
 0)   0.860 us    |    irq_enter_rcu();
 0)               |    __sysvec_apic_timer_interrupt() {
 0)   1.000 us    |      tick();
 0)   2.000 us    |    }
 0)               |    irq_exit_rcu() {
 0)               |      handle_softirqs() {
 0)   3.000 us    |        timers();
 0)   4.000 us    |      }
 0)   5.000 us    |    }
 0)   6.000 us    |    close();
 0)   9.000 us    |  }
`),
  ).toEqual([
    ['open', 0, null, null],
    ['irq_enter_rcu', 0, null, 'hardirq'],
    ['__sysvec_apic_timer_interrupt', 0, null, 'hardirq'],
    ['tick', 1, '__sysvec_apic_timer_interrupt', 'hardirq'],
    ['irq_exit_rcu', 0, null, 'hardirq'],
    ['handle_softirqs', 0, null, 'softirq'],
    ['timers', 1, 'handle_softirqs', 'softirq'],
    ['close', 1, 'open', null],
  ]);
});

it('[graph] an arrow says where an interrupt begins and ends', async () => {
  expect(
    await nested(` 0)               |  open() {
 0)   ==========> |
 0)               |    smp_apic_timer_interrupt() {
 0)   1.000 us    |      tick();
 1)   1.000 us    |  elsewhere();
 0)   2.000 us    |    }
 0)   <========== |
 0)   6.000 us    |    close();
 0)   9.000 us    |  }
 ------------------------------------------
 0)    bash-113    =>   mini-0-381
 ------------------------------------------

 1)   6.000 us    |  other();
 ------------------------------------------
 1)      sh-7      =>   mini-1-382
 ------------------------------------------

`),
  ).toEqual([
    ['open', 0, null, null],
    ['smp_apic_timer_interrupt', 0, null, 'hardirq'],
    ['tick', 1, 'smp_apic_timer_interrupt', 'hardirq'],
    ['elsewhere', 0, null, null],
    ['close', 1, 'open', null],
    ['other', 0, null, null],
  ]);
});

it('[graph] function_graph: a task that is switched away in a call returns from it when it runs again', async () => {
  const between = (from: string, to: string): string =>
    ` ------------------------------------------\n 0)  ${from}  =>  ${to}\n ------------------------------------------\n\n`;
  const text = ` 0)               |  schedule() {
${between('bash-113', 'mini-0-381')} 0)               |  read() {
 0)   2.000 us    |    pipe_read();
${between('mini-0-381', 'bash-113')} 0) # 7.000 us    |  }
 0)   1.000 us    |  write();
${between('bash-113', 'mini-0-381')} 0)   9.000 us    |  }
`;
  const rows = await derived(GRAPH + text, SQL);
  expect(rows.map((row) => [row.function, row.entry, row.return, row.depth, row.dur])).toEqual([
    ['schedule', 5, 16, 0, 7000],
    ['read', 10, 22, 0, 9000],
    ['pipe_read', 11, 11, 1, 2000],
    ['write', 17, 17, 0, 1000],
  ]);
});

it('[graph] function_graph: arguments, callers and return values stand beside the call, with and without its name at the end', async () => {
  const rows = await derived(
    `${GRAPH}${OWNER} 0)               |  outer(fd=0x3, name="a) {") { /* <-ksys_read+0x1f/0x40 */
 0)   1.000 us    |    leaf(x=0x1); /* <-outer+0x5/0x20 ret=-2 */
 0)   2.000 us    |    bare(); /* = 0xfffffffffffffff3 */
 0)               |    named() {
 0)   2.000 us    |    } /* named = -22 */
 0)   9.000 us    |  } /* ret=0x10 */
`,
    NESTED,
  );
  expect(rows.map((row) => [row.function, row.args, row.ret, row.errno, row.caller])).toEqual([
    ['outer', 'fd=0x3, name="a) {"', '0x10', null, 'ksys_read+0x1f/0x40'],
    ['leaf', 'x=0x1', '-2', 'ENOENT', 'outer+0x5/0x20'],
    ['bare', null, '0xfffffffffffffff3', 'EACCES', 'outer'],
    ['named', null, '-22', 'EINVAL', 'outer'],
  ]);
});
