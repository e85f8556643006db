/** Which links belong to one story: backwards to what brought a link about, forwards to what came of it. Pure. */
import type { TimelineLink } from '../../charts/timeline/timeline-data.js';

export interface Walk {
  /** Indexes of links, earliest first. */
  readonly causes: readonly number[];
  readonly effects: readonly number[];
}

/** Two links meet where one ends on the line on which the other begins. */
export function walkFrom(links: readonly TimelineLink[], start: number): Walk {
  const begins = indexBy(links, (link) => link.from_line);
  const ends = indexBy(links, (link) => link.to_line);
  const follow = (next: (link: TimelineLink) => readonly number[]): number[] => {
    const seen = new Set([start]);
    const queue = [start];
    for (let index = queue.pop(); index !== undefined; index = queue.pop()) {
      const link = links[index];
      if (link === undefined) continue;
      for (const other of next(link)) {
        if (seen.has(other)) continue;
        seen.add(other);
        queue.push(other);
      }
    }
    seen.delete(start);
    return [...seen].sort((a, b) => (links[a]?.from_line ?? 0) - (links[b]?.from_line ?? 0));
  };
  return {
    causes: follow((link) => ends.get(link.from_line) ?? []),
    effects: follow((link) => begins.get(link.to_line) ?? []),
  };
}

function indexBy(links: readonly TimelineLink[], lineOf: (link: TimelineLink) => number): Map<number, number[]> {
  const index = new Map<number, number[]>();
  links.forEach((link, at) => {
    const list = index.get(lineOf(link));
    if (list === undefined) index.set(lineOf(link), [at]);
    else list.push(at);
  });
  return index;
}
