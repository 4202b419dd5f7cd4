/**
 * The same as `pipelint`, but the WebAssembly module is a file of its own, fetched and compiled in
 * the background: await `ready()` before the first check.
 *
 * @module
 */

import { imports, startWith } from './engine.js';

/** A response of `fetch`, as far as it is used here. */
export interface ModuleResponse {
  readonly ok: boolean;
  readonly status: number;
  readonly url: string;
  readonly headers: { get(name: string): string | null };
  arrayBuffer(): Promise<ArrayBuffer>;
}

/** Where the module comes from: a URL, a response, its bytes, or a compiled `WebAssembly.Module`. */
export type ModuleSource = string | { readonly href: string } | ModuleResponse | ArrayBuffer | ArrayBufferView | object;

let loading: Promise<void> | undefined;

/**
 * Loads the module. Without an argument from `pipelint.wasm` beside this file, which Vite, webpack
 * and Parcel understand. Other bundlers, such as Rollup, esbuild and Bun, do not copy that file:
 * serve `pipelint/pipelint.wasm` yourself and pass its URL.
 */
export function ready(source?: ModuleSource | PromiseLike<ModuleSource>): Promise<void> {
  const from = source ?? new URL('./pipelint.wasm', import.meta.url);
  loading ??= Promise.resolve(from)
    .then(load)
    .then(
      (module) => startWith(() => new WebAssembly.Instance(module, imports)),
      (error: unknown) => {
        loading = undefined;
        const where = source === undefined ? ` from ${String(from)}` : '';
        throw new Error(`pipelint: cannot load the module${where}: ${String(error)}; ${ADVICE}`, { cause: error });
      },
    );
  return loading;
}

async function load(source: ModuleSource): Promise<WebAssembly.Module> {
  if (source instanceof WebAssembly.Module) return source;
  if (source instanceof ArrayBuffer || ArrayBuffer.isView(source)) return WebAssembly.compile(source as BufferSource);
  if (source instanceof URL && source.protocol === 'file:') {
    // `node:fs/promises`, assembled so that bundlers for browsers do not try to resolve it.
    const name = source.protocol.replace('file', 'node') + 'fs/promises';
    const { readFile }: typeof import('node:fs/promises') = await import(name);
    return WebAssembly.compile(await readFile(source));
  }
  const response = typeof (source as ModuleResponse).arrayBuffer === 'function' ? (source as Response) : await fetch(source as string);
  if (!response.ok) throw new Error(`${response.url} answered ${response.status}`);
  // Streaming needs the right content type, which some servers do not send.
  if (response.headers.get('content-type')?.startsWith('application/wasm')) return WebAssembly.compileStreaming(response);
  const bytes = await response.arrayBuffer();
  // A development server may answer with a page instead of an error.
  if (new Uint8Array(bytes)[0] !== 0) throw new Error(`${response.url} is not a WebAssembly module`);
  return WebAssembly.compile(bytes);
}

const ADVICE = 'serve pipelint/pipelint.wasm and pass its URL to `ready(url)`, or use `pipelint` or `pipelint/lazy`';

export * from './public.js';
