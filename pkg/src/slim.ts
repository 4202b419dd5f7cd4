/**
 * The same as `pipelint`, but the module is fetched from a file of its own and compiled in the
 * background: await `ready()` before the first check.
 *
 * @module
 */

import { imports, startWith } from './engine.js';

let loading: Promise<void> | undefined;

/**
 * Loads the module. Without an argument from `pipelint.wasm` beside this file, which bundlers
 * understand; else from what is given.
 */
export function ready(source?: URL | string | Response | BufferSource | WebAssembly.Module): Promise<void> {
  loading ??= load(source ?? new URL('./pipelint.wasm', import.meta.url)).then(
    (module) => startWith(() => new WebAssembly.Instance(module, imports)),
    (error: unknown) => {
      loading = undefined;
      throw error;
    },
  );
  return loading;
}

async function load(source: URL | string | Response | BufferSource | WebAssembly.Module): Promise<WebAssembly.Module> {
  if (source instanceof WebAssembly.Module) return source;
  if (source instanceof ArrayBuffer || ArrayBuffer.isView(source)) return WebAssembly.compile(source as BufferSource);
  if (source instanceof URL && source.protocol === 'file:') {
    // `node:fs/promises`, put together so that no bundler looks for it where there are no files.
    const name = source.protocol.replace('file', 'node') + 'fs/promises';
    const { readFile }: typeof import('node:fs/promises') = await import(name);
    return WebAssembly.compile(await readFile(source));
  }
  const response = source instanceof Response ? source : await fetch(source);
  if (!response.ok) throw new Error(`pipelint: ${response.url} answered ${response.status}`);
  // A server that does not know the file type of modules cannot be streamed from.
  return response.headers.get('content-type')?.startsWith('application/wasm')
    ? WebAssembly.compileStreaming(response)
    : WebAssembly.compile(await response.arrayBuffer());
}

export * from './public.js';
