/** The chain behind an end or a line as a Graphviz digraph: a box a step, a frame a task, an arrow a causal link. */
import { writeFileSync } from 'node:fs';
import { type ChainEdge, type ChainGraph, chainGraph, wrapped } from '../chain-graph.js';
import type { ExportFormat } from '../format.js';

const graphviz: ExportFormat = {
  id: 'graphviz',
  use: 'a causal chain for dot',
  takes: 'chain',
  text: true,
  counts: 'step',
  async write(job) {
    const graph = await chainGraph(job);
    writeFileSync(job.path, dot(graph));
    return graph.size;
  },
};

export default graphviz;

function dot({ verdict, gaps, tasks, edges }: ChainGraph): string {
  const title = [...wrapped(verdict), ...gaps.flatMap((gap) => wrapped(`not known: ${gap}`))];
  const lines = [
    'digraph chain {',
    `  graph [label=${label(title)}, labelloc=t, fontname="Helvetica", rankdir=TB];`,
    '  node [shape=box, style=rounded, fontname="Helvetica", fontsize=11];',
    '  edge [fontname="Helvetica", fontsize=9];',
  ];
  for (const { id, name, nodes } of tasks) {
    lines.push(`  subgraph cluster_${id} {`, `    label=${label([...wrapped(name)])};`);
    for (const { id: node, step, place } of nodes) {
      const doubt = step.confidence === 'inferred' ? ', style="rounded,dashed"' : '';
      lines.push(`    ${node} [label=${label([...wrapped(step.text), place])}${doubt}];`);
    }
    lines.push('  }');
  }
  for (const edge of edges) lines.push(`  ${edge.from} -> ${edge.to}${attributes(edge)};`);
  return `${lines.join('\n')}\n}\n`;
}

function attributes({ kind, confidence }: ChainEdge): string {
  if (kind === 'then') return ' [style=dotted, color=gray, arrowhead=none]';
  return confidence === 'inferred'
    ? ` [label=${label([`${kind} (inferred)`])}, style=dashed]`
    : ` [label=${label([kind])}]`;
}

/** A quoted label: Graphviz reads backslashes and HTML entities in it (escString), so both are written out. */
const label = (lines: readonly string[]): string =>
  `"${lines.map((line) => line.replaceAll('&', '&amp;').replaceAll('\\', '\\\\').replaceAll('"', '\\"')).join('\\n')}"`;
