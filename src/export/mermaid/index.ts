/** The chain behind an end or a line as a Mermaid flowchart, which GitHub and GitLab draw inside Markdown. */
import { writeFileSync } from 'node:fs';
import { type ChainEdge, type ChainGraph, chainGraph, wrapped } from '../chain-graph.js';
import type { ExportFormat } from '../format.js';

const mermaid: ExportFormat = {
  id: 'mermaid',
  use: 'a causal chain for Markdown',
  takes: 'chain',
  text: true,
  counts: 'step',
  async write(job) {
    const graph = await chainGraph(job);
    writeFileSync(job.path, flowchart(graph));
    return graph.size;
  },
};

export default mermaid;

function flowchart({ verdict, gaps, tasks, edges }: ChainGraph): string {
  const lines = ['flowchart TB', `  verdict[${label([verdict, ...gaps.map((gap) => `not known: ${gap}`)])}]`];
  for (const { id, name, nodes } of tasks) {
    lines.push(`  subgraph ${id}[${label([name])}]`);
    for (const { id: node, step, place } of nodes) lines.push(`    ${node}[${label([step.text, place])}]`);
    lines.push('  end');
  }
  for (const edge of edges) lines.push(`  ${edge.from} ${arrow(edge)} ${edge.to}`);
  return `${lines.join('\n')}\n`;
}

function arrow({ kind, confidence }: ChainEdge): string {
  if (kind === 'then') return '~~~';
  return confidence === 'inferred' ? `-.->|${label([`${kind} (inferred)`])}|` : `-->|${label([kind])}|`;
}

/** A quoted text: whatever could mean something to Mermaid, Markdown or HTML is a character code (#35; is #). */
const label = (lines: readonly string[]): string =>
  `"${lines
    .flatMap(wrapped)
    .map((line) => line.replace(/[^\p{L}\p{N} .,:/_()+=-]/gu, (char) => `#${char.codePointAt(0)};`))
    .join('<br/>')}"`;
