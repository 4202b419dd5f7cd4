// For workerd, which cannot compile bytes at run time but imports modules.

import module from './pipelint.wasm';
import { imports, startWith } from './engine.js';

startWith(() => new WebAssembly.Instance(module as unknown as WebAssembly.Module, imports));

export * from './public.js';
