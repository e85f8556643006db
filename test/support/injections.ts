/**
 * Strings that try to act instead of being read, and a trace that holds each of them in every field that a trace can put
 * them into. One corpus: tests of every output take it (test/unit/no-way-out.test.ts, test/browser/no-way-out.test.ts).
 */

/** By what they aim at. */
export const INJECTIONS: readonly (readonly [aim: string, text: string])[] = [
  ['an element', '</script><img src=x onerror=alert(1)>'],
  ['an attribute', '"><svg/onload=alert(2)>\' autofocus onfocus=alert(3) x="'],
  ['a script', "';alert(4)//\\';alert(5)//"],
  ['a character reference', '&lt;img&gt;&#60;img src=x onerror=alert(6)&#62;&amp;'],
  ['CDATA and comments', ']]><!--<script>alert(7)</script>-->'],
  ['a style', '</style><style>*{display:none}</style>'],
  ['a template', `{{constructor.constructor("alert(8)")()}}${'$'}{alert(9)}<%= 1 %>`],
  ['the terminal', '\u001b]0;owned\u0007\u001b[2J\u001b[31m\u009b1A\rgone\b\b'],
  ['the order of letters', '\u202egnp.exe\u2066\u200b\ufeff'],
  ['a formula', '=HYPERLINK("http://evil.example","ok")'],
  ['another formula', '@SUM(1+1)*cmd|calc'],
  ['a signed formula', '-2+3+cmd|calc'],
  ['an annotation', '::error file=x,line=1::owned'],
  ['an annotation behind a line', 'a%0A::add-mask::x%0D::stop-commands::y'],
  ['a log group', '##[group]owned'],
  ['a link', '[a](javascript:alert(10)) ![b](http://evil.example/x.png) @everyone #1'],
  ['a table', '| a | b |<br>`c` ~~~'],
  ['a diagram', 'end; click A "javascript:alert(11)"; %%{init: {}}%%'],
  ['a shell', '`id`$(id);id|id&&id'],
  ['SQL', "'; DROP TABLE event_row; --"],
  ['a format', '%s%n%x{0}\\x41\\u0041'],
  ['our own marks', 'ft0:owned #L1 data-m="0"'],
];

/** The pid whose records hold a string. */
export const pidOf = (at: number): number => 1000 + at * 10;

/** The fields, each as lines of a trace that hold the text there. */
const FIELDS: Readonly<Record<string, (text: string, pid: number) => readonly [comm: string, body: string][]>> = {
  comm: (text, pid) => [
    [text, 'sys_getpid()'],
    ['bash', `sched_process_fork: comm=${text} pid=${pid} child_comm=${text} child_pid=${pid + 1}`],
    ['bash', `signal_generate: sig=9 errno=0 code=0 comm=${text} pid=${pid + 1} grp=1 res=0`],
    [text, 'sched_process_exit: comm=x pid=1 prio=120'],
  ],
  path: (text) => [
    ['cat', `do_sys_open: (do_sys_openat2+0x0/0x260) arg1="${text}"`],
    ['cat', `sched_process_exec: filename=${text} pid=5 old_pid=5`],
  ],
  marker: (text) => [['app', `tracing_mark_write: ${text}`]],
  'event name': (text) => [['app', `${text}: x=1`]],
  symbol: (text) => [
    ['app', `probe_a: (${text}+0x0/0x10 <- ${text}+0x1/0x20) ret=0x1`],
    ['app', `kfree_skb: skbaddr=00000000deadbeef protocol=2048 location=${text}+0x5/0x10 reason: ${text}`],
  ],
  device: (text) => [['app', `net_dev_queue: dev=${text} skbaddr=00000000deadbee0 len=42`]],
  'argument key': (text) => [['app', `own_event: ${text}=1 plain=${text}`]],
};

export function injectedTrace(): string {
  const lines = ['# tracer: nop', '#', ...INJECTIONS.map(([, text]) => `# ${text}`)];
  let time = 0;
  const record = (comm: string, pid: number, body: string): string => {
    time += 1;
    return `${comm.padStart(16)}-${pid}     [000] .....  ${100 + Math.floor(time / 1e6)}.${String(time).padStart(6, '0')}: ${body}`;
  };
  for (const [at, [, text]] of INJECTIONS.entries()) {
    const pid = pidOf(at);
    for (const of of Object.values(FIELDS)) {
      for (const [comm, body] of of(text, pid)) lines.push(record(comm, pid, body));
    }
    lines.push(
      record('app', pid, 'signal_generate: sig=15 errno=0 code=0 comm=app pid=1 grp=1 res=0'),
      record('app', pid, '<stack trace>'),
      ` => ${text}`,
      ` => known_function+0x1/0x20 [${text}]`,
      text,
    );
  }
  return `${lines.join('\n')}\n`;
}
