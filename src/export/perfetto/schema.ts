/** Field numbers of the few messages that are written: protos/perfetto/trace of Perfetto, which never gives a number a second meaning. */
export const TRACE = { packet: 1 } as const;

export const PACKET = {
  ftraceEvents: 1,
  timestamp: 8,
  sequenceId: 10,
  trackEvent: 11,
  internedData: 12,
  sequenceFlags: 13,
  trackDescriptor: 60,
} as const;

export const SEQUENCE = { stateCleared: 1, needsState: 2 } as const;

export const INTERNED = { categories: 1, names: 2, argNames: 3, argValues: 29 } as const;
/** EventCategory, EventName and DebugAnnotationName: the text; InternedString has bytes in the same place. */
export const ENTRY = { iid: 1, text: 2 } as const;

export const TRACK = { uuid: 1, name: 2, process: 3, thread: 4, parent: 5, ordering: 11, rank: 12 } as const;
export const PROCESS = { pid: 1, name: 6 } as const;
export const THREAD = { pid: 1, tid: 2, name: 5 } as const;

export const EVENT = {
  categoryIids: 3,
  annotations: 4,
  type: 9,
  nameIid: 10,
  track: 11,
  name: 23,
  flows: 47,
  endingFlows: 48,
} as const;
export const TYPE = { sliceBegin: 1, sliceEnd: 2, instant: 3 } as const;
export const ARG = { nameIid: 1, uint: 3, int: 4, text: 6, textIid: 17 } as const;

export const BUNDLE = { cpu: 1, event: 2 } as const;
export const FTRACE = { timestamp: 1, pid: 2, flags: 5, schedSwitch: 4, schedWaking: 20 } as const;
export const SWITCH = {
  prevComm: 1,
  prevPid: 2,
  prevPrio: 3,
  prevState: 4,
  nextComm: 5,
  nextPid: 6,
  nextPrio: 7,
} as const;
export const WAKING = { comm: 1, pid: 2, prio: 3, success: 4, targetCpu: 5 } as const;
