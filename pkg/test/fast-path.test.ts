// The fast path for objects: whatever it accepts has no diagnostics according to the module.

import { afterEach, describe, expect, it } from 'vitest';
import { check, type PayloadName } from '../src/index.js';
import * as engine from '../src/engine.js';
import { type decodeTable, isPlainlyValid } from '../src/fast-path.js';
import { now, parsedCases } from './corpus.js';

type Fields = Record<string, unknown>;

const seconds = Date.parse(now) / 1000;
const tables = new Map<string, ReturnType<typeof decodeTable> | null>();

function isFast(payload: string, object: object): boolean {
  if (!tables.has(payload)) tables.set(payload, engine.fastPath(engine.payload(payload)));
  const known = tables.get(payload);
  return known !== null && known !== undefined && isPlainlyValid(known, object, seconds);
}

/** Whether the fast path accepts an object; fails if the module then finds something. */
function tried(payload: string, object: object): boolean {
  const is = isFast(payload, object);
  if (is) {
    const text = JSON.stringify(object);
    const rules = check(payload as PayloadName, text, { now }).diagnostics.map(({ rule }) => rule);
    expect(rules, text).toEqual([]);
  }
  return is;
}

const { PAYLOADS } = (await import(new URL('../bench/payloads.mjs', import.meta.url).href)) as {
  PAYLOADS: Record<string, { id: string; valid: string; invalid: string }>;
};
const benched = Object.values(PAYLOADS);
const good = (payload: string): Fields => JSON.parse(benched.find(({ id }) => id === payload)!.valid) as Fields;
const [DEAL, OPPORTUNITY, STAGE] = benched.map(({ id }) => id) as [string, string, string];

/** The same numbers in each run. */
function seeded(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const at = (days: number, millis = 0) => new Date((seconds + days * 86_400) * 1000 + millis).toISOString();
const VALUES: unknown[] = [
  '', ' ', 'a', 'A', ' a', 'a ', '1', '-1', 'é', 'a\u0301', 'a\u200b', '\ud800', 'a\ud800b', 'a"b', 'a\\b', 'a\nb', 'a\tb', 'a\n', '\na', 'a \n', 'Two lines\nof text.', 'Two "lines"\nof text.', 'a'.repeat(19) + '\nb', 'a'.repeat(18) + '\n b', 'b ' + 'a'.repeat(19) + '\n b', `x\nAKIA${'IOSFODNN7EXAMPLE'}\ny`, `x\nAKIA${'IOSFODNN7EXAMPLE'}`, 'a\u007f', '\u00a0a',
  'string', 'spring', 'String', 'todo', 'Tbd', 'tba', 'n/a', 'None', 'null', 'NaN', 'foobar', 'placeholder', 'Partnership', '<name>', '{{x}}', '[your name]', '[object Object]',
  'Acme', 'Acme Ltd', 'Won', 'won', 'lost', 'Closed Lost', 'Boston', 'Lead', 'wonder', 'almost', 'open', 'active', 'Open',
  'EUR', 'eur', 'XXX', 'HRK', 'USD', 'CLF', 'EURO', 'hourly', 'high', 'Hoch',
  'user-1', 'user-17', 'contact-001', 'nodigits-at-all', '0000000', '00000001', 'id', 'abc123', 'your-contact-id', 'contact_id_1', 'matter_lead_id', '12345678x', 'a1bcdefgh', 'a1bcdefghi',
  'b9c85ac3-1a1d-4f31-a0c5-6e7d3d8ee0b2', 'B9C85AC3-1A1D-4F31-A0C5-6E7D3D8EE0B2', 'b9c85ac3-1a1d-0f31-a0c5-6e7d3d8ee0b2', '00000000-0000-0000-0000-000000000000', 'ffffffff-ffff-ffff-ffff-ffffffffffff', 'b9c85ac31a1d4f31a0c56e7d3d8ee0b2', 'b9c85ac3-1a1d-4f31-a0c5-6e7d3d8ee0bg',
  'sk_live_0123456789abcdef0123', `AKIA${'IOSFODNN7EXAMPLE'}`, `x AKIA${'IOSFODNN7EXAMPLE'} y`, 'a'.repeat(19), 'a'.repeat(20), `x ${'a'.repeat(19)} y`, `x ${'a'.repeat(20)} y`, `x ${'a'.repeat(20)}`, `${'ab '.repeat(85)}`, `${'ab '.repeat(85)}a`, 'word '.repeat(999) + 'word', 'word '.repeat(1001) + 'word', 'a'.repeat(5000),
  at(1), at(-1), at(0), at(0, 1), at(0, 999), at(0, 1000), at(3652), at(3653), at(3652, 43_199_000), at(3650).slice(0, 10), at(1).slice(0, 10), at(0).slice(0, 10), at(-1).slice(0, 10), at(1).replace('.000', ''), at(9).replace('Z', ''), at(9).replace('Z', '+02:00'),
  '2027-02-29', '2028-02-29', '2027-02-28', '2027-04-31', '2027-04-30', '2027-12-31', '2027-13-01', '2027-00-10', '2027-01-00', '0027-01-01', '1989-12-31', '2027-1-01', '20270101', '2027-01-01T24:00:00Z', '2027-01-01T23:59:60Z', '2027-01-01t10:00:00z', '2027-01-01 10:00:00Z', '2027-01-01T10:00:00.00Z', '2027-01-01T10:00:00.12xZ', '٢٠٢٧-01-01',
  0, -0, 1, 2, 50, 99, 100, 101, 999, 1000, 50_000, 1e9, 999_999_999, 1e14, 1e15, 1e15 - 1, 1e16, 1e21, 1e300, -1, -0.5, 0.5, 0.25, 0.1234, 0.12345, 0.1 + 0.2, 1e-4, 1e-5, 1e-6, 1e-7, 0.9999, 0.99999, 1.5, 60.5, NaN, Infinity, -Infinity, 2 ** 53, Number.MIN_VALUE,
  true, false, null, undefined, {}, { a: 1 }, [], ['a'], ['partner'], ['partner', 'Partner'], ['partner', 'partner'], ['user-0001', 'user-0002'], ['user-0001', 'USER-0001'], ['@', '`'], [''], ['a '], [1], [null], [undefined], new Array(2), ['string'], ['todo'], [['a']], Array.from({ length: 16 }, (_, one) => `tag${one}x`), Array.from({ length: 17 }, (_, one) => `tag${one}x`),
  new Date(0), new Map(), new String('Acme'), new Number(5), Symbol('x'), () => 1,
];

afterEach(() => {
  const prototype = Object.prototype as unknown as Fields;
  for (const key of ['toJSON', 'name']) delete prototype[key];
  delete (Array.prototype as unknown as Fields)['toJSON'];
});

describe('the fast path', () => {
  it.each(benched)('accepts the valid payload of $id, and not the invalid one', ({ id, valid, invalid }) => {
    expect(tried(id, JSON.parse(valid) as object)).toBe(true);
    expect(tried(id, JSON.parse(invalid) as object)).toBe(false);
  });

  it('agrees with the module on the corpus', () => {
    const fast: string[] = [];
    for (const { name, payload, value } of parsedCases()) {
      if (typeof value === 'object' && value !== null && tried(payload, value)) fast.push(name);
    }
    for (const name of ['ruddr/create-opportunity-stage', 'slant/create-opportunity']) {
      expect(fast).toContain(`${name}/request/valid-sample.json`);
    }
    expect(fast).toContain('leadlex/create-deal/request/valid-aliases-by-their-targets.json');
    expect(fast).toContain('leadlex/create-deal/request/valid-full.json');
  });

  it('agrees with the module on each value at each place', () => {
    let [fast, others] = [0, 0];
    for (const { id } of benched) {
      const names = [...tablesOf(id)];
      for (const name of names) {
        for (const value of VALUES) {
          for (const object of [{ ...good(id), [name]: value }, { ...required(id), [name]: value }]) {
            if (tried(id, object)) fast++;
            else others++;
          }
        }
      }
    }
    expect(fast).toBeGreaterThan(1000);
    expect(others).toBeGreaterThan(1000);
  });

  it('agrees with the module on thousands of objects', () => {
    const draw = seeded(20_261_124);
    let [fast, others] = [0, 0];
    for (let turn = 0; turn < 12_000; turn++) {
      const { id } = benched[turn % benched.length]!;
      const names = [...tablesOf(id)];
      let object: Fields = draw(3) === 0 ? required(id) : good(id);
      for (let change = draw(4); change >= 0; change--) {
        const name = names[draw(names.length)]!;
        const kind = draw(8);
        if (kind < 5) object[name] = VALUES[draw(VALUES.length)];
        else if (kind < 7) delete object[name];
        else object = Object.fromEntries(Object.entries(object).sort(() => draw(3) - 1));
      }
      if (tried(id, object)) fast++;
      else others++;
    }
    expect(fast).toBeGreaterThan(1000);
    expect(others).toBeGreaterThan(1000);
  });

  it('rejects objects that JSON writes differently', () => {
    const deal = () => good(DEAL);
    class Deal {
      constructor() {
        Object.assign(this, deal());
      }
    }
    expect(isFast(DEAL, new Deal())).toBe(false);
    expect(isFast(DEAL, Object.create(deal()) as object)).toBe(false);
    expect(isFast(DEAL, Object.defineProperty(deal(), 'toJSON', { value: () => ({}) }))).toBe(false);
    expect(isFast(DEAL, { ...deal(), '': 'a' })).toBe(false);
    expect(isFast(DEAL, { ...deal(), unknown: undefined })).toBe(false);
    expect(isFast(DEAL, JSON.parse('{"name":"Acme","__proto__":"a"}') as object)).toBe(false);
    expect(isFast(DEAL, { ...deal(), tags: Object.assign(['a'], { toJSON: () => 1 }) })).toBe(false);
    expect(isFast(DEAL, { ...deal(), tags: new (class extends Array<string> {})('a') })).toBe(false);
    expect(isFast(DEAL, [] as object)).toBe(false);
    expect(isFast(DEAL, Object.assign(Object.create(null), deal()) as object)).toBe(true);
    expect(isFast(DEAL, { ...deal(), notes: undefined, [Symbol('x')]: 1 })).toBe(true);
  });

  it('notices changed prototypes', () => {
    const prototype = Object.prototype as unknown as Fields;
    const nameless = { stage: 'Proposal' };
    prototype['name'] = 'Acme';
    expect(isFast(DEAL, nameless)).toBe(false);
    expect(isFast(DEAL, { ...good(DEAL) })).toBe(true);
    delete prototype['name'];
    Object.defineProperty(prototype, 'toJSON', { value: () => ({}), configurable: true });
    expect(isFast(DEAL, good(DEAL))).toBe(false);
    delete prototype['toJSON'];
    Object.defineProperty(Array.prototype, 'toJSON', { value: () => 1, configurable: true });
    expect(isFast(DEAL, good(DEAL))).toBe(false);
  });

  it('reads each property once', () => {
    let reads = 0;
    const object = Object.defineProperty(good(STAGE), 'probability', { enumerable: true, get: () => (reads++ === 0 ? 0.5 : 7) });
    expect(isFast(STAGE, object)).toBe(true);
    expect(reads).toBe(1);
  });

  it('leaves rules about several properties to the module', () => {
    expect(tried(DEAL, { name: 'Acme', estimated_value: 5 })).toBe(false);
    expect(tried(DEAL, { name: 'Acme', estimated_value: 5, currency: 'EUR' })).toBe(true);
    expect(tried(DEAL, { name: 'Acme', status: 'won', probability: 50 })).toBe(false);
    expect(tried(DEAL, { name: 'Acme', owner_id: 'user-001', owner_user_id: 'user-002' })).toBe(false);
    expect(tried(OPPORTUNITY, { name: 'Acme', value: 500 })).toBe(false);
  });
});

describe('a report of the fast path', () => {
  it('is like a report of the module', () => {
    const object = good(DEAL);
    const [fast, other] = [check(DEAL as PayloadName, object, { now }), check(DEAL as PayloadName, JSON.stringify(object), { now })];
    expect(fast.ok).toBe(true);
    expect(fast.text).toBe(other.text);
    expect(fast.diagnostics).toEqual([]);
    expect(fast.toJSON()).toEqual([]);
    expect(fast.fixed()).toBe(object);
    expect(fast.payload).toBe(DEAL);
  });

  it('leaves earlier reports intact', () => {
    const bad = check(STAGE as PayloadName, '{"name":"Acme","probability":7}', { now });
    // As the first check of an object does.
    expect(engine.encodedTable(engine.payload(DEAL).number)).toBeDefined();
    const message = bad.diagnostics[0]!.message;
    const again = check(STAGE as PayloadName, '{"name":"Acme","probability":7}', { now });
    expect(message).toBe(again.diagnostics[0]!.message);
    expect(bad.toJSON()).toEqual(again.toJSON());
  });

  it('respects the options', () => {
    const object = good(DEAL);
    const payload = DEAL as PayloadName;
    expect(check(payload, object, { now, policy: { stages: ['Lead'] } }).diagnostics[0]!.rule).toBe('policy/unknown-stage');
    expect(check(payload, object, { now, limits: { size: 10 } }).diagnostics[0]!.rule).toBe('json/too-large');
    expect(check(payload, object, { now: '2031-01-01T00:00:00Z' }).diagnostics[0]!.rule).toBe('date/past-follow-up');
    expect(check(payload, object, { now }).diagnostics).toEqual([]);
    expect(() => check(payload, object, { now: new Date(NaN) })).toThrow(RangeError);
    expect(() => check(payload, object, { now, rules: { nonsense: 'off' } as never })).toThrow(RangeError);
  });
});

/** The names of a payload's properties. */
function tablesOf(payload: string): Iterable<string> {
  isFast(payload, {});
  return tables.get(payload)!.byName.keys();
}

/** A payload with required properties only. */
function required(payload: string): Fields {
  const { name, probability, statusId, opportunityPipelineId } = good(payload);
  return payload === STAGE ? { name, probability, statusId, opportunityPipelineId } : { name };
}
