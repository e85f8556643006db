/**
 * Who runs on which CPU in a function_graph trace without the proc column. Three lines and a blank one stand where the task of
 * a CPU changes (kernel/trace/trace_functions_graph.c, verif_pid); none before the first task, so the first change also
 * tells whose the lines before it were:
 *
 *    ------------------------------------------
 *    0)    bash-113    =>   mini-0-273
 *    ------------------------------------------
 *
 * An arrow of its own line tells that an interrupt begins or ends:  ` 0)   ==========> |`
 */
const RULE = /^ ?-{30,60} *$/;
const SWITCH = /^ *(?:\d+\.\d{6} \| *)?(\d{1,5})\) (.*)-(\d{1,10}) +=> (.*)-(\d{1,10}) *$/s;
const ARROW = /(=+>|<=+) \| *$/;
const CPU = /^ *(?:-?\d+(?:\.\d{6} \|| us \|) *)?(\d{1,5})\) /;
const OVERRUN = /^ *\(Overruns: \d+\) *$/;

export interface GraphTask {
  readonly pid: number;
  readonly comm: string;
}

export interface GraphSwitch {
  readonly cpu: number;
  readonly prev: GraphTask;
  readonly next: GraphTask;
}

export const isRule = (text: string): boolean => RULE.test(text);

export const isArrow = (text: string): boolean => ARROW.test(text) || OVERRUN.test(text);

/** Where an arrow stands, and whether an interrupt begins; null: no arrow, or without a CPU. */
export function interruptArrow(text: string): { readonly cpu: number; readonly begins: boolean } | null {
  const arrow = ARROW.exec(text)?.[1];
  const cpu = CPU.exec(text)?.[1];
  return arrow === undefined || cpu === undefined ? null : { cpu: Number(cpu), begins: arrow.endsWith('>') };
}

/** The line between two rules; it has line breaks when a comm has. null: it is something else. */
export function graphSwitch(text: string): GraphSwitch | null {
  const match = SWITCH.exec(text);
  if (match === null) return null;
  const [, cpu, prevComm, prevPid, nextComm, nextPid] = match as unknown as string[];
  if (Number(prevPid) > 0x7fffffff || Number(nextPid) > 0x7fffffff) return null;
  const task = (comm: string | undefined, pid: string | undefined): GraphTask => ({
    pid: Number(pid),
    comm: (comm ?? '').replace(/^ +/, ''),
  });
  return { cpu: Number(cpu), prev: task(prevComm, prevPid), next: task(nextComm, nextPid) };
}
