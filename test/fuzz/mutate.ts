/** Real captures, damaged: bytes changed, lines moved, parts of two put together. */
import type { Random } from './random.js';

const NEWLINE = 0x0a;
/** Bytes that mean something to the importer. */
const TELLING = [...Buffer.from('\n\r\0 -:=[]()<>"\'#.,{}|/*0x19azN\xff', 'latin1')];
const WINDOW_LINES = 160;

/** The header of a capture and a stretch of its lines. */
export function excerpt(random: Random, capture: Buffer): Buffer {
  const lines = capture.toString('latin1').split('\n');
  const header = lines.findIndex((line) => !line.startsWith('#'));
  const from = header + random.below(Math.max(1, lines.length - header));
  const part = lines.slice(from, from + 1 + random.below(WINDOW_LINES));
  const top = random.chance(0.8) ? lines.slice(0, header) : [];
  return Buffer.from(`${[...top, ...part].join('\n')}\n`, 'latin1');
}

export function mutate(random: Random, input: Buffer): Buffer {
  let bytes: Buffer = Buffer.from(input);
  const times = 1 + random.small(8);
  for (let i = 0; i < times && bytes.length > 0; i++) bytes = once(random, bytes);
  return bytes;
}

/** A piece of one inside the other, at a line or anywhere. */
export function splice(random: Random, one: Buffer, other: Buffer): Buffer {
  const at = random.chance(0.7) ? lineStart(random, one) : random.below(one.length + 1);
  const from = random.chance(0.7) ? lineStart(random, other) : random.below(other.length + 1);
  const piece = other.subarray(from, from + 1 + random.below(4096));
  return Buffer.concat([one.subarray(0, at), piece, one.subarray(at)]);
}

function once(random: Random, bytes: Buffer): Buffer {
  const at = random.below(bytes.length);
  const byte = random.chance(0.7) ? random.pick(TELLING) : random.below(256);
  switch (random.below(7)) {
    case 0:
      bytes[at] = byte;
      return bytes;
    case 1:
      return Buffer.concat([bytes.subarray(0, at), Buffer.from([byte]), bytes.subarray(at)]);
    case 2:
      return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1 + random.small(200))]);
    case 3: {
      // A line once more, somewhere else.
      const start = lineStart(random, bytes);
      const end = bytes.indexOf(NEWLINE, start) + 1 || bytes.length;
      const to = lineStart(random, bytes);
      return Buffer.concat([bytes.subarray(0, to), bytes.subarray(start, end), bytes.subarray(to)]);
    }
    case 4: {
      const start = lineStart(random, bytes);
      const end = bytes.indexOf(NEWLINE, start) + 1 || bytes.length;
      return Buffer.concat([bytes.subarray(0, start), bytes.subarray(end)]);
    }
    case 5: {
      const run = Buffer.alloc(1 + random.small(3000), byte);
      return Buffer.concat([bytes.subarray(0, at), run, bytes.subarray(at)]);
    }
    default:
      return Buffer.from(bytes.subarray(0, at));
  }
}

function lineStart(random: Random, bytes: Buffer): number {
  const at = bytes.indexOf(NEWLINE, random.below(bytes.length + 1));
  return at < 0 ? 0 : at + 1;
}
