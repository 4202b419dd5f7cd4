// `pipelint/lazy`: plainly valid values are accepted at once, everything else waits for the package.

import { beforeEach, describe, expect, it, vi } from 'vitest';
import { check, leadlex as full, type PayloadName } from '../src/index.js';
import { cases, FIELDS, now, parsedCases, recorded } from './corpus.js';

type Lazy = typeof import('../src/lazy.js');
let lazy: Lazy;

beforeEach(async () => {
  vi.resetModules();
  lazy = await import('../src/lazy.js');
});

const DEAL = { name: 'Acme', estimated_value: 5000, currency: 'EUR' };

describe('before the package is loaded', () => {
  it('accepts plainly valid values synchronously', () => {
    const { createDeal } = lazy.leadlex;
    expect(createDeal['~standard'].validate(DEAL)).toEqual({ value: DEAL });
    expect(createDeal.parse(DEAL)).toBe(DEAL);
    expect(createDeal.check(DEAL)).toMatchObject({ ok: true, diagnostics: [], payload: 'leadlex/create-deal/request', text: JSON.stringify(DEAL) });
    expect(createDeal.field('tags.0', 'a1')).toMatchObject({ ok: true, diagnostics: [] });
    const form = createDeal.with({ coerce: true });
    expect(form['~standard'].validate({ name: 'Acme', probability: '50', stage: '' })).toEqual({ value: { name: 'Acme', probability: 50 } });
    expect(createDeal.with({ unknown: 'strip' }).parse({ ...DEAL, $ACTION_KEY: 'k1' })).toEqual(DEAL);
    expect(createDeal.partial().parse({ probability: 50 })).toEqual({ probability: 50 });
    expect(lazy.isReady()).toBe(false);
  });

  it('returns promises for all others, and then no more', async () => {
    const { createDeal } = lazy.leadlex;
    const pending = createDeal['~standard'].validate({ name: 'Acme', probability: 120 });
    expect(pending).toBeInstanceOf(Promise);
    expect(await pending).toMatchObject({ issues: [{ path: ['probability'] }] });
    expect(lazy.isReady()).toBe(true);
    expect(createDeal['~standard'].validate({ name: 'Acme', probability: 120 })).toHaveProperty('issues');
    expect(createDeal.check({})).toMatchObject({ ok: false });
    expect(() => createDeal.parse({})).toThrow(/`name` is missing/);
    expect(createDeal.field('probability', 120)).toMatchObject({ ok: false });
  });

  it('does not decide under options that may change the result', async () => {
    for (const options of [{ policy: { stages: ['Lead'] } }, { rules: { text: 'off' } }, { limits: { size: 10 } }, { mask: {} }, { unknown: 'error' }, { polcy: 1 }]) {
      vi.resetModules();
      const other = (await import('../src/lazy.js')).leadlex.createDeal.check(DEAL, options as never);
      expect(other).toBeInstanceOf(Promise);
      await Promise.allSettled([other]);
    }
    const invalid = lazy.leadlex.createDeal.with({ rulez: {} } as never).check(DEAL);
    await expect(invalid).rejects.toThrow(/did you mean "rules"/);
  });

  it('throws for paths that no payload has', () => {
    expect(() => lazy.leadlex.createDeal.field('name.first', 'x')).toThrow(RangeError);
  });

  it('loads again after a failure', async () => {
    let calls = 0;
    const loader = () => (calls++ === 0 ? Promise.reject(new Error('offline')) : import('../src/index.js'));
    await expect(lazy.ready(loader)).rejects.toThrow('offline');
    expect(lazy.isReady()).toBe(false);
    await expect(lazy.leadlex.createDeal.check({})).resolves.toMatchObject({ ok: false });
    expect(calls).toBe(2);
  });

  it('keeps messages that are set early', async () => {
    lazy.setLocale({ 'schema/maximum': 'Höchstens {limit}' });
    const report = await lazy.leadlex.createDeal.check({ name: 'Acme', probability: 120 });
    expect(report.errors[0]!.message).toBe('Höchstens 100');
  });
});

describe('once it is loaded', () => {
  it('gives the diagnostics of the corpus', async () => {
    await lazy.ready();
    const all = [lazy.leadlex, lazy.slant, lazy.ruddr].flatMap((system) => Object.values(system));
    let seen = 0;
    for (const { name, payload, bytes, expected } of cases()) {
      const object = all.find((one) => one.name === payload);
      if (object === undefined) continue;
      const report = await object.check(bytes, { now });
      expect(JSON.stringify(report.diagnostics.map(recorded), FIELDS, 2), name).toBe(expected);
      seen++;
    }
    expect(seen).toBe(cases().length);
  });
});

describe('its fast path', () => {
  it('accepts nothing that the package refuses', async () => {
    let accepted = 0;
    for (const { name, payload, value } of parsedCases()) {
      const object = [lazy.leadlex, lazy.slant, lazy.ruddr].flatMap((system) => Object.values(system)).find((one) => one.name === payload)!;
      const failing = Promise.reject(new Error('not loaded'));
      failing.catch(() => undefined);
      void lazy.ready(() => failing).catch(() => undefined);
      const report = object.check(value, { now });
      if (report instanceof Promise) {
        await expect(report).rejects.toThrow('not loaded');
      } else {
        accepted++;
        expect(check(payload as PayloadName, value, { now }).diagnostics, name).toEqual([]);
      }
    }
    expect(accepted).toBeGreaterThan(3);
    expect(full.createDeal.check(DEAL).ok).toBe(true);
  });
});
