/** A chain as a graph: what formats that draw one share. */
import { formatTs } from '../base/format-time.js';
import { visible } from '../base/visible.js';
import type { Confidence, Step } from '../trace/result.js';
import type { ExportJob } from './format.js';

export interface ChainNode {
  /** Letters and digits. */
  readonly id: string;
  readonly step: Step;
  /** Where it stands, e.g. `line 393, 9992.171030`. */
  readonly place: string;
}

export interface ChainEdge {
  readonly from: string;
  readonly to: string;
  /** Kind of the causal link; `then` is time alone, in one task. */
  readonly kind: string;
  readonly confidence: Confidence;
}

export interface ChainGraph {
  readonly verdict: string;
  readonly gaps: readonly string[];
  /** Nodes by the task that they belong to, in the order of time. */
  readonly tasks: readonly { readonly id: string; readonly name: string; readonly nodes: readonly ChainNode[] }[];
  readonly edges: readonly ChainEdge[];
  readonly size: number;
}

export async function chainGraph({ source }: ExportJob): Promise<ChainGraph> {
  const chain = await source.chain();
  const nodes = chain.steps.map((step, i) => ({ id: `s${i + 1}`, step, place: placeOf(step) }));
  const byTask = new Map<string, ChainNode[]>();
  for (const node of nodes) {
    const name = `${node.step.comm} ${node.step.pid}`;
    byTask.set(name, [...(byTask.get(name) ?? []), node]);
  }
  const links = nodes.length === 0 ? [] : await readLinks(source, nodes);
  return {
    verdict: chain.verdict,
    gaps: chain.gaps.map((gap) => gap.text),
    tasks: [...byTask].map(([name, own], i) => ({ id: `t${i + 1}`, name, nodes: own })),
    edges: [...links, ...inOrder([...byTask.values()], links)],
    size: nodes.length,
  };
}

const placeOf = ({ line_no, ts }: Step): string =>
  ts === null || typeof ts === 'boolean' ? `line ${line_no}` : `line ${line_no}, ${formatTs(ts)}`;

async function readLinks(source: ExportJob['source'], nodes: readonly ChainNode[]): Promise<ChainEdge[]> {
  const first = new Map<number, ChainNode>();
  for (const node of nodes) if (!first.has(node.step.event_id)) first.set(node.step.event_id, node);
  const ids = [...first.keys()].join(', ');
  const rows = await source.rows(
    `SELECT DISTINCT from_event_id, to_event_id, kind, confidence FROM link
     WHERE from_event_id IN (${ids}) AND to_event_id IN (${ids}) ORDER BY ALL`,
  );
  // The child's first event, where the link of a fork ends, is seldom a step: its first step stands for it.
  const forks = await source.rows(
    `SELECT fork_event_id, pid, fork_confidence FROM task WHERE fork_event_id IN (${ids}) ORDER BY task_id`,
  );
  for (const { fork_event_id, pid, fork_confidence } of forks) {
    const child = nodes.find(({ step }) => step.pid === pid && step.event_id > Number(fork_event_id));
    if (child !== undefined)
      rows.push({
        from_event_id: fork_event_id ?? null,
        to_event_id: child.step.event_id,
        kind: 'fork',
        confidence: fork_confidence ?? null,
      });
  }
  return rows.map((row) => ({
    from: (first.get(Number(row.from_event_id)) as ChainNode).id,
    to: (first.get(Number(row.to_event_id)) as ChainNode).id,
    kind: String(row.kind),
    confidence: row.confidence === 'inferred' ? 'inferred' : 'exact',
  }));
}

/** Steps of a task that no link joins follow one another in time: without that they would float about. */
function inOrder(tasks: readonly (readonly ChainNode[])[], links: readonly ChainEdge[]): ChainEdge[] {
  const joined = new Set(links.map(({ from, to }) => `${from} ${to}`));
  return tasks.flatMap((nodes) =>
    nodes.slice(1).flatMap((node, i) => {
      const before = nodes[i] as ChainNode;
      if (joined.has(`${before.id} ${node.id}`)) return [];
      return [{ from: before.id, to: node.id, kind: 'then', confidence: 'exact' as const }];
    }),
  );
}

const WIDTH = 44;

/** Text in lines that fit a box; what cannot be seen is spelled out. */
export function wrapped(text: string): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of visible(text).split(' ')) {
    if (line !== '' && line.length + 1 + word.length > WIDTH) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}
