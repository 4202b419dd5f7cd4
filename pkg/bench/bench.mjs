// Candidates side by side in one process: each runs briefly in every round, and its best round
// counts. Times are in nanoseconds.

import { createRequire } from 'node:module';
import { check } from '../dist/index.js';
import { others as different, PAYLOADS } from './payloads.mjs';
import { peers, schemaOf } from './peers.mjs';

const ROUNDS = Number(process.env.ROUNDS ?? 60);
const now = new Date('2026-01-15T12:00:00Z');

function race(title, candidates) {
  const runners = Object.entries(candidates).map(([name, run]) => ({ name, run, best: Infinity }));
  for (const runner of runners) {
    // Enough for the optimising compiler, and to size the rounds at a quarter of a millisecond.
    const start = process.hrtime.bigint();
    let count = 0;
    while (Number(process.hrtime.bigint() - start) < 60e6) {
      runner.run();
      count++;
    }
    runner.turns = Math.max(1, Math.round((count / 60) * 0.25));
  }
  for (let round = 0; round < ROUNDS; round++) {
    for (const runner of runners) {
      const start = process.hrtime.bigint();
      for (let turn = 0; turn < runner.turns; turn++) runner.run();
      runner.best = Math.min(runner.best, Number(process.hrtime.bigint() - start) / runner.turns);
    }
  }
  console.log(`\n${title}`);
  for (const { name, best } of runners.sort((a, b) => a.best - b.best)) console.log(`${best.toFixed(0).padStart(9)}  ${name}`);
}

const words = (report) => report.diagnostics.map((diagnostic) => diagnostic.message);
const full = (report) => report.diagnostics.map((one) => [one.message, one.help, one.line, one.column, one.fix]);

for (const [system, { id, valid, invalid }] of Object.entries(PAYLOADS)) {
  const others = Object.entries(peers(id));
  const [good, bad] = [JSON.parse(valid), JSON.parse(invalid)];
  for (const [name, peer] of others) {
    let verdicts;
    try {
      verdicts = [peer.valid(good), peer.all ? peer.all(bad).length : 'thrown'];
    } catch (error) {
      verdicts = [error.message];
    }
    console.error(`${system} ${name}: valid ${verdicts[0]}, errors ${verdicts[1]}`);
  }
  const each = (make) => Object.fromEntries(others.map(([name, peer]) => [name, make(peer)]).filter(([, run]) => run));
  race(`${system}: valid, from JSON text`, {
    pipelint: () => check(id, valid, { now }).ok,
    'JSON.parse alone': () => JSON.parse(valid),
    ...each((peer) => () => peer.valid(JSON.parse(valid))),
  });
  race(`${system}: valid, from an object`, {
    pipelint: () => check(id, good, { now }).ok,
    'JSON.stringify alone': () => JSON.stringify(good),
    ...each((peer) => () => peer.valid(good)),
  });
  const many = different(valid);
  if (!many.every((one) => check(id, one, { now }).ok)) throw new Error(`${system}: the different payloads are to be good`);
  let next = 0;
  race(`${system}: valid, from 64 objects in turn`, {
    pipelint: () => check(id, many[next++ & 63], { now }).ok,
    'JSON.stringify alone': () => JSON.stringify(many[next++ & 63]),
    ...each((peer) => () => peer.valid(many[next++ & 63])),
  });
  race(`${system}: invalid, from JSON text, with all messages`, {
    pipelint: () => words(check(id, invalid, { now })),
    'pipelint, verdict alone': () => check(id, invalid, { now }).ok,
    ...each((peer) => peer.all && (() => peer.all(JSON.parse(invalid)))),
  });
  race(`${system}: invalid, from an object, with all messages`, {
    pipelint: () => words(check(id, bad, { now })),
    ...each((peer) => peer.all && (() => peer.all(bad))),
  });

  const require = createRequire(import.meta.url);
  const { Ajv2020 } = require('ajv/dist/2020.js');
  const ajv = new Ajv2020({ allErrors: true, strict: false, multipleOfPrecision: 9 });
  require('ajv-formats').default(ajv);
  const schema = schemaOf(id);
  const validate = ajv.compile(schema);
  const candidates = { 'pipelint, with help, places and fixes': () => full(check(id, invalid, { now })) };
  try {
    const { default: betterAjvErrors } = await import('better-ajv-errors');
    const better = betterAjvErrors.default ?? betterAjvErrors;
    candidates['better-ajv-errors'] = () => {
      const data = JSON.parse(invalid);
      validate(data);
      return better(schema, data, validate.errors, { format: 'js', json: invalid });
    };
    candidates['better-ajv-errors']();
  } catch (error) {
    delete candidates['better-ajv-errors'];
    console.error(`better-ajv-errors is left out: ${error.message.split('\n')[0]}`);
  }
  race(`${system}: invalid, with places and help`, candidates);

  const { getLanguageService, TextDocument } = require('vscode-json-languageservice');
  const service = getLanguageService({});
  service.configure({ schemas: [{ uri: 'mem://schema', fileMatch: ['*'], schema }] });
  const document = TextDocument.create('mem://payload.json', 'json', 1, invalid);
  const once = () => service.doValidation(document, service.parseJSONDocument(document));
  for (let turn = 0; turn < 300; turn++) await once();
  let best = Infinity;
  for (let round = 0; round < ROUNDS; round++) {
    const start = process.hrtime.bigint();
    for (let turn = 0; turn < 20; turn++) await once();
    best = Math.min(best, Number(process.hrtime.bigint() - start) / 20);
  }
  console.log(`${best.toFixed(0).padStart(9)}  vscode-json-languageservice`);
}
