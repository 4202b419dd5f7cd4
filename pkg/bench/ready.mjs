// From import to the first verdict, in new Node processes and in new pages of Chromium: the best and
// the median of several runs.

import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { PAYLOADS } from './payloads.mjs';

const RUNS = Number(process.env.RUNS ?? 15);
const { valid } = PAYLOADS.Slant;
const candidates = {
  pipelint: `const { check } = await import('../dist/index.js'); check('slant/create-opportunity', ${JSON.stringify(valid)}).ok`,
  'pipelint/lazy': `const { slant } = await import('../dist/lazy.js'); if (slant.createOpportunity['~standard'].validate(JSON.parse(${JSON.stringify(valid)})) instanceof Promise) throw new Error('not at once')`,
  ajv: `const { Ajv2020 } = await import('ajv/dist/2020.js'); const formats = (await import('ajv-formats')).default.default;
    const fs = await import('node:fs'); const schema = JSON.parse(fs.readFileSync('../dist/schemas/slant/create-opportunity/request.schema.json', 'utf8'));
    const ajv = new Ajv2020({ allErrors: true, strict: false }); formats(ajv); ajv.compile(schema)(JSON.parse(${JSON.stringify(valid)}))`,
  zod: `const { z } = await import('zod'); const o = z.looseObject({ name: z.string(), value: z.int().optional(), probability: z.int().min(0).max(100).optional(),
    target_close_date: z.iso.datetime({ offset: true }).optional(), pipeline_id: z.string().optional(), pipeline_stage_id: z.string().optional(), owner_id: z.string().optional() });
    o.safeParse(JSON.parse(${JSON.stringify(valid)})).success`,
};
const times = Object.fromEntries(Object.keys(candidates).map((name) => [name, []]));
for (let run = 0; run < RUNS; run++) {
  for (const [name, code] of Object.entries(candidates)) {
    const source = `const start = process.hrtime.bigint(); ${code}; console.log(Number(process.hrtime.bigint() - start) / 1e6)`;
    const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', source], { cwd: import.meta.dirname, encoding: 'utf8' });
    if (stdout === '') throw new Error(stderr);
    times[name].push(Number(stdout));
  }
}
print('in Node', times);

// In a page, each candidate is one file, as a bundler makes it, with its schema inside.
const dev = createRequire(new URL('../package.json', import.meta.url));
const { build } = dev('esbuild');
const { chromium } = dev('playwright-core');
const schema = readFileSync(new URL('../dist/schemas/slant/create-opportunity/request.schema.json', import.meta.url), 'utf8');
const sources = {
  pipelint: `import { check } from '../dist/index.js'; export default (text) => check('slant/create-opportunity', text).ok;`,
  lazy: `import { slant } from '../dist/lazy.js'; export default (text) => slant.createOpportunity['~standard'].validate(JSON.parse(text)).issues === undefined;`,
  ajv: `import { Ajv2020 } from 'ajv/dist/2020.js'; import formats from 'ajv-formats';
    const ajv = new Ajv2020({ allErrors: true, strict: false }); formats(ajv); const validate = ajv.compile(${schema});
    export default (text) => validate(JSON.parse(text));`,
  zod: `import { z } from 'zod'; const o = z.looseObject({ name: z.string(), value: z.int().optional(), probability: z.int().min(0).max(100).optional(),
    target_close_date: z.iso.datetime({ offset: true }).optional(), pipeline_id: z.string().optional(), pipeline_stage_id: z.string().optional(), owner_id: z.string().optional() });
    export default (text) => o.safeParse(JSON.parse(text)).success;`,
};
const files = {};
for (const [name, contents] of Object.entries(sources)) {
  const options = { bundle: true, minify: true, external: ['./index.js'], format: 'esm', charset: 'utf8', write: false, logLevel: 'error' };
  const { outputFiles } = await build({ ...options, stdin: { contents, resolveDir: import.meta.dirname } });
  files[`/${name}.js`] = outputFiles[0].contents;
}
const server = createServer((request, response) => {
  const file = files[request.url];
  response.writeHead(200, { 'content-type': file ? 'text/javascript' : 'text/html' });
  response.end(file ?? '<!doctype html><title>ready</title>');
});
await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
const origin = `http://127.0.0.1:${server.address().port}`;
const args = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args });
const inPages = Object.fromEntries(Object.keys(sources).map((name) => [name, []]));
for (let run = 0; run < RUNS; run++) {
  for (const name of Object.keys(sources)) {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(origin);
    inPages[name].push(
      await page.evaluate(
        async ([file, text]) => {
          const start = performance.now();
          const { default: verdict } = await import(file);
          if (verdict(text) !== true) throw new Error('a wrong verdict');
          return performance.now() - start;
        },
        [`/${name}.js`, valid],
      ),
    );
    await context.close();
  }
}
await browser.close();
server.close();
print('in Chromium', inPages);

function print(where, times) {
  console.log(where);
  for (const [name, list] of Object.entries(times)) {
    list.sort((a, b) => a - b);
    console.log(`${list[0].toFixed(2).padStart(8)} ms at best, ${list[list.length >> 1].toFixed(2)} ms in the median  ${name}`);
  }
}
