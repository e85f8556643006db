import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openTarget, writeError } from '../../../src/app/target.js';
import { keepTrack, removeTemporaries } from '../../../src/app/temporaries.js';
import { scratch } from '../../support/scratch.js';

/** Above the largest pid that Linux can give (PID_MAX_LIMIT, include/linux/threads.h). */
const NOBODY = 4_194_305;

describe('an output file', () => {
  it('is old until it is whole and new', () => {
    const folder = scratch();
    const path = folder.file('out', 'old');
    const target = openTarget(path);
    writeFileSync(target.temporary, 'new');
    expect(readFileSync(path, 'utf8')).toBe('old');
    target.commit();
    target.close();
    expect(readFileSync(path, 'utf8')).toBe('new');
    expect(folder.names()).toEqual(['out']);
  });

  it('is left alone when the work is given up', () => {
    const folder = scratch();
    const target = openTarget(folder.at('out'));
    writeFileSync(target.temporary, 'half');
    writeFileSync(`${target.temporary}.wal`, 'half');
    target.close();
    expect(folder.names()).toEqual([]);
  });

  it('belongs to one run at a time', () => {
    const folder = scratch();
    const first = openTarget(folder.at('out'));
    expect(() => openTarget(folder.at('out'))).toThrow(`is being written by process ${process.pid} on ${hostname()}`);
    const other = openTarget(folder.at('other'));
    other.close();
    first.close();
    openTarget(folder.at('out')).close();
    expect(folder.names()).toEqual([]);
  });

  it('is taken over from a run that was killed, not from another machine', () => {
    const folder = scratch();
    const lock = folder.file('.out.lock', `${NOBODY} ${hostname()}\n`);
    for (const name of ['.out.7-0123abcd.ftrail-tmp', '.out.7-0123abcd.ftrail-tmp.wal']) folder.file(name, 'half');
    openTarget(folder.at('out')).close();
    expect(folder.names()).toEqual([]);
    folder.file('.other.7-0123abcd.ftrail-tmp', 'of another file');
    openTarget(folder.at('out')).close();
    expect(folder.names()).toEqual(['.other.7-0123abcd.ftrail-tmp']);
    folder.file('.out.lock', `${NOBODY} elsewhere\n`);
    expect(() => openTarget(folder.at('out'))).toThrow(`process ${NOBODY} on elsewhere`);
    expect(existsSync(lock)).toBe(true);
  });

  it('cannot be a folder, nor in a folder that is not there', () => {
    const folder = scratch();
    expect(() => openTarget(folder.folder)).toThrow('is a folder');
    expect(() => openTarget(join(folder.folder, 'no', 'out'))).toThrow('does not exist');
    expect(() => openTarget(join(folder.file('file', ''), 'out'))).toThrow('is no folder');
  });

  it.each([
    ['EACCES', 'no permission to write'],
    ['EROFS', 'is read-only'],
    ['ENOSPC', 'no space left'],
    ['EIO', 'it broke'],
  ])('says what %s means', (code, text) => {
    const error = writeError('/a/b', Object.assign(new Error('it broke'), { code }));
    expect(error).toMatchObject({ kind: 'output' });
    expect(error.message).toContain(text);
  });
});

it('temporary files go when the process is told to end', () => {
  const folder = scratch();
  keepTrack(folder.file('a', ''));
  keepTrack(folder.file('b', ''));
  folder.file('b.wal', '');
  folder.file('c', '');
  removeTemporaries();
  expect(folder.names()).toEqual(['c']);
});
