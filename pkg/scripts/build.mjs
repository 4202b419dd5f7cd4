// Builds `dist` from `src` and from what `cargo xtask wasm` has written into `src/generated`.

import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const at = (...path) => join(root, ...path);

// The module as text: one character a byte. Compressed, this is as small as the bytes themselves,
// where base64 is a third bigger.
const bytes = readFileSync(at('src/generated/pipelint.wasm'));
const escapes = { 0: '\\x00', 10: '\\n', 13: '\\r', 34: '\\"', 92: '\\\\' };
const text = Array.from(bytes, (byte) => escapes[byte] ?? String.fromCharCode(byte)).join('');
writeFileSync(
  at('src/generated/module.js'),
  `export default () => {
  const text = "${text}";
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < bytes.length; at++) bytes[at] = text.charCodeAt(at);
  return bytes;
};
`,
);
writeFileSync(at('src/generated/module.d.ts'), 'export default function bytes(): Uint8Array<ArrayBuffer>;\n');

rmSync(at('dist'), { recursive: true, force: true });
mkdirSync(at('dist'));
const common = { bundle: true, minify: true, charset: 'utf8', target: 'es2022', platform: 'neutral', legalComments: 'none', logLevel: 'warning' };
const entries = { index: at('src/index.ts'), slim: at('src/slim.ts') };
await build({
  ...common,
  entryPoints: { ...entries, workerd: at('src/workerd.ts') },
  format: 'esm',
  outdir: at('dist'),
  external: ['./pipelint.wasm', 'node:fs/promises'],
});
await build({
  ...common,
  entryPoints: entries,
  format: 'cjs',
  outdir: at('dist'),
  outExtension: { '.js': '.cjs' },
  external: ['node:fs/promises'],
  define: { 'import.meta.url': 'here' },
  banner: { js: 'const here=typeof __filename=="string"?require("node:url").pathToFileURL(__filename).href:document.baseURI;' },
});
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
