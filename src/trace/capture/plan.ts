/** What a capture has to record to answer a purpose: the words in which src/trace/capture/purposes.ts describes it. */

export const PURPOSE_NAMES = ['life', 'signals', 'files', 'packets', 'calls', 'sched'] as const;
export type PurposeName = (typeof PURPOSE_NAMES)[number];

export interface PlannedEvent {
  /** As below events/ of tracefs: system/event, or a system alone for all of its events. */
  readonly event: string;
  /** Write the kernel stack of each one: it tells who acted, and in what. */
  readonly stack?: boolean;
  /** Also of tasks that a choice of tasks leaves out: somebody else sends the signal or waits. */
  readonly everybody?: boolean;
}

/** One way to see something by a probe on a kernel function. */
export interface PlannedProbe {
  /** Name of the function. */
  readonly symbol: string;
  /** Arguments as kprobe_events takes them; @1 stands for the first argument of the function on any machine. */
  readonly args: string;
}

export interface PlannedProbes {
  /** Name of the event. */
  readonly name: string;
  /** The first that the kernel takes is the one. */
  readonly ways: readonly PlannedProbe[];
  /** What the return prints, when it is probed too. */
  readonly returns?: string;
}

/** An option of the tracer, from a version of the kernel on. */
export interface PlannedOption {
  readonly name: string;
  readonly value: '0' | '1';
  readonly since?: readonly [major: number, minor: number];
}

export interface Purpose {
  readonly name: PurposeName;
  /** Completes "to answer ...". */
  readonly answers: string;
  readonly events: readonly PlannedEvent[];
  /** System calls by the kernel's name, enter and exit; 'all' for every one. */
  readonly syscalls: 'all' | readonly string[];
  /** System calls that are recorded of everybody. */
  readonly everybodysSyscalls: readonly string[];
  readonly probes: readonly PlannedProbes[];
  readonly options: readonly PlannedOption[];
  /** Whether a choice of tasks narrows what is recorded: packets pass in the context of any task. */
  readonly byTask: boolean;
  /** Size of the buffer of each CPU. */
  readonly bufferMb: number;
}
