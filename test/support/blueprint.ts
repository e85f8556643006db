import Papa from 'papaparse';
import { ANALYSES } from '../../src/analyses/registry.js';
import { type ParamValues, runAnalysis } from '../../src/analyses/run.js';
import { eventNames } from '../../src/app/capture-info.js';
import type { AnalysisResult } from '../../src/trace/result.js';
import { storeOfTexts } from './store-of.js';

/** A few records as the kernel prints them -> what an analysis answers. Rows as CSV of the columns named. */
export async function answer(
  id: string,
  records: string,
  { params = {}, columns }: { params?: ParamValues; columns?: readonly string[] } = {},
): Promise<AnalysisResult & { csv: string }> {
  const analysis = ANALYSES.find((candidate) => candidate.id === id);
  if (analysis === undefined) throw new Error(`no analysis ${id}`);
  const lines = records
    .replace(/^\n/, '')
    .split('\n')
    .filter((line) => line.trim() !== '');
  const count = lines.filter((line) => !line.startsWith(' =>')).length;
  const header = `# tracer: nop\n#\n# entries-in-buffer/entries-written: ${count}/${count}   #P:2\n#\n`;
  const store = await storeOfTexts(`${header}${lines.join('\n')}\n`);
  try {
    const read = (sql: string, values: Parameters<typeof store.rows>[1]) => store.rows(sql, values);
    const result = await runAnalysis(read, analysis, params, await eventNames(store));
    const fields = [...(columns ?? result.columns.map((column) => column.name))];
    const csv = Papa.unparse(
      { fields, data: result.rows.map((row) => fields.map((name) => row[name] ?? '')) },
      { newline: '\n' },
    );
    return { ...result, csv };
  } finally {
    store.close();
  }
}

/** bash 10 forks, kills and reaps a.out 20; the smallest story with every step in it. */
export const KILLED = `
            bash-10      [000] .....     1.000000: sys_clone(clone_flags: 1200011, newsp: 0, parent_tidptr: 0, child_tidptr: 7f10, tls: 0)
            bash-10      [000] .....     1.000010: sys_clone -> 0x14
           a.out-20      [001] .....     1.000020: sys_clone -> 0x0
           a.out-20      [001] .....     1.000030: sys_execve(filename: 55f0, argv: 55f1, envp: 55f2)
           a.out-20      [001] .....     1.000090: sys_execve -> 0x0
           a.out-20      [001] .....     1.000100: sys_openat(dfd: ffffff9c, filename: 7f20, flags: 80000, mode: 0)
           a.out-20      [001] .....     1.000101: opn: (do_sys_openat2+0x0/0x170) path="/lib/libc.so.6"
           a.out-20      [001] .....     1.000105: sys_openat -> 0x3
           a.out-20      [001] .....     1.000110: sys_mmap(addr: 0, len: 1800, prot: 5, flags: 2, fd: 3, off: 0)
           a.out-20      [001] .....     1.000115: sys_mmap -> 0x7f4000000000
           a.out-20      [001] .....     1.000120: sys_openat(dfd: ffffff9c, filename: 7f30, flags: 0, mode: 0)
           a.out-20      [001] .....     1.000121: opn: (do_sys_openat2+0x0/0x170) path="/etc/none"
           a.out-20      [001] .....     1.000125: sys_openat -> 0xfffffffffffffffe
            bash-10      [000] .....     2.000000: sys_kill(pid: 14, sig: 9)
            bash-10      [000] d..1.     2.000010: signal_generate: sig=9 errno=0 code=0 comm=a.out pid=20 grp=1 res=0
            bash-10      [000] .....     2.000020: sys_kill -> 0x0
           a.out-20      [001] d..1.     2.000040: signal_deliver: sig=9 errno=0 code=0 sa_handler=0 sa_flags=0
           a.out-20      [001] .....     2.000060: sched_process_exit: comm=a.out pid=20 prio=120
           a.out-20      [001] d..2.     2.000080: signal_generate: sig=17 errno=0 code=2 comm=bash pid=10 grp=1 res=1
            bash-10      [000] .....     2.000100: sys_wait4(upid: ffffffff, stat_addr: 7fff, options: 0, ru: 0)
            bash-10      [000] .....     2.000180: sys_wait4 -> 0x14
`;
