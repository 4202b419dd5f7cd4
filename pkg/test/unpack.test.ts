import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

import packed from '../src/generated/module.js';
import { unpack } from '../src/unpack.js';

test('the module that a page puts together is the one that is shipped as it is', () => {
  const shipped = readFileSync(new URL('../dist/pipelint.wasm', import.meta.url));
  expect(shipped.equals(unpack(packed))).toBe(true);
});
