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
  for await (const chunk of chunks) {
    if (chunk.length === 0) continue;
    const bytes =
      rest.length === 0 ? Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length) : Buffer.concat([rest, chunk]);
    rest = bytes.subarray(consume(bytes, false));
  }
  consume(rest, true);
}
