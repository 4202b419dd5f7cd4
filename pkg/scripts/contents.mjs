// Checks what would be published: its files, and that every kind of import finds code and types.

import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const run = (command, ...args) => {
  const { status, stdout } = spawnSync(command, args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
  if (status !== 0) {
    console.error(stdout);
    throw new Error(`${command} ${args.join(' ')} failed`);
  }
  return stdout;
};

for (const license of ['LICENSE-APACHE', 'LICENSE-MIT']) copyFileSync(join(root, '..', license), join(root, license));
const [packed] = JSON.parse(run('npm', 'pack', '--dry-run', '--json', '--silent'));
const files = packed.files.map(({ path }) => path);
const wanted = [
  'LICENSE-APACHE', 'LICENSE-MIT', 'README.md', 'package.json',
  'dist/index.js', 'dist/index.cjs', 'dist/index.d.ts', 'dist/index.d.cts',
  'dist/slim.js', 'dist/slim.cjs', 'dist/slim.d.ts', 'dist/slim.d.cts',
  'dist/lazy.js', 'dist/lazy.cjs', 'dist/lazy.d.ts', 'dist/lazy.d.cts',
  'dist/workerd.js', 'dist/pipelint.wasm', 'dist/pipelint.wasm.d.ts', 'examples/react-hook-form.tsx', 'examples/plain.html',
  'dist/schemas/leadlex/create-deal/request.schema.json',
];
const missing = wanted.filter((file) => !files.includes(file));
const strange = files.filter((file) => !wanted.includes(file) && !/^(dist\/(schemas\/.*\.schema\.json|[-\w/]+\.d\.c?ts)|examples\/[-\w]+\.\w+)$/.test(file));
if (missing.length > 0 || strange.length > 0) {
  console.error(`missing: ${missing.join(', ') || 'nothing'}; not wanted: ${strange.join(', ') || 'nothing'}`);
  process.exit(1);
}
console.log(`${files.length} files, ${packed.size} bytes packed`);

const folder = mkdtempSync(join(tmpdir(), 'pipelint-'));
try {
  run('npm', 'pack', '--silent', '--pack-destination', folder);
  const tarball = join(folder, `pipelint-${packed.version}.tgz`);
  console.log(run('npx', '--no-install', 'publint', '--strict', tarball).trim());
  console.log(run('npx', '--no-install', 'attw', tarball, '--format', 'ascii', '--profile', 'node16', '--exclude-entrypoints', 'pipelint.wasm').trim());
} finally {
  rmSync(folder, { recursive: true });
}
