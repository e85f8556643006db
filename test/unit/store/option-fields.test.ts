import { describe, expect, it } from 'vitest';
import { derived } from '../../support/derived.js';
import { HEADER } from '../../support/trace-text.js';

/** Linux 6.12, option fields: the record's own members, numbers as hex and signed decimal. */
const LINES = [
  '          mini-1-1069    [000] ...1.    42.811541: sys_enter_kill: __syscall_nr=0x3e (62) pid=0x42d (1069) sig=0x9 (9)',
  '          mini-1-1069    [000] d..1.    42.811564: signal_generate: sig=0x9 (9) errno=0x0 (0) code=0x0 (0) comm=mini-1 pid=0x42d (1069) group=0x1 (1) result=0x0 (0)',
  '          mini-1-1069    [000] ...1.    42.811575: sys_exit_kill: __syscall_nr=0x3e (62) ret=0x0 (0)',
  '          mini-1-1069    [000] d..1.    42.811631: signal_deliver: sig=0x9 (9) errno=0x0 (0) code=0x0 (0) sa_handler=0x0 (0) sa_flags=0x0 (0)',
  '          mini-1-1069    [000] d..2.    42.811700: sched_switch: prev_comm=mini-1 prev_pid=0x42d (1069) prev_prio=0x78 (120) prev_state=0x20 (32) next_comm=wl next_pid=0x42b (1067) next_prio=0xfffffffe (-2)',
  '              wl-1067    [000] d..2.    42.811900: sched_switch: prev_comm=wl prev_pid=0x42b (1067) prev_prio=0x78 (120) prev_state=0x100 (256) next_comm=x y next_pid=0x0 (0) next_prio=0x78 (120)',
  '              wl-1067    [000] d..1.    42.812000: signal_generate: sig=0xa (10) errno=0x0 (0) code=0xfffffffa (-6) comm=a pid=0x1 (1) group=0x1 (1) b pid=0x42d (1069) group=0x0 (0) result=0x1 (1)',
];
const fields = (sql: string) => derived(`${[...HEADER, ...LINES].join('\n')}\n`, sql);

describe('option fields', () => {
  it('gives events of known grammar their columns, whatever a comm says', async () => {
    expect(
      await fields('SELECT sig, code, target_comm, target_pid, grp, res FROM ev.signal_generate ORDER BY event_id'),
    ).toEqual([
      { sig: 9, code: 0, target_comm: 'mini-1', target_pid: 1069, grp: 1, res: 0 },
      { sig: 10, code: -6, target_comm: 'a pid=0x1 (1) group=0x1 (1) b', target_pid: 1069, grp: 0, res: 1 },
    ]);
    expect(await fields('SELECT sig, sa_handler FROM ev.signal_deliver')).toEqual([{ sig: 9, sa_handler: 0 }]);
  });

  it('spells the state of a task as the text does', async () => {
    expect(await fields('SELECT prev_state, next_comm, next_prio FROM ev.sched_switch ORDER BY event_id')).toEqual([
      { prev_state: 'Z', next_comm: 'wl', next_prio: -2 },
      { prev_state: 'R+', next_comm: 'x y', next_prio: 120 },
    ]);
  });

  it('feeds the model', async () => {
    expect(await fields('SELECT sender_pid, cause, result FROM signal WHERE sig = 9')).toEqual([
      { sender_pid: 1069, cause: 'kill', result: 'delivered' },
    ]);
  });
});
