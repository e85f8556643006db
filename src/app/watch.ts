/** Work that takes a while, told to whoever shows it. */
export interface Work {
  readonly phase: 'read' | 'derive' | 'analyse' | 'write';
  /** What is worked on. */
  readonly name: string;
  /** What it is at right now, where the work has steps. They differ in length, so they give no time that is left. */
  steps?(): Steps | undefined;
  /** Bytes done of all; absent when it cannot be told. */
  progress?(): { readonly read: number; readonly size: number | null };
}

export interface Steps {
  /** The step that runs. */
  readonly name: string;
  /** How many are behind. */
  readonly done: number;
  readonly total: number;
}

/** Work in steps, told as they begin. A step may be waited for, so that whoever shows it gets a turn. */
export type OnStep = (step: Steps) => void | Promise<void>;

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

/** `watching` for work that names its steps as they begin. Between steps others get a turn: the line on a terminal is drawn. */
export function watchingSteps<T>(
  watch: Watch | undefined,
  work: Omit<Work, 'steps' | 'progress'>,
  act: (onStep: OnStep) => Promise<T>,
): Promise<T> {
  let current: Steps | undefined;
  return watching(watch, { ...work, steps: () => current }, () =>
    act((step) => {
      current = step;
      return watch === undefined ? undefined : new Promise<void>((resolve) => setImmediate(resolve));
    }),
  );
}
