// What a page has to load, brotli-compressed, and the most that it may be.

import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { build } from 'vite';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const brotli = (bytes) =>
  brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 22 } }).length;
const file = (name) => readFileSync(join(root, 'dist', name));

/**
 * What an example adds to a page of a Vite production build: its bytes less those of the same page
 * with a stub in place of the package. First what is loaded before the page runs, then everything.
 */
async function added(example, name) {
  const stub = "const deal = { with: () => deal, check: () => ({ diagnostics: [] }), '~standard': {} };\nexport const leadlex = { createDeal: deal };";
  const sizes = async (isStub) => {
    const plugin = {
      name: 'stub',
      enforce: 'pre',
      resolveId: (id) => (isStub && id === name ? '\0stub' : undefined),
      load: (id) => (id === '\0stub' ? stub : undefined),
    };
    const { output } = await build({
      configFile: false,
      root,
      logLevel: 'error',
      plugins: [plugin, react()],
      build: { write: false, rolldownOptions: { input: join(root, `test/pages/${example}.tsx`) } },
    });
    const chunks = new Map(output.filter(({ type }) => type === 'chunk').map((chunk) => [chunk.fileName, chunk]));
    const first = new Set();
    const follow = (chunk) => {
      if (first.has(chunk)) return;
      first.add(chunk);
      for (const next of chunk.imports) follow(chunks.get(next));
    };
    for (const chunk of chunks.values()) if (chunk.isEntry) follow(chunk);
    const sum = (all) => [...all].reduce((bytes, { code }) => bytes + brotli(code), 0);
    return [sum(first), sum(chunks.values())];
  };
  const [full, without] = [await sizes(false), await sizes(true)];
  return full.map((size, at) => size - without[at]);
}

const limits = JSON.parse(readFileSync(join(root, 'scripts/size.json'), 'utf8'));
const [page] = await added('react-hook-form', 'pipelint');
const [first, all] = await added('react-hook-form-lazy', 'pipelint/lazy');
const sizes = {
  'pipelint, everything': [brotli(file('index.js')), limits.index],
  'pipelint/slim without the module': [brotli(file('slim.js')), limits.slim],
  'pipelint.wasm': [brotli(file('pipelint.wasm')), limits.wasm],
  'a page with pipelint': [page, limits.bundle],
  'a page with pipelint/lazy, before the first verdict': [first, limits.lazy],
  'a page with pipelint/lazy, in all': [all, limits.lazyAll],
};

let failed = false;
for (const [name, [size, limit]] of Object.entries(sizes)) {
  const over = size > limit;
  failed ||= over;
  console.log(`${String(size).padStart(7)} of ${String(limit).padStart(6)} bytes  ${name}${over ? '  TOO BIG' : ''}`);
}
if (failed) process.exit(1);
