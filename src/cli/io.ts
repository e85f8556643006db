/** The terminal, or whatever stands in for it. */
export type Out = NodeJS.WritableStream & {
  readonly isTTY?: boolean;
  readonly columns?: number;
  readonly destroyed?: boolean;
};

export interface Io {
  readonly stdin: AsyncIterable<Uint8Array>;
  /** Data. */
  readonly stdout: Out;
  /** Talk and progress. */
  readonly stderr: Out;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** The reader has gone (`| head`): no fault of anybody, and no reason to go on. */
export class ReaderGone extends Error {}

/** Writes, and waits while the reader is slow, so that memory stays flat. */
export async function emit(out: Out, text: string): Promise<void> {
  if (out.destroyed === true) throw new ReaderGone();
  if (out.write(text)) return;
  await new Promise<void>((resolve, reject) => {
    const settle = (act: () => void) => () => {
      out.off('drain', onDrain);
      out.off('error', onGone);
      out.off('close', onGone);
      act();
    };
    const onDrain = settle(resolve);
    const onGone = settle(() => reject(new ReaderGone()));
    out.once('drain', onDrain);
    out.once('error', onGone);
    out.once('close', onGone);
  });
}
