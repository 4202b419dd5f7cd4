/**
 * Checks payloads for sales-pipeline APIs before they are sent.
 *
 * The WebAssembly module is embedded: nothing is fetched, nothing awaited. It starts, synchronously,
 * at the first check.
 *
 * @module
 */

import bytes from './generated/module.js';
import { imports, startWith } from './engine.js';

startWith(() => new WebAssembly.Instance(new WebAssembly.Module(bytes()), imports));

export * from './public.js';
