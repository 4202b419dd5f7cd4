// Publishes the package with provenance, from CI: `npm run release`. Without CI, a rehearsal.

import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const run = (command, ...args) => {
  console.log(`> ${command} ${args.join(' ')}`);
  if (spawnSync(command, args, { cwd: root, stdio: 'inherit' }).status !== 0) process.exit(1);
};

run('cargo', 'xtask', 'wasm', 'test');
const real = process.env['CI'] === 'true' && process.env['ACTIONS_ID_TOKEN_REQUEST_URL'] !== undefined;
run('npm', 'publish', '--access', 'public', ...(real ? ['--provenance'] : ['--dry-run']));
