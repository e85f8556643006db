/**
 * Which event a stack block belongs to. The stack is a record of its own, written right after its event by the same task on
 * the same CPU (kernel/trace/trace.c, ftrace_trace_stack); lines of other CPUs may stand between, and an interrupt may
 * have recorded events in between. So: the latest event of that CPU and pid in the same context (task, softirq, hardirq),
 * when it has no stack of that kind yet. Anything else is an orphan: its event was not recorded or has been lost.
 */
const DEPTH = 4;
/** Interrupt-context characters from outer to inner. */
const RANK = ['', '.', 's', 'h', 'H', 'z', 'Z'];

export class RecentEvent {
  ordinal = -1;
  pid = -1;
  nameId = -1;
  flagsId = -1;
  /** Text of the stack blocks attached so far. */
  kernelStack: string | null = null;
  userStack: string | null = null;
}

export class RecentEvents {
  private readonly rings: (RecentEvent[] | undefined)[] = [];
  private readonly irqOf: (flagsId: number) => string;

  /** `irqOf` gives the interrupt-context character of flags, '' when they have none. */
  constructor(irqOf: (flagsId: number) => string) {
    this.irqOf = irqOf;
  }

  add(cpu: number, ordinal: number, pid: number, nameId: number, flagsId: number): void {
    let ring = this.rings[cpu + 1];
    if (ring === undefined) this.rings[cpu + 1] = ring = Array.from({ length: DEPTH }, () => new RecentEvent());
    // The ring is reused from the back, so that the import allocates nothing per event.
    const event = ring[DEPTH - 1] as RecentEvent;
    for (let i = DEPTH - 1; i > 0; i--) ring[i] = ring[i - 1] as RecentEvent;
    ring[0] = event;
    event.ordinal = ordinal;
    event.pid = pid;
    event.nameId = nameId;
    event.flagsId = flagsId;
    event.kernelStack = null;
    event.userStack = null;
  }

  match(cpu: number, pid: number, flagsId: number, space: 'kernel' | 'user'): RecentEvent | undefined {
    const irq = this.irqOf(flagsId);
    for (const event of this.rings[cpu + 1] ?? this.rings[0] ?? []) {
      // A function_graph line need not show its task.
      if (event.pid !== pid && event.pid >= 0 && pid >= 0) return undefined;
      const eventIrq = this.irqOf(event.flagsId);
      if (eventIrq !== irq && eventIrq !== '' && irq !== '') {
        if (RANK.indexOf(eventIrq) > RANK.indexOf(irq)) continue;
        return undefined;
      }
      return (space === 'kernel' ? event.kernelStack : event.userStack) === null ? event : undefined;
    }
    return undefined;
  }
}
