/** Work that takes a while, told to whoever shows it. */
export interface Work {
  readonly phase: 'read' | 'derive' | 'analyse' | 'write';
  /** What is worked on. */
  readonly name: string;
  /** What it is at right now, where the work has steps. */
  step?(): string | undefined;
  /** Bytes done of all; absent when it cannot be told. */
  progress?(): { readonly read: number; readonly size: number | null };
}

/** Called when work begins; calls what it returned when the work has ended. */
export type Watch = (work: Work) => () => void;

export async function watching<T>(watch: Watch | undefined, work: Work, act: () => Promise<T>): Promise<T> {
  const done = watch?.(work);
  try {
    return await act();
  } finally {
    done?.();
  }
}
