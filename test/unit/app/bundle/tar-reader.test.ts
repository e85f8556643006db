import { describe, expect, it } from 'vitest';
import { readTar } from '../../../../src/app/bundle/tar-reader.js';
import { asyncOf, gather } from '../../../support/program.js';
import { paxField, type TarFile, tarOf } from '../../../support/tar.js';

interface Read {
  readonly entries: readonly { readonly name: string; readonly isFile: boolean; readonly text: string }[];
  readonly damage: string | undefined;
}

/** Everything in an archive that arrives in chunks of `step` bytes. */
async function read(archive: Uint8Array, step = archive.length || 1): Promise<Read> {
  const chunks: Uint8Array[] = [];
  for (let at = 0; at < archive.length; at += step) chunks.push(archive.subarray(at, at + step));
  const entries: { name: string; isFile: boolean; text: string }[] = [];
  let damage: string | undefined;
  for await (const { name, isFile, body } of readTar(asyncOf(chunks), (what) => {
    damage = what;
  })) {
    entries.push({ name, isFile, text: Buffer.concat(await gather(body)).toString() });
  }
  return { entries, damage };
}

const FILES: readonly TarFile[] = [
  { name: 'a', content: 'first' },
  { name: 'empty' },
  { name: 'b', content: 'x'.repeat(512) },
  { name: 'c', content: 'y'.repeat(1500), prefix: 'far/away' },
];

it.each([1, 7, 511, 512, 513, 100_000])('gives names and contents, in chunks of %i bytes', async (step) => {
  expect(await read(tarOf(FILES), step)).toEqual({
    entries: [
      { name: 'a', isFile: true, text: 'first' },
      { name: 'empty', isFile: true, text: '' },
      { name: 'b', isFile: true, text: 'x'.repeat(512) },
      { name: 'far/away/c', isFile: true, text: 'y'.repeat(1500) },
    ],
    damage: undefined,
  });
});

it('goes on to the next entry when a content is not read', async () => {
  const names: string[] = [];
  for await (const { name } of readTar(asyncOf([tarOf(FILES)]), () => undefined)) names.push(name);
  expect(names).toEqual(['a', 'empty', 'b', 'far/away/c']);
});

describe('names longer than the header', () => {
  const long = `deep/${'n'.repeat(300)}/trace`;

  it('of GNU', async () => {
    const archive = tarOf([
      { name: '././@LongLink', type: 'L', content: `${long}\0` },
      { name: 'n', content: 'text' },
      FILES[0] as TarFile,
    ]);
    expect((await read(archive)).entries.map(({ name }) => name)).toEqual([long, 'a']);
  });

  it('of POSIX, with a size', async () => {
    const archive = tarOf([
      { name: 'PaxHeader', type: 'x', content: paxField('path', long) + paxField('size', '4') },
      { name: 'n', content: 'text', size: '00000000000\0' },
      FILES[0] as TarFile,
    ]);
    expect((await read(archive)).entries).toEqual([
      { name: long, isFile: true, text: 'text' },
      { name: 'a', isFile: true, text: 'first' },
    ]);
  });
});

it('knows links, folders and devices as no files', async () => {
  const archive = tarOf([
    { name: 'link', type: '2', linkName: '/etc/passwd' },
    { name: 'hard', type: '1', linkName: '../../x' },
    { name: 'folder/', type: '5' },
    { name: 'device', type: '3' },
  ]);
  expect((await read(archive)).entries.map(({ isFile }) => isFile)).toEqual([false, false, false, false]);
});

describe('a hostile archive', () => {
  it.each([
    ['cut off in a header', tarOf(FILES).subarray(0, 100), 0, 'cut off'],
    ['cut off in a content', tarOf(FILES).subarray(0, 2048 + 100), 3, 'cut off'],
    ['with a header of gigabytes', tarOf([{ name: 'x', type: 'L', size: '77777777777\0' }]), 0, 'a header of'],
    ['with a size that is no number', tarOf([{ name: 'x', size: 'zzz' }]), 0, 'no number'],
    [
      'with a negative size',
      tarOf([{ name: 'x', size: '\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff' }]),
      0,
      'no number',
    ],
    [
      'with a size beyond all',
      tarOf([{ name: 'x', size: '\x80\x7f\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff' }]),
      0,
      'no number',
    ],
  ])('%s ends there', async (_, archive, entries, damage) => {
    const found = await read(archive);
    expect(found.entries).toHaveLength(entries);
    expect(found.damage).toContain(damage);
  });

  it('whose bytes were changed ends there', async () => {
    const archive = tarOf(FILES);
    archive[1024] = (archive[1024] as number) ^ 1;
    const found = await read(archive);
    expect(found.entries.map(({ name }) => name)).toEqual(['a']);
    expect(found.damage).toContain('checksum');
  });

  it('of random bytes never throws', async () => {
    let seed = 1;
    for (let round = 0; round < 300; round++) {
      const archive = tarOf(FILES);
      for (let i = 0; i < 5; i++) {
        seed = (seed * 48271) % 2147483647;
        archive[seed % archive.length] = seed & 255;
      }
      await read(archive, 1 + (seed % 600));
    }
  });
});
