import { gzipSync } from 'node:zlib';

export interface TarFile {
  readonly name: string;
  readonly content?: string | Uint8Array;
  /** '0' a file, '2' a symbolic link, '5' a folder ... */
  readonly type?: string;
  readonly linkName?: string;
  readonly prefix?: string;
  /** What the header says, where it is not the length of the content. */
  readonly size?: string;
}

/** An archive as POSIX tar writes it, without the end mark when `open`. */
export function tarOf(files: readonly TarFile[], open = false): Buffer {
  const blocks = files.flatMap((file) => {
    const content = Buffer.from(file.content ?? '');
    return [header(file, content.length), content, Buffer.alloc((512 - (content.length % 512)) % 512)];
  });
  return Buffer.concat([...blocks, ...(open ? [] : [Buffer.alloc(1024)])]);
}

export const tarGzOf = (files: readonly TarFile[]): Buffer => gzipSync(tarOf(files));

function header({ name, type = '0', linkName = '', prefix = '', size }: TarFile, length: number): Buffer {
  const block = Buffer.alloc(512);
  block.write(name, 0, 100);
  block.write('0000644\0', 100);
  block.write(size ?? `${length.toString(8).padStart(11, '0')}\0`, 124, 12, 'latin1');
  block.write('        ', 148);
  block.write(type, 156);
  block.write(linkName, 157, 100);
  block.write('ustar\0' + '00', 257, 'latin1');
  block.write(prefix, 345, 155);
  const sum = block.reduce((all, byte) => all + byte, 0);
  block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
  return block;
}

/** "27 path=some/long/name\n": the length counts itself. */
export function paxField(key: string, value: string): string {
  const rest = ` ${key}=${value}\n`;
  let length = rest.length;
  while (`${length}${rest}`.length !== length) length = `${length}${rest}`.length;
  return `${length}${rest}`;
}
