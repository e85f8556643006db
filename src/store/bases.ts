import type { Store } from './store.js';

/** Ids that a new capture starts from, so that several captures share one store. */
export interface Bases {
  readonly captureId: number;
  readonly eventId: bigint;
  readonly stackId: number;
  readonly commId: number;
  readonly flagsId: number;
  readonly nameId: number;
  readonly syscallId: number;
}

/** The ids that the next capture of this store starts from. */
export async function readBases(store: Store): Promise<Bases> {
  const [row] = await store.rows(`SELECT
    (SELECT coalesce(max(capture_id), 0) + 1 FROM capture) AS capture_id,
    (SELECT coalesce(max(event_id), 0) + 1 FROM event_row) AS event_id,
    (SELECT coalesce(max(stack_id), 0) + 1 FROM stack_frame) AS stack_id,
    (SELECT coalesce(max(comm_id), -1) + 1 FROM comm_dict) AS comm_id,
    (SELECT coalesce(max(flags_id), -1) + 1 FROM flags_dict) AS flags_id,
    (SELECT coalesce(max(name_id), -1) + 1 FROM name_dict) AS name_id,
    (SELECT coalesce(max(syscall_id), -1) + 1 FROM syscall_name) AS syscall_id`);
  const next = (key: string): number => Number(row?.[key]);
  return {
    captureId: next('capture_id'),
    eventId: BigInt(next('event_id')),
    stackId: next('stack_id'),
    commId: next('comm_id'),
    flagsId: next('flags_id'),
    nameId: next('name_id'),
    syscallId: next('syscall_id'),
  };
}
