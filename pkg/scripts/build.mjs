// Builds `dist` from `src` and from what `cargo xtask wasm` has written into `src/generated`.

import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const at = (...path) => join(root, ...path);

// The module as text, a character a byte, since a compressed text is as small as compressed bytes,
// where base64 is a third bigger. What UTF-8 writes in one byte goes to the commonest bytes, each
// to itself where that can be; the others come behind in the order of their values.
const bytes = readFileSync(at('src/generated/pipelint.wasm'));
const counts = new Array(256).fill(0);
for (const byte of bytes) counts[byte]++;
const order = [...counts.keys()].sort((one, other) => counts[other] - counts[one]);
const short = [...Array(128).keys()].filter((code) => ![0, 10, 13, 34, 92].includes(code));
const common = order.slice(0, short.length);
const spare = short.filter((code) => !common.includes(code));
const codes = new Array(256);
for (const byte of common) codes[byte] = short.includes(byte) ? byte : spare.shift();
let next = 160;
for (const byte of codes.keys()) codes[byte] ??= next++;
const moved = common.filter((byte) => codes[byte] !== byte);
const text = Array.from(bytes, (byte) => String.fromCharCode(codes[byte])).join('');
const module = (text) => `export default () => {
  const text = "${text}";
  const moved = ${JSON.stringify(Object.fromEntries(moved.map((byte) => [codes[byte], byte])))};
  const table = [];
  const short = new Set();
  for (let code = 1; code < 128; code++) {
    if (code !== 10 && code !== 13 && code !== 34 && code !== 92) short.add((table[code] = moved[code] ?? code));
  }
  for (let byte = 0, code = 160; byte < 256; byte++) if (!short.has(byte)) table[code++] = byte;
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < bytes.length; at++) bytes[at] = table[text.charCodeAt(at)];
  return bytes;
};
`;
writeFileSync(at('src/generated/module.js'), module(text));
// A minifier would write some of the characters as escapes, so they are put in behind it.
const MARK = 'the module as text';
const marked = {
  name: 'mark',
  setup: ({ onLoad }) => onLoad({ filter: /generated\/module\.js$/ }, () => ({ contents: module(MARK) })),
};
writeFileSync(at('src/generated/module.d.ts'), 'export default function bytes(): Uint8Array<ArrayBuffer>;\n');

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
