import type { Issue } from '../trace/record.js';

/** Issues by code: the first line that showed it, and how many did. */
export class IssueLog {
  private readonly byCode = new Map<string, Issue>();

  add(code: string, lineNo: number, text: string): void {
    const known = this.byCode.get(code);
    if (known === undefined) this.byCode.set(code, { code, lineNo, text, count: 1 });
    else known.count++;
  }

  list(): Issue[] {
    return [...this.byCode.values()];
  }
}
