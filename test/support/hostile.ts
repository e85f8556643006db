import { story } from './story.js';

/** Texts that mean something to somebody: spreadsheets, HTML, SQL, terminals, DOT, Mermaid, JSON. */
export const HOSTILE = [
  '=1+cmd|x',
  '+1',
  '-2+3',
  '@SUM(A1)',
  '\t=1',
  'a"b\'c',
  'a,b;c',
  '<b>&lt;i&gt;</b>',
  '</script>',
  '\u001b[31mred',
  'a\\nb\\',
  '#quot; `x` ]-->y',
  '{"a":1}',
  '%s $1 `x`',
  '\u202eevil',
  'grün ✓',
  '--',
  'end',
] as const;

/** A trace in which they are what a program wrote, and a name that kills. */
export const hostileTrace = (): string =>
  story(`
    ${HOSTILE.map((text) => `cat-7 tracing_mark_write: ${text}`).join('\n    ')}
    a"];<b>-10 sys_kill(pid: 14, sig: 9)
    a"];<b>-10 signal_generate: sig=9 errno=0 code=0 comm=&lt;\\"x pid=14 grp=1 res=0
     => __x64_sys_kill
     => do_syscall_64
    a"];<b>-10 sys_kill -> 0x0
    &lt;\\"x-14 signal_deliver: sig=9 errno=0 code=0 sa_handler=0 sa_flags=0
    &lt;\\"x-14 sched_process_exit: comm=&lt;\\"x pid=14 prio=120`);
