import { numbered } from './numbered.js';

/** Vectors of softirq_raise, softirq_entry and softirq_exit (include/linux/interrupt.h, Linux 6.12; IRQ_POLL was BLOCK_IOPOLL before 4.5). */
export const SOFTIRQS: ReadonlyMap<number, string> = numbered(
  '0 HI TIMER NET_TX NET_RX BLOCK IRQ_POLL TASKLET SCHED HRTIMER RCU',
);

/** 3 -> `NET_RX`; undefined for a number that is no vector. */
export const softirqName = (vec: number): string | undefined => SOFTIRQS.get(vec);
