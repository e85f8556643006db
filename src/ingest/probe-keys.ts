/**
 * Argument names of probe events, learned from their first lines: what only looks like a name inside a string (`x" y="`) is
 * not on every line.
 */
const LINES = 16;
/** From so many lines on, a name that was on all of them is taken for one of the probe. */
const SURE = 4;
const KEY = / ([A-Za-z_]\w*)=/g;

export interface KnownKeys {
  readonly names: ReadonlySet<string>;
  readonly sure: boolean;
}

export class ProbeKeys {
  private readonly byName: (KnownKeys | undefined)[] = [];
  private readonly seen: number[] = [];

  /** undefined: not known yet. */
  of(nameId: number): KnownKeys | undefined {
    return this.byName[nameId];
  }

  /** Does another line of this event help? */
  wants(nameId: number): boolean {
    return (this.seen[nameId] ?? 0) < LINES;
  }

  learn(nameId: number, text: string): void {
    const keys = new Set(Array.from(text.matchAll(KEY), (match) => match[1] as string));
    const known = this.byName[nameId]?.names;
    const seen = (this.seen[nameId] ?? 0) + 1;
    this.seen[nameId] = seen;
    const names = known === undefined ? keys : new Set([...known].filter((key) => keys.has(key)));
    this.byName[nameId] = { names, sure: seen >= SURE };
  }
}
