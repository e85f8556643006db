import { DuckDBInstance } from '@duckdb/node-api';
import { expect, it } from 'vitest';
import { Store } from '../../../src/store/store.js';
import { scratch } from '../../support/scratch.js';

it('a view in a store from a stranger cannot read other files', async () => {
  const folder = scratch();
  const secret = folder.file('secret', 'not yours');
  const path = folder.at('s.duckdb');
  (await Store.create(path)).close();
  const instance = await DuckDBInstance.create(path);
  const connection = await instance.connect();
  await connection.run(`CREATE VIEW leak AS FROM read_text('${secret}')`);
  connection.closeSync();
  instance.closeSync();
  for (const writable of [false, true]) {
    const store = await Store.open(path, { writable });
    try {
      await expect(store.rows('FROM leak')).rejects.toThrow('disabled by configuration');
      await expect(store.rows("COPY meta TO 'x.csv'")).rejects.toThrow('disabled by configuration');
    } finally {
      store.close();
    }
  }
});
