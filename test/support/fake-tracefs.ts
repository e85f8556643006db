/**
 * A folder that looks like tracefs to a script under test: the files are plain, and where the kernel would answer by itself
 * (a new instance is born with files, a removed one goes with them) functions that are put into the script do.
 */
import { spawn } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Scratch } from './scratch.js';

const EVENTS = [
  ...['signal/signal_generate', 'signal/signal_deliver', 'sched/sched_process_fork', 'sched/sched_process_exec'],
  ...['sched/sched_process_exit', 'sched/sched_switch', 'syscalls/sys_enter_kill', 'syscalls/sys_exit_kill'],
];
const TRACE = `# tracer: nop
#
# entries-in-buffer/entries-written: 1/1   #P:1
#
            bash-7       [000] .....    10.000001: signal_generate: sig=9 errno=0 code=0 comm=x pid=8 grp=1 res=0
`;

/** What one buffer has: the main one, and an instance. */
const buffer = (): [path: string, content: string][] => [
  ['tracing_on', '1\n'],
  ['current_tracer', 'nop\n'],
  ['trace', TRACE],
  ['trace_clock', '[local] global mono\n'],
  ['buffer_size_kb', '1408\n'],
  ['set_event', ''],
  ['set_event_pid', ''],
  ['set_event_notrace_pid', '\n'],
  ['options/event-fork', '0\n'],
  ['options/record-tgid', '0\n'],
  ['per_cpu/cpu0/stats', 'entries: 1\noverrun: 0\ncommit overrun: 0\ndropped events: 0\n'],
  ['events/enable', '0\n'],
  ['events/syscalls/enable', '0\n'],
  ...EVENTS.flatMap((event): [string, string][] => [
    [`events/${event}/enable`, '0\n'],
    [`events/${event}/trigger`, '# Available triggers:\n'],
  ]),
];

export interface FakeTracefs {
  readonly root: string;
  readonly env: Readonly<Record<string, string>>;
  /** The script, with what the kernel would do by itself. */
  withKernel(script: string): string;
  /** Content of every file, and every folder; what a script must leave as it was. */
  state(): Record<string, string>;
}

export function fakeTracefs(folder: Scratch, options: { readonly instances: boolean }): FakeTracefs {
  const root = folder.at('tracing');
  fill(root);
  writeFileSync(join(root, 'kprobe_events'), 'p:someone/else do_exit\n');
  writeFileSync(join(root, 'available_filter_functions'), 'do_sys_openat2\ndo_exit\n');
  const template = folder.at('template');
  fill(template);
  if (options.instances) mkdirSync(join(root, 'instances'));
  mkdirSync(folder.at('tmp'));
  return {
    root,
    env: { PATH: '/usr/bin:/bin', FTRAIL_TRACEFS: root, TMPDIR: folder.at('tmp') },
    // Functions, because the shell of busybox takes its own programs before those of the PATH.
    withKernel: (script) =>
      script.replace(
        '\nset -u\n',
        `\nset -u
mkdir() { for made; do case $made in ${root}/instances/*) cp -r ${template} "$made"; return;; esac; done; command mkdir "$@"; }
rmdir() { case $1 in ${root}/instances/*) rm -r "$1"; return;; esac; command rmdir "$@"; }
dmesg() { echo "[    1.000000] a line"; }
`,
      ),
    state: () => ({ ...contents(root), ...contents(folder.at('tmp')) }),
  };
}

function fill(root: string): void {
  for (const [path, content] of buffer()) {
    mkdirSync(join(root, path, '..'), { recursive: true });
    writeFileSync(join(root, path), content);
  }
}

function contents(root: string): Record<string, string> {
  const found: Record<string, string> = {};
  for (const path of readdirSync(root, { recursive: true, encoding: 'utf8' })) {
    const full = join(root, path);
    found[path] = statSync(full).isDirectory() ? '(folder)' : readFileSync(full, 'utf8');
  }
  return found;
}

export interface Running {
  readonly pid: number;
  /** Waits until the script says so. */
  says(text: string): Promise<void>;
  kill(signal: NodeJS.Signals): void;
  readonly ended: Promise<{
    readonly code: number | null;
    readonly signal: string | null;
    readonly stdout: string;
    readonly stderr: string;
  }>;
}

/** Starts a script under a shell: `sh`, `dash`, `busybox`, `bash`. */
export function startScript(
  shell: string,
  script: string,
  args: readonly string[],
  fake: FakeTracefs,
  cwd: string,
): Running {
  const command = shell === 'busybox' ? ['busybox', 'ash'] : [shell];
  const child = spawn(command[0] as string, [...command.slice(1), script, ...args], {
    env: fake.env,
    cwd,
    detached: true,
  });
  let stdout = '';
  let stderr = '';
  const heard = new Set<() => void>();
  child.stdout.on('data', (chunk: Buffer) => {
    stdout += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString();
    for (const hear of heard) hear();
  });
  const ended = new Promise<Awaited<Running['ended']>>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => resolve({ code, signal, stdout, stderr }));
  });
  return {
    pid: child.pid as number,
    says: (text) =>
      new Promise((resolve, reject) => {
        const hear = (): void => {
          if (stderr.includes(text)) resolve();
        };
        heard.add(hear);
        hear();
        void ended.then(() => reject(new Error(`it ended without saying "${text}": ${stderr}`)));
      }),
    kill: (signal) => {
      child.kill(signal);
    },
    ended,
  };
}
