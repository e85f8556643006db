import { FILE_EVENTS } from './file.js';
import type { EventGrammar } from './grammar.js';
import { NET_EVENTS } from './net.js';
import { SCHED_EVENTS } from './sched.js';
import { SIGNAL_EVENTS } from './signal.js';
import { TASK_EVENTS } from './task.js';

export type { EventGrammar, FieldType } from './grammar.js';

/** Events whose text is known; every other event's columns are inferred from its lines. */
export const KNOWN_EVENTS: ReadonlyMap<string, EventGrammar> = new Map(
  [...SIGNAL_EVENTS, ...TASK_EVENTS, ...SCHED_EVENTS, ...FILE_EVENTS, ...NET_EVENTS].map((g) => [g.name, g]),
);
