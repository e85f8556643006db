import { describe, expect, it } from 'vitest';
import { Pseudonyms } from '../../../../src/report/redact/pseudonyms.js';
import { redactLine } from '../../../../src/report/redact/redact-line.js';
import { redactReport } from '../../../../src/report/redact/redact-report.js';
import { sentenceRedactor } from '../../../../src/report/redact/redact-sentence.js';
import { redactNumbers } from '../../../../src/report/redact/redact-words.js';
import { seedReport } from '../../../support/report-input.js';
import { SEED_LINES } from '../../../support/seed-lines.js';

const EVENTS = new Set([
  'signal_generate',
  'signal_deliver',
  'sys_clone',
  'do_sy_open',
  'kfree_skb',
  'inet_sock_set_state',
  'tracing_mark_write',
  'do_sys_open',
  'sched_switch',
]);
const redact = (line: string): string => redactLine(line, new Pseudonyms(), EVENTS);

describe('a sentence of ours', () => {
  it('loses addresses, bare or with 0x, and network names; the same one has the same stand-in', () => {
    const names = new Pseudonyms();
    const told = redactNumbers('freed at ffffffff818bcae2, mapped at 0x7fa13419a000, from 10.0.0.8, line 4711', names);
    expect(told).toBe('freed at aaaaaaaaaaaaaaa1, mapped at 0xaaaaaaaaaaa2, from ip1, line 4711');
    expect(redactNumbers(told, names)).toBe(told);
    expect(redactNumbers('ffffffff818bcae2 12345678 -1 ffffffffffffffea', names)).toBe(
      'aaaaaaaaaaaaaaa1 12345678 -1 ffffffffffffffea',
    );
  });
});

describe('a line of the trace', () => {
  it.each([
    [
      '           a.out-5441    [002] .....12  9992.171118: signal_generate: sig=17 errno=0 code=2 comm=my shell pid=4994 grp=1 res=0',
      '           comm1-5441    [002] .....12  9992.171118: signal_generate: sig=17 errno=0 code=2 comm=comm2 pid=4994 grp=1 res=0',
    ],
    [
      '           a.out-5441    [006] ....1..  9978.188348: do_sy_open: (do_sys_open+0x0/0x260) arg1="/srv/anna/secret file.txt"',
      '           comm1-5441    [006] ....1..  9978.188348: do_sy_open: (do_sys_open+0x0/0x260) arg1="/p1/p2/p3"',
    ],
    [
      '              wl-157     [001] ..s1.     8.526864: kfree_skb: skbaddr=000000003b113aae protocol=2048 location=ffffffff81a2b3c4 reason: NO_SOCKET',
      '           comm1-157     [001] ..s1.     8.526864: kfree_skb: skbaddr=000000003b113aae protocol=2048 location=aaaaaaaaaaaaaaa1 reason: NO_SOCKET'
        .replace('000000003b113aae', 'aaaaaaaaaaaaaaa1')
        .replace('location=aaaaaaaaaaaaaaa1', 'location=aaaaaaaaaaaaaaa2'),
    ],
    [
      '             nc-9      [000] .....     1.000001: inet_sock_set_state: saddr=192.168.7.1 daddr=10.0.0.8 saddrv6=::ffff:192.168.7.1 oldstate=TCP_CLOSE dport=80',
      '          comm1-9      [000] .....     1.000001: inet_sock_set_state: saddr=ip1 daddr=ip2 saddrv6=ip3 oldstate=TCP_CLOSE dport=80',
    ],
    [
      '           app-1       [000] .....     1.000001: tracing_mark_write: login of anna from 1.2.3.4: ok',
      '         comm1-1       [000] .....     1.000001: tracing_mark_write: marker1',
    ],
    [
      '        x [001] y-12    [000] d..2.     1.000001: sched_switch: prev_comm=x [001] y prev_pid=12 prev_prio=120 prev_state=S ==> next_comm=bash next_pid=7 next_prio=120',
      '            comm1-12    [000] d..2.     1.000001: sched_switch: prev_comm=comm1 prev_pid=12 prev_prio=120 prev_state=S ==> next_comm=comm2 next_pid=7 next_prio=120',
    ],
    [' => __x64_sys_kill', ' => __x64_sys_kill'],
    ['   a b c-1153      1...1. 24426us+: sys_clone -> 0x2', '   comm1-1153      1...1. 24426us+: sys_clone -> 0x2'],
    ['    bash-112       1...1.    3: sys_clone -> 0x1', '   comm1-112       1...1.    3: sys_clone -> 0x1'],
    ['# tracer: function_graph', '# tracer: function_graph'],
    [
      '#           TASK-PID     CPU#  |||||||  TIMESTAMP  FUNCTION',
      '#           TASK-PID     CPU#  |||||||  TIMESTAMP  FUNCTION',
    ],
    [
      '#                              | / _----=> need-resched',
      '#                              | / _----=> need-resched',
    ],
    [
      '#    | task: my shell-4994 (uid:0 nice:0 policy:0 rt_prio:0)',
      '#    | task: comm1-4994 (uid:0 nice:0 policy:0 rt_prio:0)',
    ],
    ['# wakeup latency trace v1.1.5 on 6.1.0-acme', '# wakeup latency trace v1.1.5 on 6.1.0-w1'],
    ['# buffer of anna', '# buffer of w1'],
    [' =>  <00007f1234567890>', ' =>  <aaaaaaaaaaaaaaa1>'],
    [' => /srv/anna/a.out[+0x1234]', ' => /p1/p2/p3[+0x1234]'],
    ['# entries-in-buffer/entries-written: 21/21   #P:8', '# entries-in-buffer/entries-written: 21/21   #P:8'],
    ['free text of somebody', 'w1 w2 w3 w4'],
  ])('%s', (line, redacted) => {
    expect(redact(line)).toBe(redacted);
  });

  it('keeps every number that orders the story: pid, cpu, time', () => {
    for (const line of SEED_LINES) {
      const columns = /-(\d+ .*?\d:)/.exec(line)?.[1];
      if (columns !== undefined) expect(redact(line)).toContain(columns);
    }
  });
});

describe('a sentence', () => {
  const say = sentenceRedactor(
    { comms: ['bash', 'a.out', 'a', 'kill', 'my bash'], paths: ['/lib64/libc.so.6', 'passwd'] },
    new Pseudonyms(),
  );
  it.each([
    [
      'a.out 5441 was killed by SIGKILL sent by bash 4994 with kill(2)',
      'comm1 5441 was killed by SIGKILL sent by comm2 4994 with kill(2)',
    ],
    ['kill 7 opens passwd, then /lib64/libc.so.6', 'comm3 7 opens p1, then /p2/p3'],
    ['a 9 is my bash 8', 'comm4 9 is comm5 8'],
    ['bashful, abash and passwds stay', 'bashful, abash and passwds stay'],
  ])('%s', (text, redacted) => {
    expect(say(text)).toBe(redacted);
  });
});

describe('a report', () => {
  const words = { comms: ['bash', 'a.out'], paths: ['/lib64/libc.so.6'], harmless: [...EVENTS] };
  it('holds none of the originals, and joins as before', () => {
    const seed = seedReport();
    const redacted = redactReport(seed, words);
    const text = JSON.stringify(redacted);
    for (const original of ['bash', 'a.out', 'libc', '7fef041e8000', '55f326ddedc0', 'life-of-a-process']) {
      expect(text).not.toContain(original);
    }
    const comms = redacted.timeline.tasks.map((task) => task.comm);
    expect(redacted.results[0]?.rows.map((row) => row.comm)).toEqual(comms);
    expect(redacted.evidence[24 - 12]?.text).toContain(`comm=${comms[1]}`);
    expect(redacted.verdicts[0]?.text).toContain(
      `${comms[1]} 5441 was killed by SIGKILL (9), sent by ${comms[0]} 4994`,
    );
  });
  it('is redacted the same way each time', () => {
    expect(redactReport(seedReport(), words)).toEqual(redactReport(seedReport(), words));
  });
});
