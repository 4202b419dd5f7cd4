// Runs the packed package in workerd, the runtime of Cloudflare's workers: `npm run workerd`.
//
// By hand and before a release, since workerd is a program of 160 MB: it is installed into a folder that is removed
// again. What is imported is bundled as workers are, with the condition `workerd`.

import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const WORKERD = 'workerd@1.20261117.1';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const folder = mkdtempSync(join(tmpdir(), 'pipelint-workerd-'));
const run = (cwd, command, ...args) => {
  const { status, stdout } = spawnSync(command, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} failed\n${stdout}`);
  return stdout.trim();
};

const worker = `
import { check, leadlex, PipelintError } from 'pipelint';
import * as slim from 'pipelint/slim';
import module from 'pipelint/pipelint.wasm';

const same = (name, is, wanted) => {
  if (JSON.stringify(is) !== JSON.stringify(wanted)) throw new Error(name + ': ' + JSON.stringify(is));
};
const now = '2026-01-15T12:00:00Z';
const bad = { name: 'Acme', probability: 120 };
const message = '\`probability\` must be at most 100, not 120';

export default {
  async test() {
    same('a good text', check('leadlex/create-deal', '{"name":"Acme"}', { now }).ok, true);
    same('a good object', leadlex.createDeal.check({ name: 'Acme' }).ok, true);
    same('a bad object', leadlex.createDeal.check(bad, { now }).errors.map((error) => error.message), [message]);
    same('bytes', leadlex.createDeal.check(new TextEncoder().encode(JSON.stringify(bad)), { now }).errors[0].path, ['probability']);
    same('a fix', leadlex.createDeal.check({ name: 'Acme', status: 'Won' }, { now }).fixed(), { name: 'Acme', status: 'won' });
    same('a form', leadlex.createDeal['~standard'].validate(bad).issues.length, 1);
    try {
      leadlex.createDeal.parse(bad);
      same('an error', null, 'thrown');
    } catch (error) {
      same('an error', error instanceof PipelintError, true);
    }
    await slim.ready(module);
    same('slim', slim.leadlex.createDeal.check(bad, { now }).errors[0].message, message);
  },
};
`;

const config = `
using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [(name = "main", worker = (
    compatibilityDate = "2026-11-01",
    modules = [
      (name = "worker.js", esModule = embed "worker.js"),
      (name = "pipelint.wasm", wasm = embed "pipelint.wasm"),
    ],
  ))],
);
`;

try {
  for (const license of ['LICENSE-APACHE', 'LICENSE-MIT']) copyFileSync(join(root, '..', license), join(root, license));
  run(root, 'npm', 'pack', '--silent', '--pack-destination', folder);
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  writeFileSync(join(folder, 'package.json'), '{"private":true,"type":"module"}');
  run(folder, 'npm', 'install', '--silent', '--no-audit', '--no-fund', WORKERD, `./pipelint-${version}.tgz`);
  // One file beside the worker is the module, by whatever way it is imported.
  const wasm = {
    name: 'wasm',
    setup: ({ onResolve }) => onResolve({ filter: /pipelint\.wasm$/ }, () => ({ path: './pipelint.wasm', external: true })),
  };
  await build({
    stdin: { contents: worker, resolveDir: folder },
    bundle: true,
    format: 'esm',
    platform: 'neutral',
    conditions: ['workerd'],
    plugins: [wasm],
    outfile: join(folder, 'worker.js'),
    logLevel: 'warning',
  });
  copyFileSync(join(folder, 'node_modules/pipelint/dist/pipelint.wasm'), join(folder, 'pipelint.wasm'));
  writeFileSync(join(folder, 'config.capnp'), config);
  run(folder, 'node_modules/.bin/workerd', 'test', 'config.capnp');
  console.log(`the package works in ${WORKERD}`);
} finally {
  rmSync(folder, { recursive: true });
}
