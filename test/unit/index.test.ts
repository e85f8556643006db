import { createReadStream } from 'node:fs';
import { expect, it } from 'vitest';
import {
  analyses,
  deriveAll,
  eventNames,
  explain,
  importTrace,
  openCapture,
  runAnalysis,
  Store,
} from '../../src/index.js';
import { scratch } from '../support/scratch.js';
import { EVENTS, TRACE } from '../support/trace-text.js';

it('a program can do what the command line does', async () => {
  const path = scratch().file('trace.txt', TRACE);
  const heard: string[] = [];
  const capture = await openCapture(path, {
    watch: ({ phase, name }) => {
      heard.push(`${phase} ${name}`);
      return () => heard.push(`${phase} done`);
    },
  });
  try {
    const deaths = analyses.find(({ id }) => id === 'deaths');
    if (deaths === undefined) throw new Error('no such analysis');
    const { store } = capture;
    const result = await runAnalysis((sql, values) => store.rows(sql, values), deaths, {}, await eventNames(store));
    expect(result).toMatchObject({ status: 'ok', rows: [{ pid: 5441, death: 'killed', signal: 'SIGKILL' }] });
    expect((await explain(store, { pid: 5441 })).verdict).toContain('SIGKILL');
  } finally {
    capture.close();
  }
  expect(heard[0]).toMatch(/^read .*trace\.txt$/);
  expect(heard.filter((text) => text.endsWith('done'))).toEqual(['read done', 'derive done']);
});

it('a program can fill a store of its own', async () => {
  const store = await Store.create();
  try {
    const chunks = createReadStream(scratch().file('t', TRACE));
    const { captureId, account } = await importTrace(store, { name: 't', chunks });
    expect({ captureId, events: account.events }).toEqual({ captureId: 1, events: EVENTS });
    await deriveAll(store);
    expect(await store.rows('SELECT sig FROM ev.signal_generate')).toEqual([{ sig: 9 }]);
  } finally {
    store.close();
  }
});
