// Builds `dist` from `src` and from what `cargo xtask wasm` has written into `src/generated`.

import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const at = (...path) => join(root, ...path);

// The module as ASCII text, so that it survives pages in any encoding. A compressed text is about
// as small as the compressed bytes, where base64 would be a third bigger. The commonest bytes are
// one character each, themselves where possible; the others are one of two marks and a character.
const bytes = readFileSync(at('src/generated/pipelint.wasm'));
const counts = new Array(256).fill(0);
for (const byte of bytes) counts[byte]++;
const MARKS = [35, 36];
// Printable characters, which no minifier escapes, without those that are special in string literals
// or in a <script> element.
const SPECIAL = [34, 39, 60, 92, 96, ...MARKS];
const plain = [...Array(127).keys()].filter((code) => code > 31 && !SPECIAL.includes(code));
const order = [...counts.keys()].sort((one, other) => counts[other] - counts[one]);
const common = order.slice(0, plain.length);
const spare = plain.filter((code) => !common.includes(code));
const codes = new Array(256);
for (const byte of common) codes[byte] = [plain.includes(byte) ? byte : spare.shift()];
const rare = [...Array(256).keys()].filter((byte) => codes[byte] === undefined);
rare.forEach((byte, at) => (codes[byte] = [MARKS[Math.floor(at / plain.length)], plain[at % plain.length]]));
const moved = common.filter((byte) => codes[byte][0] !== byte);
const text = Array.from(bytes, (byte) => String.fromCharCode(...codes[byte])).join('');
const module = (text) => `export default () => {
  const text = "${text}";
  const moved = ${JSON.stringify(Object.fromEntries(moved.map((byte) => [codes[byte][0], byte])))};
  const plain = [];
  for (let code = 32; code < 127; code++) if (!${JSON.stringify(SPECIAL)}.includes(code)) plain.push(code);
  const one = [];
  const common = new Set();
  for (const code of plain) common.add((one[code] = moved[code] ?? code));
  const rare = [];
  for (let byte = 0; byte < 256; byte++) if (!common.has(byte)) rare.push(byte);
  const two = [[], []];
  rare.forEach((byte, at) => (two[Math.floor(at / plain.length)][plain[at % plain.length]] = byte));
  const bytes = new Uint8Array(${bytes.length});
  for (let at = 0, to = 0; at < text.length; to++) {
    const code = text.charCodeAt(at++);
    bytes[to] = one[code] ?? two[code - ${MARKS[0]}][text.charCodeAt(at++)];
  }
  return bytes;
};
`;
writeFileSync(at('src/generated/module.js'), module(text));
// A minifier would write some of the characters as escapes, so the text is inserted afterwards.
const MARK = 'the module as text';
const marked = {
  name: 'mark',
  setup: ({ onLoad }) => onLoad({ filter: /generated\/module\.js$/ }, () => ({ contents: module(MARK) })),
};
writeFileSync(at('src/generated/module.d.ts'), 'export default function bytes(): Uint8Array<ArrayBuffer>;\n');

// The schemas with standard keywords only: what strict validators accept.
for (const file of readdirSync(at('src/generated/schemas'), { recursive: true })) {
  if (!file.endsWith('.json')) continue;
  // Descriptions and examples are for those who write requests; all are in `dist/schemas`.
  const isRequest = file.endsWith('request.schema.json');
  const strip = (schema) => {
    if (typeof schema !== 'object' || schema === null) return schema;
    const { meaning: _, source: __, properties, items, ...rest } = schema;
    if (!isRequest) for (const note of ['description', 'examples']) delete rest[note];
    if (items !== undefined) rest.items = strip(items);
    if (properties !== undefined) rest.properties = Object.fromEntries(Object.entries(properties).map(([name, one]) => [name, strip(one)]));
    return rest;
  };
  mkdirSync(dirname(at('src/generated/standard', file)), { recursive: true });
  writeFileSync(at('src/generated/standard', file), JSON.stringify(strip(JSON.parse(readFileSync(at('src/generated/schemas', file), 'utf8')))));
}

// The payload objects of `pipelint/lazy`, with the tables of their fast paths as the module writes them.
const glue = await import(pathToFileURL(at('src/generated/pipelint_bg.js')).href);
const { instance } = await WebAssembly.instantiate(bytes, { './pipelint_bg.js': glue });
glue.__wbg_set_wasm(instance.exports);
const { memory } = instance.exports;
const output = (length) => Buffer.from(memory.buffer, glue.output_text(), length).toString();
const camel = (name) => name.replace(/[-/_](.)/g, (_, letter) => letter.toUpperCase());
const pascal = (name) => camel(`/${name}`);
const systems = {};
const imports = [];
output(glue.names()).split('\n\n')[0].split('\n').forEach((id, number) => {
  const [system, operation, part] = id.split('/');
  const length = glue.fast_path(number);
  let table = 'undefined';
  if (length > 0) {
    const lines = output(length).split('\n');
    const from = glue.output_u32() >>> 2;
    const words = new Uint32Array(memory.buffer);
    table = JSON.stringify([lines, [...words.slice(from + 1, from + words[from])]]);
  }
  imports.push(`import type { ${pascal(id)} } from './types.js';`, `import ${camel(id)}Schema from './standard/${id}.schema.json';`);
  const member = camel(part === 'request' ? operation : `${operation}/${part}`);
  (systems[system] ??= []).push([member, pascal(id), `lazyPayload('${system}', '${member}', '${id}', ${camel(id)}Schema, ${table})`]);
});
writeFileSync(
  at('src/generated/lazy.ts'),
  `// Generated by \`npm run build\`. Do not edit.\n\nimport { lazyPayload, type LazyPayload } from '../lazy.js';\n${imports.join('\n')}\n${Object.entries(systems)
    .map(([system, members]) => {
      const types = members.map(([member, type]) => `  readonly ${member}: LazyPayload<${type}>;\n`).join('');
      const consts = members.map(([member, type, call]) => `const ${camel(system)}_${member}: LazyPayload<${type}> = /* @__PURE__ */ ${call};\n`).join('');
      const values = members.map(([member]) => `  ${member}: ${camel(system)}_${member},\n`).join('');
      return `\n${consts}export const ${camel(system)}: {\n${types}} = {\n${values}};\n`;
    })
    .join('')}`,
);

rmSync(at('dist'), { recursive: true, force: true });
mkdirSync(at('dist'));
const settings = { bundle: true, minify: true, charset: 'ascii', target: 'es2022', platform: 'neutral', legalComments: 'none', logLevel: 'warning' };
const entries = { index: at('src/index.ts'), slim: at('src/slim.ts') };
// What `lazy` loads later is the whole package, a file of its own.
const later = { name: 'later', setup: ({ onResolve }) => onResolve({ filter: /^\.\/index\.js$/ }, ({ kind }) => (kind === 'dynamic-import' ? { path: './index.js', external: true } : undefined)) };
await build({
  ...settings,
  plugins: [marked, later],
  entryPoints: { ...entries, workerd: at('src/workerd.ts'), lazy: at('src/lazy.ts') },
  format: 'esm',
  outdir: at('dist'),
  external: ['./pipelint.wasm'],
});
await build({
  ...settings,
  plugins: [marked, later],
  entryPoints: { ...entries, lazy: at('src/lazy.ts') },
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
// In CommonJS, also where `import()` is not there, as under Jest.
writeFileSync(at('dist/lazy.cjs'), readFileSync(at('dist/lazy.cjs'), 'utf8').replace('import("./index.js")', 'Promise.resolve().then(()=>require("./index.cjs"))'));
cpSync(at('src/pipelint.wasm.d.ts'), at('dist/pipelint.wasm.d.ts'));
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
  if (!file.endsWith('.d.ts') || file.endsWith('.wasm.d.ts')) continue;
  const types = readFileSync(at('dist', file), 'utf8');
  writeFileSync(
    at('dist', file.replace(/\.d\.ts$/, '.d.cts')),
    types.replaceAll(/(from '\.[^']*)\.js'/g, "$1.cjs'").replaceAll(/(import\("\.[^"]*)\.js"/g, '$1.cjs"'),
  );
}
