/** What the ring buffer of each CPU says that it lost, beyond what the header of the trace counts. */
import type { Store } from './store.js';

export interface CpuLoss {
  readonly cpu: number;
  /** Overwritten by newer records. */
  readonly overrun: bigint;
  /** Lost to interrupts while a record was being written. */
  readonly commitOverrun: bigint;
  /** Not written, because the buffer was full. */
  readonly dropped: bigint;
}

/**
 * Overwritten records are in the header's counts, where it has them. Records dropped by a full buffer are missing behind the
 * last one of their CPU, records lost to interrupts anywhere in it.
 */
export async function writeCpuLosses(store: Store, captureId: number, losses: readonly CpuLoss[]): Promise<void> {
  const found = losses.filter((loss) => loss.overrun + loss.commitOverrun + loss.dropped > 0n);
  if (found.length === 0) return;
  const rows = found.map(
    ({ cpu, overrun, commitOverrun, dropped }) => `(${cpu}, ${overrun}, ${commitOverrun}, ${dropped})`,
  );
  await store.run(`CREATE OR REPLACE TEMP TABLE cpu_loss AS
    SELECT v.cpu, v.overrun::BIGINT AS overrun, v.commit_overrun::BIGINT AS commit_overrun, v.dropped::BIGINT AS dropped,
      c.capture_id, c.entries_written IS NULL AS uncounted
    FROM (VALUES ${rows.join(', ')}) AS v(cpu, overrun, commit_overrun, dropped)
    JOIN capture c ON c.capture_id = ${captureId}`);
  await store.run(`INSERT INTO loss
    SELECT capture_id, 'overwritten', cpu, 1, NULL,
      (SELECT min(known_ts(ts)) FROM event_row e WHERE e.capture_id = l.capture_id AND e.cpu = l.cpu), overrun
    FROM cpu_loss l WHERE uncounted AND overrun > 0
    UNION ALL
    SELECT capture_id, 'lost', cpu, 1, NULL, NULL, commit_overrun FROM cpu_loss WHERE commit_overrun > 0
    UNION ALL
    SELECT capture_id, 'lost', cpu, coalesce((SELECT max(line_no) FROM event_row e WHERE e.capture_id = l.capture_id AND e.cpu = l.cpu), 1),
      (SELECT max(known_ts(ts)) FROM event_row e WHERE e.capture_id = l.capture_id AND e.cpu = l.cpu), NULL, dropped
    FROM cpu_loss l WHERE dropped > 0`);
  await store.run(`UPDATE capture SET lost_events = lost_events
      + (SELECT sum(commit_overrun + dropped + CASE WHEN uncounted THEN overrun ELSE 0 END)::BIGINT FROM cpu_loss)
    WHERE capture_id = ${captureId}`);
  await store.run('DROP TABLE cpu_loss');
}
