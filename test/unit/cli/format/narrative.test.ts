import { describe, expect, it } from 'vitest';
import { narrative } from '../../../../src/cli/format/narrative.js';
import type { Look } from '../../../../src/cli/format/types.js';
import type { Chain, Step } from '../../../../src/trace/result.js';

const PLAIN: Look = { clock: { unit: 'us' }, color: false, width: undefined };
const step = (fields: Partial<Step>): Step => ({
  ts: 9_992_171_040_000,
  event_id: 1,
  line_no: 7,
  pid: 4994,
  comm: 'bash',
  kind: 'send',
  text: 'bash 4994 sends SIGKILL to a.out 5441',
  confidence: 'exact',
  ...fields,
});
const CHAIN: Chain = {
  verdict: 'a.out 5441 was killed by SIGKILL from bash 4994.',
  steps: [
    step({}),
    step({
      ts: 9_992_171_197_000,
      line_no: 120,
      pid: 0,
      comm: '<idle>',
      kind: 'reap',
      text: 'reaped',
      confidence: 'inferred',
    }),
  ],
  gaps: [
    { text: 'where kill(2) was entered', reason: 'not_enabled' },
    { text: 'pid 5441 was used twice', reason: 'not_shown' },
  ],
};

describe('a chain as a story', () => {
  it('has the verdict, the steps with lines and doubts, and the gaps', () => {
    expect(narrative(CHAIN, PLAIN)).toBe(
      [
        'a.out 5441 was killed by SIGKILL from bash 4994.',
        '',
        '  9992.171040  line 7    bash 4994  send  bash 4994 sends SIGKILL to a.out 5441',
        '  9992.171197  line 120  <idle> 0   reap  reaped (inferred)',
        '',
        'What the capture does not show:',
        '  - where kill(2) was entered (not enabled: the capture has none)',
        '  - pid 5441 was used twice',
        '',
      ].join('\n'),
    );
  });

  it('stays within the terminal, words whole', () => {
    const text = narrative(CHAIN, { ...PLAIN, width: 75 });
    expect(text).toContain(`send  bash 4994 sends SIGKILL to a.out\n${' '.repeat(42)}5441\n`);
    for (const line of text.split('\n')) expect(line.length).toBeLessThanOrEqual(75);
  });

  it('has neither steps nor gaps when nothing is known', () => {
    expect(narrative({ verdict: 'Nothing is known.', steps: [], gaps: [] }, PLAIN)).toBe('Nothing is known.\n');
  });

  it('shows hostile text without its effect', () => {
    const hostile = '\u001b[2J\n';
    const steps = [step({ comm: hostile, kind: hostile, text: hostile })];
    const text = narrative({ verdict: hostile, steps, gaps: [{ text: hostile, reason: 'lost' }] }, PLAIN);
    expect(text).not.toContain('\u001b');
    expect(text.split('\n')).toHaveLength(7);
  });

  it('is coloured only when asked to', () => {
    expect(narrative(CHAIN, { ...PLAIN, color: true })).toContain('\u001b[1ma.out 5441');
  });

  it('lists the other lives that were meant perhaps, each with its options, and no more than ten', () => {
    const choice = (pid: number, life: number, lives: number) => ({
      task_id: pid,
      pid,
      life,
      lives,
      comm: 'evil\u001b[2J',
      line_no: 7,
      death: 'exited',
    });
    const choices = [choice(1, 2, 2), choice(1, 1, 2), ...Array.from({ length: 12 }, (_, i) => choice(10 + i, 1, 1))];
    const told = narrative({ ...CHAIN, choices }, PLAIN);
    expect(told).toContain(
      '14 tasks are named evil\\e[2J; this is pid 1, life 2, from line 7. The others:\n  --pid 1 --life 1: evil\\e[2J, from line 7, exited\n  --pid 10: evil',
    );
    expect(told).toContain('  and 3 more, see ftrail tasks\n');
    expect(told).not.toContain('--life 2');
    expect(narrative({ ...CHAIN, choices: choices.slice(0, 2) }, PLAIN)).toContain(
      'pid 1 has 2 lives in the capture; this is life 2, from line 7. The other:\n  --pid 1 --life 1: evil',
    );
  });
});
