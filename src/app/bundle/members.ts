/** What a file in an archive is, told from its name: the last part, and the folder that it is in. */

export type Member =
  | { readonly role: 'trace' | 'others' | 'kallsyms' | 'dmesg' | 'facts' | 'missing' }
  | { readonly role: 'maps'; readonly pid: number }
  | { readonly role: 'stats'; readonly cpu: number; readonly others: boolean };

const ENDING = String.raw`(?:\.txt|\.log)?(?:\.gz|\.zst)?$`;
const SINGLE: readonly (readonly [RegExp, Exclude<Member['role'], 'maps' | 'stats'>])[] = [
  [new RegExp(`^trace${ENDING}`), 'trace'],
  [new RegExp(`^trace[.]others${ENDING}`), 'others'],
  [new RegExp(`^kallsyms${ENDING}`), 'kallsyms'],
  [new RegExp(`^dmesg${ENDING}`), 'dmesg'],
  [/^ftrail-capture$/, 'facts'],
  [/^missing$/, 'missing'],
];

export function memberOf(path: string): Member | undefined {
  const parts = path.split('/').filter((part) => part !== '' && part !== '.');
  const name = parts.at(-1) ?? '';
  const folder = parts.at(-2) ?? '';
  const single = SINGLE.find(([pattern]) => pattern.test(name));
  if (single !== undefined) return { role: single[1] };
  const pid = /^maps$/.test(folder) ? /^(\d{1,10})$/.exec(name) : /^maps[._-](\d{1,10})(?:\.txt)?$/.exec(name);
  if (pid !== null) return { role: 'maps', pid: Number(pid[1]) };
  const cpu = /^stats(\.others)?$/.test(folder) ? /^cpu(\d{1,5})$/.exec(name) : null;
  if (cpu !== null) return { role: 'stats', cpu: Number(cpu[1]), others: folder !== 'stats' };
  return undefined;
}
