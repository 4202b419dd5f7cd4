// Publishes the package with provenance, from CI: `npm run release`. Without CI, a rehearsal.

import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const run = (command, ...args) => {
  console.log(`> ${command} ${args.join(' ')}`);
  if (spawnSync(command, args, { cwd: root, stdio: 'inherit' }).status !== 0) process.exit(1);
};

const real = process.env['CI'] === 'true' && process.env['ACTIONS_ID_TOKEN_REQUEST_URL'] !== undefined;
const { repository } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
if (repository === undefined) {
  const sentence = 'the registry refuses provenance unless package.json names its `repository`, the one that CI runs in';
  console.error(`before a release: ${sentence}`);
  if (real) process.exit(1);
}
run('cargo', 'xtask', 'wasm', 'test');
run('npm', 'run', '--silent', 'workerd');
run('npm', 'publish', '--access', 'public', ...(real ? ['--provenance'] : ['--dry-run']));
