// Builds `dist` from `src` and from what `cargo xtask wasm` has written into `src/generated`.

import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, transform } from 'esbuild';

import { pack } from './pack.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const at = (...path) => join(root, ...path);

// The module, taken apart, as text. A minifier would write some of its characters as escapes, so
// that they are put in behind it.
const bytes = readFileSync(at('src/generated/pipelint.wasm'));
const { text, ...packed } = pack(bytes);
const MARK = 'the module as text';
const module = (text) => `export default { text: "${text}", ...${JSON.stringify(packed)} };\n`;
writeFileSync(at('src/generated/module.js'), module(text));
writeFileSync(at('src/generated/module.d.ts'), "declare const packed: import('../unpack.js').Packed;\nexport default packed;\n");
const marked = {
  name: 'mark',
  setup: ({ onLoad }) => onLoad({ filter: /generated\/module\.js$/ }, () => ({ contents: module(MARK) })),
};
// What is put together must be what was taken apart: the compiler may have learnt an instruction.
const { code } = await transform(readFileSync(at('src/unpack.ts'), 'utf8'), { loader: 'ts', format: 'esm' });
const { unpack } = await import(`data:text/javascript,${encodeURIComponent(code)}`);
if (!bytes.equals(unpack({ text, ...packed }))) throw new Error('scripts/pack.mjs does not know all of the module');

rmSync(at('dist'), { recursive: true, force: true });
mkdirSync(at('dist'));
const settings = { bundle: true, minify: true, charset: 'utf8', target: 'es2022', platform: 'neutral', legalComments: 'none', logLevel: 'warning' };
const entries = { index: at('src/index.ts'), slim: at('src/slim.ts') };
await build({
  ...settings,
  plugins: [marked],
  entryPoints: { ...entries, workerd: at('src/workerd.ts') },
  format: 'esm',
  outdir: at('dist'),
  external: ['./pipelint.wasm'],
});
await build({
  ...settings,
  plugins: [marked],
  entryPoints: entries,
  format: 'cjs',
  outdir: at('dist'),
  outExtension: { '.js': '.cjs' },
  define: { 'import.meta.url': 'here' },
  banner: { js: 'const here=typeof __filename=="string"?require("node:url").pathToFileURL(__filename).href:document.baseURI;' },
});
for (const file of ['dist/index.js', 'dist/index.cjs']) {
  writeFileSync(at(file), readFileSync(at(file), 'utf8').split(MARK).join(text));
}
// The one import of `slim`, of a module of Node's, is no bundler's business. The minifier drops
// the comments that say so.
for (const file of ['dist/slim.js', 'dist/slim.cjs']) {
  const code = readFileSync(at(file), 'utf8').split('await import(');
  if (code.length !== 2) throw new Error(`${file} is to have one import`);
  writeFileSync(at(file), code.join('await import(/*webpackIgnore:true*//*@vite-ignore*/'));
}
cpSync(at('src/generated/pipelint.wasm'), at('dist/pipelint.wasm'));
cpSync(at('src/generated/schemas'), at('dist/schemas'), { recursive: true });

// The types, once for ES modules and once for CommonJS.
const tsc = spawnSync(
  process.execPath,
  [at('node_modules/typescript/bin/tsc'), '--project', at('tsconfig.build.json')],
  { stdio: 'inherit' },
);
if (tsc.status !== 0) process.exit(1);
for (const file of readdirSync(at('dist'), { recursive: true })) {
  if (!file.endsWith('.d.ts')) continue;
  const types = readFileSync(at('dist', file), 'utf8');
  writeFileSync(
    at('dist', file.replace(/\.d\.ts$/, '.d.cts')),
    types.replaceAll(/(from '\.[^']*)\.js'/g, "$1.cjs'").replaceAll(/(import\("\.[^"]*)\.js"/g, '$1.cjs"'),
  );
}
