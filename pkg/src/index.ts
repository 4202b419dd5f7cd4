/**
 * Checks the payloads that are sent to sales-pipeline APIs before the API does.
 *
 * The module is inside, as text: nothing is fetched, nothing awaited. It starts, synchronously,
 * when the first payload is checked.
 *
 * @module
 */

import packed from './generated/module.js';
import { imports, startWith } from './engine.js';
import { unpack } from './unpack.js';

startWith(() => new WebAssembly.Instance(new WebAssembly.Module(unpack(packed)), imports));

export * from './public.js';
