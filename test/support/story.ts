/**
 * Records in short -> trace text. A line is `comm-pid body`, with `cpu/flags` before the body where they matter:
 *
 *   bash-10 sys_kill(pid: 14, sig: 9)
 *   <idle>-0 0/dNh2. signal_generate: ...
 *    => it_real_fn            a frame of the stack under the event above
 *   +5ms                      time passes; otherwise 10 us from line to line
 */
export function story(records: string): string {
  let ns = 1_000_000_000;
  let place = '';
  const lines: string[] = [];
  let counted = 0;
  for (const record of records.split('\n').filter((line) => line.trim() !== '')) {
    const pause = /^\s*\+(\d+)(us|ms)\s*$/.exec(record);
    if (pause !== null) {
      ns += Number(pause[1]) * (pause[2] === 'ms' ? 1_000_000 : 1000);
    } else if (/^\s+=> /.test(record)) {
      if (!(lines.at(-1) ?? '').startsWith(' => ')) {
        lines.push(`${place} ${stamp(ns)}: <stack trace>`);
        counted++;
      }
      lines.push(` ${record.trim()}`);
    } else {
      const parts = /^\s*(.*?)-(\d+) (?:(\d+)\/(\S+) )?(.*)$/.exec(record);
      if (parts === null) throw new Error(`no record: ${record}`);
      const [, comm, pid, cpu, flags, body] = parts;
      ns += 10_000;
      place = `${comm?.padStart(16)}-${pid?.padEnd(5)}   [${(cpu ?? '0').padStart(3, '0')}] ${flags ?? '.....'}`;
      lines.push(`${place} ${stamp(ns)}: ${body}`);
      counted++;
    }
  }
  return `# tracer: nop\n#\n# entries-in-buffer/entries-written: ${counted}/${counted}   #P:2\n#\n${lines.join('\n')}\n`;
}

const stamp = (ns: number): string => (ns / 1e9).toFixed(6).padStart(12);
