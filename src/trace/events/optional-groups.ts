/** Capture groups (from 0) that need not take part in a match: inside an optional group, or in one of several alternatives. */
export function optionalGroups(pattern: string): ReadonlySet<number> {
  const optional = new Set<number>();
  // Per open parenthesis: the captures that began since, and whether it has alternatives.
  const open: { first: number; alternatives: boolean }[] = [{ first: 0, alternatives: false }];
  let groups = 0;
  for (let i = 0; i < pattern.length; i++) {
    const char = pattern[i];
    if (char === '\\') i++;
    else if (char === '[') i = endOfClass(pattern, i);
    else if (char === '(') {
      const first = groups;
      if (pattern[i + 1] !== '?') groups++;
      open.push({ first, alternatives: false });
    } else if (char === '|') (open.at(-1) as { alternatives: boolean }).alternatives = true;
    else if (char === ')') {
      const group = open.pop() as { first: number; alternatives: boolean };
      const capture = pattern.startsWith('(?', startOf(pattern, i)) ? 0 : 1;
      if (pattern[i + 1] === '?' || pattern[i + 1] === '*') mark(optional, group.first, groups);
      // A group's own alternatives do not make the group itself optional.
      if (group.alternatives) mark(optional, group.first + capture, groups);
    }
  }
  if (open[0]?.alternatives === true) mark(optional, 0, groups);
  return optional;
}

function mark(set: Set<number>, from: number, to: number): void {
  for (let i = from; i < to; i++) set.add(i);
}

function endOfClass(pattern: string, start: number): number {
  let at = start + 1;
  while (at < pattern.length && pattern[at] !== ']') at += pattern[at] === '\\' ? 2 : 1;
  return at;
}

/** The parenthesis that the one at `end` closes. */
function startOf(pattern: string, end: number): number {
  const open: number[] = [];
  for (let i = 0; i < end; i++) {
    if (pattern[i] === '\\') i++;
    else if (pattern[i] === '[') i = endOfClass(pattern, i);
    else if (pattern[i] === '(') open.push(i);
    else if (pattern[i] === ')') open.pop();
  }
  return open.at(-1) ?? 0;
}
