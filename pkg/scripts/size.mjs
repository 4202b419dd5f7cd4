// What a page has to load, brotli-compressed, and the most that it may be.

import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants } from 'node:zlib';
import { build } from 'esbuild';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const brotli = (bytes) =>
  brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 22 } }).length;
const file = (name) => readFileSync(join(root, 'dist', name));

/** What a bundler makes of one import, for one system or for all. */
async function bundled(source) {
  const { outputFiles } = await build({
    stdin: { contents: source, resolveDir: root },
    bundle: true,
    minify: true,
    format: 'esm',
    charset: 'utf8',
    write: false,
    logLevel: 'error',
  });
  return brotli(outputFiles[0].contents);
}

const limits = JSON.parse(readFileSync(join(root, 'scripts/size.json'), 'utf8'));
const sizes = {
  'pipelint, everything': [brotli(file('index.js')), limits.index],
  'pipelint/slim without the module': [brotli(file('slim.js')), limits.slim],
  'pipelint.wasm': [brotli(file('pipelint.wasm')), limits.wasm],
  'a bundle that imports leadlex': [await bundled("export { leadlex } from 'pipelint'"), limits.bundle],
};

let failed = false;
for (const [name, [size, limit]] of Object.entries(sizes)) {
  const over = size > limit;
  failed ||= over;
  console.log(`${String(size).padStart(7)} of ${String(limit).padStart(6)} bytes  ${name}${over ? '  TOO BIG' : ''}`);
}
if (failed) process.exit(1);
