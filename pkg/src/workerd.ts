// For workerd, which compiles no bytes at run time but imports modules.

// @ts-expect-error: workerd's bundler makes a WebAssembly.Module of it.
import module from './pipelint.wasm';
import { imports, startWith } from './engine.js';

startWith(() => new WebAssembly.Instance(module as WebAssembly.Module, imports));

export * from './public.js';
