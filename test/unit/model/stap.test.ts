import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { ANALYSES } from '../../../src/analyses/registry.js';
import { runAnalysis } from '../../../src/analyses/run.js';
import { eventNames } from '../../../src/app/capture-info.js';
import type { AnalysisResult } from '../../../src/trace/result.js';
import { storeOfTexts } from '../../support/store-of.js';

const LOG = readFileSync('test/fixtures/seed/sigkill.stap.log');

async function ask(id: string, text: string | Buffer): Promise<AnalysisResult> {
  const store = await storeOfTexts(text);
  try {
    const analysis = ANALYSES.find((candidate) => candidate.id === id);
    if (analysis === undefined) throw new Error(id);
    return await runAnalysis((sql, values) => store.rows(sql, values), analysis, {}, await eventNames(store));
  } finally {
    store.close();
  }
}

it('[A] a SystemTap log of signals is a capture: each line one signal, time and delivery unknown', async () => {
  const { rows } = await ask('signals', LOG);
  expect(rows).toHaveLength(39);
  expect(rows[0]).toMatchObject({
    ts: null,
    signal: 'SIGCHLD',
    sender_pid: 15239,
    sender_comm: 'ps',
    target_pid: 15237,
    target_comm: 'sh',
    cause: 'unknown',
    result: null,
    line_no: 1,
    deliver_line_no: null,
  });
});

it('[A] a real-time signal has its name, and what ran in the idle task has no sender', async () => {
  const { rows } = await ask('signals', LOG);
  expect(rows.filter((row) => row.sender_pid === null)).toMatchObject([
    { signal: 'SIGRTMIN', target_pid: 11041, target_comm: 'wafd', sender_comm: null, line_no: 3 },
  ]);
});

it('[A] who signals whom, and the storm as one stretch', async () => {
  const pairs = await ask('signal-pairs', LOG);
  expect(pairs.rows.filter((row) => row.target_pid === 6750)).toHaveLength(9);
  const storms = await ask('storms', LOG);
  expect(storms.rows).toMatchObject([
    { ts: null, signals: 39, top_signal: 'SIGCHLD', top_sender: 'ps 15239', top_target: 'sh 15237' },
  ]);
});

it('[A] names may hold what looks like the rest of a line', async () => {
  const line =
    'sig[9] SIGKILL was sent to a (pid:1) by exec:b -->:2 uid:0 (pid:7) by exec:x -->:9  uid:1 -->:8 uid:0\n';
  const { rows } = await ask('signals', line);
  expect(rows).toMatchObject([{ signal: 'SIGKILL', target_pid: 7, sender_pid: 8 }]);
});
