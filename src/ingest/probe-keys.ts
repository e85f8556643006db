/**
 * Argument names of probe events, learned from their first lines: what only looks like a name inside a string (`x" y="`) is
 * not on every line.
 */
const LINES = 16;
const KEY = / ([A-Za-z_]\w*)=/g;

export class ProbeKeys {
  private readonly byName: (ReadonlySet<string> | undefined)[] = [];
  private readonly seen: number[] = [];

  /** undefined: not known yet. */
  of(nameId: number): ReadonlySet<string> | undefined {
    return this.byName[nameId];
  }

  /** Does another line of this event help? */
  wants(nameId: number): boolean {
    return (this.seen[nameId] ?? 0) < LINES;
  }

  learn(nameId: number, text: string): void {
    const keys = new Set(Array.from(text.matchAll(KEY), (match) => match[1] as string));
    const known = this.byName[nameId];
    this.byName[nameId] = known === undefined ? keys : new Set([...known].filter((key) => keys.has(key)));
    this.seen[nameId] = (this.seen[nameId] ?? 0) + 1;
  }
}
