// From import to the first verdict, in new Node processes: the best and the middle of many.

import { spawnSync } from 'node:child_process';
import { PAYLOADS } from './payloads.mjs';

const RUNS = Number(process.env.RUNS ?? 15);
const { valid } = PAYLOADS.Slant;
const candidates = {
  pipelint: `const { check } = await import('../dist/index.js'); check('slant/create-opportunity', ${JSON.stringify(valid)}).ok`,
  ajv: `const { Ajv2020 } = await import('ajv/dist/2020.js'); const formats = (await import('ajv-formats')).default.default; const { schemaOf } = { schemaOf: null };
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
for (const [name, list] of Object.entries(times)) {
  list.sort((a, b) => a - b);
  console.log(`${list[0].toFixed(2).padStart(8)} ms at best, ${list[list.length >> 1].toFixed(2)} ms in the middle  ${name}`);
}
