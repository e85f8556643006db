import { readFileSync } from 'node:fs';
import { instance } from '@viz-js/viz';
import { parseMermaid } from 'beautiful-mermaid';
import { describe, expect, it } from 'vitest';
import { explain } from '../../../src/app/explain/index.js';
import { exporting } from '../../support/export-of.js';
import { hostileTrace } from '../../support/hostile.js';

interface DotNode {
  readonly name: string;
  readonly label?: string;
  readonly style?: string;
}
interface DotJson {
  readonly label: string;
  readonly objects: readonly (DotNode & { readonly nodes?: readonly number[] })[];
  readonly edges: readonly { readonly tail: number; readonly head: number; readonly label?: string }[];
}

/** What Graphviz itself makes of it; an error of its parser throws. */
async function dot(bytes: Buffer): Promise<{ json: DotJson; svg: string }> {
  const viz = await instance();
  const input = bytes.toString('utf8');
  const result = viz.render(input, { format: 'json0' });
  if (result.status !== 'success' || result.errors.length > 0) throw new Error(JSON.stringify(result.errors));
  return { json: JSON.parse(result.output) as DotJson, svg: viz.renderString(input, { format: 'svg' }) };
}

const SAMPLE = readFileSync('samples/life-of-a-process/trace');

describe('graphviz', () => {
  it('draws a box a step, a frame a task, an arrow a link', async () => {
    const { to, store } = await exporting(SAMPLE);
    const { bytes, count } = await to('graphviz', { chain: { pid: 126 } });
    const chain = await explain(store, { pid: 126 });
    const { json } = await dot(bytes);
    const boxes = json.objects.filter(({ name }) => /^s\d+$/.test(name));
    expect(boxes).toHaveLength(chain.steps.length);
    expect(count).toBe(chain.steps.length);
    const frames = json.objects.filter(({ name }) => name.startsWith('cluster_'));
    expect(frames.map(({ label }) => label)).toEqual(['bash 122', 'a.out 126']);
    const named = (at: number): string => (json.objects[at] as DotNode).label?.split('\\n')[0] ?? '';
    const arrows = json.edges
      .filter(({ label }) => label !== undefined)
      .map(({ tail, head, label }) => [named(tail), label, named(head)]);
    expect(arrows).toContainEqual([
      'bash 122 sends SIGKILL with kill(2) to a.out',
      'send',
      'SIGKILL is generated for a.out 126 by bash',
    ]);
    expect(arrows).toContainEqual(['bash 122 forks a.out 126', 'fork', 'a.out 126 calls execve']);
    store.close();
  });

  it('shows hostile names as they are', async () => {
    const { to, store } = await exporting(hostileTrace());
    const { bytes } = await to('graphviz', { chain: { pid: 14 } });
    const { json, svg } = await dot(bytes);
    expect(json.objects.filter(({ name }) => /^s\d+$/.test(name)).length).toBeGreaterThan(2);
    const texts = [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map((found) => found[1]);
    const seen = (texts as string[])
      .join('\n')
      .replaceAll('&quot;', '"')
      .replaceAll('&#45;', '-')
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&#160;', ' ')
      .replaceAll('&amp;', '&');
    expect(seen).toContain('&lt;\\"x 14');
    expect(seen).toContain('a"];<b> 10');
    store.close();
  });
});

describe('mermaid', () => {
  /** Character codes as the reader sees them. */
  const seen = (label: string): string =>
    label.replace(/#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)));

  it('draws a box a step, a frame a task, an arrow a link', async () => {
    const { to, store } = await exporting(SAMPLE);
    const { bytes, count } = await to('mermaid', { chain: { pid: 126 } });
    const graph = parseMermaid(bytes.toString('utf8'));
    const chain = await explain(store, { pid: 126 });
    const boxes = [...graph.nodes.values()].filter(({ id }) => /^s\d+$/.test(id));
    expect(boxes).toHaveLength(chain.steps.length);
    expect(count).toBe(chain.steps.length);
    expect(graph.subgraphs.map(({ label }) => label)).toEqual(['bash 122', 'a.out 126']);
    const first = (id: string): string => seen(graph.nodes.get(id)?.label ?? '').split('\n')[0] as string;
    const arrows = graph.edges
      .filter(({ label }) => label !== undefined)
      .map(({ source, target, label }) => [first(source), label, first(target)]);
    expect(arrows).toContainEqual([
      'bash 122 sends SIGKILL with kill(2) to a.out',
      'send',
      'SIGKILL is generated for a.out 126 by bash',
    ]);
    store.close();
  });

  it('has nothing in a label that could mean something', async () => {
    const { to, store } = await exporting(hostileTrace());
    const text = (await to('mermaid', { chain: { pid: 14 } })).bytes.toString('utf8');
    for (const [, label] of text.matchAll(/\["(.*)"\]$/gm))
      expect(label?.replaceAll('<br/>', '')).toMatch(/^(?:[\p{L}\p{N} .,:/_()+=-]|#\d+;)*$/u);
    const graph = parseMermaid(text);
    const labels = graph.subgraphs.map(({ label }) => seen(label));
    expect(labels).toContain('&lt;\\"x 14');
    expect(labels).toContain('a"];<b> 10');
    store.close();
  });

  it('needs a task or a line', async () => {
    const { to, store } = await exporting(SAMPLE);
    await expect(to('mermaid', { chain: {} })).rejects.toThrow('one of --pid, --comm, --line');
    await expect(to('graphviz', { chain: { pid: 99 } })).rejects.toThrow('99');
    store.close();
  });
});
