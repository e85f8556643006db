import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Analysis } from '../../src/analyses/analysis.js';
import { ANALYSES } from '../../src/analyses/registry.js';
import { deriveAll } from '../../src/app/derive.js';
import { Store } from '../../src/store/store.js';
import type { Column } from '../../src/trace/result.js';

const SQL_TYPES: Readonly<Record<Column['type'], readonly string[]>> = {
  text: ['VARCHAR'],
  integer: ['BIGINT'],
  number: ['DOUBLE'],
  boolean: ['BOOLEAN'],
};

describe('registry', () => {
  const folders = readdirSync('src/analyses', { withFileTypes: true }).filter((entry) => entry.isDirectory());

  it('lists every folder of src/analyses, under its own name', () => {
    expect(folders.map((folder) => folder.name).sort()).toEqual(ANALYSES.map((analysis) => analysis.id).sort());
  });

  it.each(ANALYSES.map((analysis) => [analysis.id, analysis] as const))('%s has its statement and its test', (id) => {
    expect(id).toMatch(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/);
    expect(existsSync(`src/analyses/${id}/${id}.sql`), `src/analyses/${id}/${id}.sql holds the statement`).toBe(true);
    expect(existsSync(`test/analyses/${id}.test.ts`), `test/analyses/${id}.test.ts shows a trace and its answer`).toBe(
      true,
    );
  });
});

describe('statements', () => {
  let store: Store;
  beforeAll(async () => {
    store = await Store.create();
    await deriveAll(store);
  });
  afterAll(() => store.close());

  it.each(ANALYSES.map((analysis) => [analysis.id, analysis] as const))(
    '%s gives the columns that it declares',
    async (_id, analysis) => {
      const statement = await store.connection.prepare(analysis.sql);
      const given = Array.from(
        { length: statement.columnCount },
        (_, i) => `${statement.columnName(i)} ${statement.columnType(i)}`,
      );
      const own = analysis.columns.map((column) => `${column.name} ${SQL_TYPES[column.type][0]}`);
      const declared = ['capture_id INTEGER', ...own];
      expect(given).toEqual(declared);
      const names = Array.from({ length: statement.parameterCount }, (_, i) => statement.parameterName(i + 1));
      expect([...new Set(names)].sort()).toEqual(analysis.params.map((param) => param.name).sort());
    },
  );

  it.each(ANALYSES.flatMap((analysis) => (analysis.parts === undefined ? [] : [[analysis.id, analysis] as const])))(
    'the parts of %s name its rows by columns that it has, and sum up to columns that it has',
    async (_id, { columns, params, parts }) => {
      const { keys, facets, measures, sql } = parts!;
      const statement = await store.connection.prepare(sql);
      const given = Array.from({ length: statement.columnCount }, (_, i) => statement.columnName(i));
      expect(given).toEqual([...keys, ...[...facets, ...measures].map((name) => `part_${name}`)]);
      const own = new Map(columns.map((column) => [column.name, column]));
      for (const name of keys) expect(own.has(name), name).toBe(true);
      for (const name of measures)
        expect(own.get(name)?.unit ?? own.get(name)?.type, name).toMatch(/^(count|ns|integer)$/);
      for (const name of facets) expect(name).toMatch(/^(.*_)?pid$|^cpu$|^ts$/);
      const names = Array.from({ length: statement.parameterCount }, (_, i) => statement.parameterName(i + 1));
      const known = [
        'origin',
        'stretch',
        ...params.filter(({ name, type }) => type === 'time' || name === 'pid').map(({ name }) => name),
      ];
      for (const name of names) expect(known).toContain(name);
    },
  );

  it.each(ANALYSES.map((analysis) => [analysis.id, analysis] as const))(
    '%s is one ordered statement and says what its columns mean',
    (_id, analysis: Analysis) => {
      expect(analysis.sql.trim()).not.toMatch(/;\s*\S/);
      expect(analysis.sql, 'capture by capture').toMatch(/^ORDER BY (?:\w+\.)?capture_id, .+$/m);
      expect(analysis.question).toMatch(/\?$/);
      for (const column of analysis.columns) expect(column.doc.length, column.name).toBeGreaterThan(1);
    },
  );
});

describe('model', () => {
  it('runs every file of SQL that it has', () => {
    const files = readdirSync('src/model')
      .filter((file) => file.endsWith('.sql'))
      .map((file) => file.replace('.sql', ''));
    const build = readFileSync('src/model/build.ts', 'utf8');
    for (const file of files) expect(build, `src/model/build.ts runs ${file}.sql`).toContain(`'${file}'`);
  });
});
