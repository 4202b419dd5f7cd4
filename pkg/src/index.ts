/**
 * Checks the payloads that are sent to sales-pipeline APIs before the API does.
 *
 * The module is inside, as text: nothing is fetched, nothing awaited. It starts, synchronously,
 * when the first payload is checked.
 *
 * @module
 */

import bytes from './generated/module.js';
import { imports, startWith } from './engine.js';

startWith(() => new WebAssembly.Instance(new WebAssembly.Module(bytes()), imports));

export * from './public.js';
