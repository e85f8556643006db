/** Blocks are at least this long, so that bytes that arrive in small pieces are not read over and over. */
const BLOCK = 1 << 16;

/**
 * Bytes in any chunking -> blocks of whole lines. What the consumer has not used up of a block comes again at the front of
 * the next one, so that a record of many lines is never cut, and memory stays bounded by the longest record.
 */
export async function forEachBlock(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  /** `last`: nothing follows, the final line may lack its line break. Returns how many bytes are used up. */
  consume: (bytes: Buffer, last: boolean) => number,
): Promise<void> {
  let rest: Buffer = Buffer.alloc(0);
  let waiting: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of chunks) {
    waiting.push(chunk);
    length += chunk.length;
    if (length < BLOCK) continue;
    const bytes = join(rest, waiting);
    waiting = [];
    length = 0;
    rest = bytes.subarray(consume(bytes, false));
  }
  consume(join(rest, waiting), true);
}

/** A new buffer unless there is only one: consumers may keep views of a block. */
function join(rest: Buffer, chunks: readonly Uint8Array[]): Buffer {
  const [first] = chunks;
  if (rest.length === 0 && chunks.length === 1 && first !== undefined)
    return Buffer.from(first.buffer, first.byteOffset, first.length);
  return Buffer.concat([rest, ...chunks]);
}
