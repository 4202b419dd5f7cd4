// Objects as applications have them: fixes keep references, hostile values give reports, fields take
// the paths of form libraries, forms become payloads, payload objects take options.

import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { check, leadlex, type PayloadName, PipelintError, ruddr, setLocale, slant } from '../src/index.js';
import { graft } from '../src/graft.js';

const now = '2026-01-15T12:00:00Z';
const deal = leadlex.createDeal.with({ now });

describe('fixed() of an object', () => {
  it('replaces only what a fix names and keeps all other references', () => {
    const date = new Date('2030-03-15T00:00:00Z');
    const tags = ['partner'];
    class Extra {
      note = 'kept';
    }
    const extra = new Extra();
    const input = { name: 'Acme', estimated_value: NaN, currency: 'usd', probability: NaN, follow_up_date: date, stage: undefined, tags, extra, [Symbol.for('x')]: 1 };
    const fixed = deal.check(input).fixed();
    expect(fixed).not.toBe(input);
    expect(fixed.currency).toBe('USD');
    expect(fixed.estimated_value).toBeNaN();
    expect(fixed.probability).toBeNaN();
    expect(fixed.follow_up_date).toBe(date);
    expect(fixed.tags).toBe(tags);
    expect(fixed.extra).toBe(extra);
    expect(Object.hasOwn(fixed, 'stage')).toBe(true);
    expect(fixed[Symbol.for('x')]).toBe(1);
    expect(Object.keys(fixed)).toEqual(Object.keys(input));
    expect(input.currency).toBe('usd');
  });

  it('keeps prototypes, accessors and frozen objects', () => {
    class Deal {
      name = 'Acme';
      currency = 'usd';
      get shown() {
        return `${this.name} in ${this.currency}`;
      }
    }
    const fixed = deal.check(new Deal()).fixed();
    expect(fixed).toBeInstanceOf(Deal);
    expect(fixed.shown).toBe('Acme in USD');
    const frozen = Object.freeze({ name: 'Acme', currency: 'usd', tags: Object.freeze(['a1']) });
    expect(deal.check(frozen).fixed()).toEqual({ name: 'Acme', currency: 'USD', tags: ['a1'] });
    expect(deal.check(frozen).fixed().tags).toBe(frozen.tags);
    const bare = Object.assign(Object.create(null) as object, { name: 'Acme', currency: 'usd' });
    expect(Object.getPrototypeOf(deal.check(bare).fixed())).toBeNull();
  });

  it('keeps items that a shorter array still has', () => {
    const [one, two, three] = [{ a: NaN }, { b: new Date(0) }, { c: 1 }];
    const before = JSON.parse(JSON.stringify(['', one, '', two, three])) as unknown;
    const fixed = graft(['', one, '', two, three], before, JSON.parse(JSON.stringify([one, two, { c: 2 }]))) as unknown[];
    expect(fixed).toHaveLength(3);
    expect(fixed[0]).toBe(one);
    expect(fixed[1]).toBe(two);
    expect(fixed[2]).toEqual({ c: 2 });
  });

  it('adds and removes properties, also one called __proto__', () => {
    const kept = new Date(0);
    const original = { a: 1, b: kept, c: 3 };
    const fixed = graft(original, { a: 1, b: kept.toJSON(), c: 3 }, JSON.parse(`{"b":"${kept.toJSON()}","c":3,"__proto__":{"x":1}}`)) as typeof original;
    expect(Object.keys(fixed)).toEqual(['b', 'c', '__proto__']);
    expect(fixed.b).toBe(kept);
    expect(Object.getPrototypeOf(fixed)).toBe(Object.prototype);
  });

  it('agrees with the fixed text on thousands of objects', () => {
    const values: unknown[] = ['usd', 'USD', 'Won', 'won', '', ' a ', 5, 0.5, NaN, null, undefined, [' a', 'a', 'a'], [], true, new Date(0), { a: [1] }];
    const names = ['name', 'currency', 'status', 'tags', 'probability', 'notes', 'Name', 'estimated_value', 'follow_up_date'];
    let seed = 7;
    const draw = (below: number) => (seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0) % below;
    let changed = 0;
    for (let turn = 0; turn < 4000; turn++) {
      const object: Record<string, unknown> = {};
      for (let count = draw(6); count >= 0; count--) object[names[draw(names.length)]!] = values[(draw(997) * 31) % values.length];
      for (const applicability of ['safe', 'unsafe'] as const) {
        const report = deal.check(object);
        const text = check('leadlex/create-deal', report.text as string, { now }).fixed(applicability);
        const fixed = report.fixed(applicability);
        expect(JSON.parse(JSON.stringify(fixed))).toEqual(JSON.parse(text));
        if (fixed !== object) changed++;
        for (const name of Object.keys(object)) {
          const before = (JSON.parse(report.text as string) as Record<string, unknown>)[name];
          const after = (JSON.parse(text) as Record<string, unknown>)[name];
          if (JSON.stringify(before) === JSON.stringify(after)) expect(fixed[name]).toBe(object[name]);
        }
      }
    }
    expect(changed).toBeGreaterThan(500);
  });
});

describe('values that JSON cannot carry', () => {
  const cyclic: Record<string, unknown> = { name: 'Acme' };
  cyclic['self'] = cyclic;
  const twice: Record<string, unknown> = {};
  twice['one'] = twice['two'] = twice;
  let deep: unknown = {};
  for (let level = 0; level < 20_000; level++) deep = { deep };
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  const throwing = (): never => {
    throw new Error('no');
  };

  it.each([
    ['undefined', undefined, /undefined/],
    ['null', null, /null/],
    ['a symbol', Symbol('x'), /a symbol/],
    ['a function', () => 1, /a function/],
    ['a BigInt', 10n, /a BigInt/],
    ['NaN', NaN, /NaN/],
    ['a cycle', cyclic, /circular reference/],
    ['cycles that branch', twice, /circular reference/],
    ['20,000 levels', deep, /deep/],
    ['a revoked proxy', proxy, /cannot be read/],
    ['a getter that throws', Object.defineProperty({}, 'name', { get: throwing, enumerable: true }), /cannot be read/],
    ['a toJSON that throws', { name: { toJSON: throwing } }, /cannot be read/],
    ['a fake buffer', { [Symbol.toStringTag]: 'ArrayBuffer', length: -1 }, /name/],
    ['a proxy that throws', new Proxy({}, { ownKeys: throwing, get: throwing, getPrototypeOf: throwing }), /cannot be read/],
    ['a date', new Date(0), /object/],
  ])('%s gives a report, never an exception', (_, value, message) => {
    for (const report of [leadlex.createDeal.check(value), check('leadlex/create-deal', value)]) {
      expect(report.ok).toBe(false);
      expect(report.diagnostics.map((one) => one.message).join('\n')).toMatch(message);
      expect(() => report.fixed('unsafe')).not.toThrow();
      expect(() => JSON.stringify(report)).not.toThrow();
    }
    expect(() => leadlex.createDeal.parse(value)).toThrow(PipelintError);
    expect(leadlex.createDeal['~standard'].validate(value).issues).not.toHaveLength(0);
    expect(leadlex.createDeal.with({ coerce: true, unknown: 'strip' })['~standard'].validate(value).issues).not.toHaveLength(0);
    expect(leadlex.createDeal.field('stage', value)).toHaveProperty('ok');
  });

  it('are named at their place', () => {
    const input = { name: 'Acme', probability: NaN, estimated_value: Infinity, notes: () => 1, stage: Symbol('x'), tags: ['a1', undefined], description: NaN, priority: 1n };
    const { errors } = deal.check(input);
    const at = (pointer: string) => errors.find((one) => one.pointer === pointer)?.message;
    expect(at('/probability')).toContain('not NaN');
    expect(at('/estimated_value')).toContain('not Infinity');
    expect(at('/notes')).toContain('not a function');
    expect(at('/stage')).toContain('not a symbol');
    expect(at('/priority')).toContain('not a BigInt');
    expect(at('/tags/1')).toContain('not undefined');
    expect(JSON.stringify(errors.map((one) => one.message))).not.toContain('null');
    for (const { offset, length } of errors) expect((deal.check(input).text as string).slice(offset, offset + length)).toBe('null');
  });

  it('are errors where the API would take null, too, with a place of their own', () => {
    const report = deal.check({ name: '日本😀', colour: NaN });
    expect(report.errors).toMatchObject([{ rule: 'schema/type', message: '`colour` cannot be NaN', pointer: '/colour', line: 1 }]);
    const response = { data: { id: 'deal-001', name: 'Acme', stage: NaN } };
    expect(leadlex.createDealResponse.check(response).errors.map((one) => one.message)).toEqual(['`stage` cannot be NaN']);
    expect(leadlex.createDealResponse.check({ data: { ...response.data, stage: null } }).ok).toBe(true);
    const [{ offset, length, column }] = report.errors as [(typeof report.errors)[0]];
    expect((report.text as string).slice(offset, offset + length)).toBe('null');
    expect(column).toBe([...(report.text as string).slice(0, offset)].length + 1);
    expect(report.ok).toBe(false);
  });

  it('do not include properties that are undefined', () => {
    expect(deal.check({ name: 'Acme', probability: undefined }).diagnostics).toEqual([]);
  });

  it('are named up to a bound, however many there are', () => {
    const start = performance.now();
    const report = deal.check({ name: 'Acme', tags: new Array(50_000_000) });
    expect(report.ok).toBe(false);
    expect(report.diagnostics.length).toBeLessThan(2000);
    expect(performance.now() - start).toBeLessThan(20_000);
  });

  it('of other kinds are what JSON makes of them', () => {
    const value = { name: new String('Acme'), probability: new Number(5), follow_up_date: new Date('2030-01-01T00:00:00Z') };
    expect(deal.check(value).ok).toBe(true);
    expect(deal.check({ ...value, stage: 1n }).errors.map((one) => one.pointer)).toEqual(['/stage']);
  });
});

describe('bytes', () => {
  it('of any view and any realm are JSON text', () => {
    const bytes = new TextEncoder().encode('{"name":"Acme","probability":120}');
    const { buffer } = new Uint8Array([32, ...bytes]);
    const foreign = runInNewContext('Uint8Array.from(bytes)', { bytes: [...bytes] }) as Uint8Array;
    const shared = new Uint8Array(new SharedArrayBuffer(bytes.length));
    shared.set(bytes);
    expect(foreign).not.toBeInstanceOf(Uint8Array);
    for (const input of [buffer, new DataView(buffer, 1), foreign, foreign.buffer, shared, Buffer.from(bytes)]) {
      expect(check('leadlex/create-deal', input, { now }).errors.map((one) => one.pointer)).toEqual(['/probability']);
    }
    expect(leadlex.createDeal.parse(new TextEncoder().encode('{"name":"Acme"}').buffer)).toEqual({ name: 'Acme' });
  });
});

describe('field', () => {
  it.each([['tags.0'], ['tags[0]'], ['/tags/0'], [['tags', 0]], [['tags', '0']]])('takes %j and makes the array that is missing', (path) => {
    for (const whole of [undefined, {}, { tags: null }, { tags: undefined }, { tags: 'a1' }, { name: 'Acme' }]) {
      expect(deal.field(path, 5, whole).errors.map((one) => one.pointer)).toEqual(['/tags/0']);
      expect(deal.field(path, 'a1', whole).ok).toBe(true);
    }
  });

  it('takes nested paths and keys without a slash', () => {
    expect(deal.field('probability', 999).ok).toBe(false);
    expect(deal.field(['probability'], 999).ok).toBe(false);
    expect(leadlex.createDealResponse.field('data.name', 5).diagnostics.map((one) => one.pointer)).toEqual(['/data/name']);
    expect(deal.field('colour', 'red').warnings.map((one) => one.rule)).toEqual(['schema/unknown-property']);
    expect(deal.field('', { name: '' }).ok).toBe(false);
  });

  it.each([['tags.'], ['.tags'], ['a..b'], ['tags[x]'], ['tags[0'], ['tags.x'], ['name.first'], ['/name/0'], ['/a~2'], [['tags', Symbol('x')]], [5], [null]])(
    'throws a clear error for %j',
    (path) => expect(() => deal.field(path as string, 'x')).toThrow(/pipelint: .*(field|type)/),
  );

  it('reports a contradiction at each field concerned', () => {
    const whole = { name: 'Acme', status: 'won', probability: 50 };
    const rules = (path: string, value: unknown) => deal.field(path, value, whole).diagnostics.map((one) => one.rule);
    expect(rules('probability', 50)).toEqual(['probability/won-below-certain']);
    expect(rules('status', 'won')).toEqual(['probability/won-below-certain']);
    expect(rules('name', 'Acme')).toEqual([]);
    expect(rules('status', 'active')).toEqual([]);
  });

  it('counts offsets in the value', () => {
    const value = 'Ácme "Ltd"\u200b';
    const report = deal.field('name', value, { tags: ['before'], name: 'x' });
    expect(report.diagnostics).not.toHaveLength(0);
    for (const { offset, length } of report.diagnostics) {
      expect(offset).toBeGreaterThanOrEqual(0);
      expect(offset + length).toBeLessThanOrEqual(value.length);
      expect(length).toBeGreaterThan(0);
    }
    expect(deal.field('probability', 120, { name: 'Acme' }).errors).toMatchObject([{ offset: 0, length: 3 }]);
    expect(deal.field('name', undefined).errors).toMatchObject([{ offset: 0, length: 0 }]);
  });

  it('fixes its value', () => {
    const date = new Date(0);
    expect(deal.field('status', 'Won', { name: 'Acme', x: date }).fixed()).toBe('won');
    expect(deal.field('name', date).fixed()).toBe(date);
  });
});

describe('fromForm', () => {
  const { fromForm } = leadlex.createDeal;

  it('turns what inputs give into a payload', () => {
    expect(fromForm({ name: 'Acme', stage: '', estimated_value: '', probability: '75', currency: 'EUR', notes: undefined, tags: [] })).toEqual({
      name: 'Acme', probability: 75, currency: 'EUR', tags: [],
    });
    expect(fromForm({ name: 'Acme', probability: NaN, estimated_value: ' 1200.50 ' })).toEqual({ name: 'Acme', estimated_value: 1200.5 });
    expect(fromForm({ follow_up_date: new Date('2030-03-15T00:00:00Z') })).toEqual({ follow_up_date: expect.stringContaining('2030-03-15') as string });
    expect(ruddr.createOpportunityStage.fromForm({ name: 'Lead', probability: '0.5', isActive: 'on' })).toEqual({ name: 'Lead', probability: 0.5, isActive: true });
    expect(ruddr.createOpportunityStage.fromForm({ isActive: 'false' })).toEqual({ isActive: false });
    expect(fromForm({ name: 'Acme', description: null })).toEqual({ name: 'Acme' });
    expect(leadlex.createDealResponse.fromForm({ data: { stage: null, tags: ['', 'a1'] } })).toEqual({ data: { stage: null, tags: ['', 'a1'] } });
  });

  it('leaves what it cannot convert to the contract', () => {
    const values = { name: 'Acme', probability: '12,5', estimated_value: 'abc', tags: 'a,b' };
    expect(fromForm(values)).toEqual(values);
    expect(fromForm({ estimated_value: '12345678901234567' })).toEqual({ estimated_value: '12345678901234567' });
    expect(fromForm({ colour: 'red', probability: '0x10' })).toEqual({ colour: 'red', probability: '0x10' });
  });

  it('reads FormData and URLSearchParams, with lists and paths', () => {
    const form = new FormData();
    for (const [name, value] of [['name', 'Acme'], ['probability', '75'], ['tags', 'a1'], ['tags', 'b1'], ['estimated_value', ''], ['$ACTION_KEY', 'k1']] as const) form.append(name, value);
    form.append('file', new File([], ''));
    expect(fromForm(form)).toEqual({ name: 'Acme', probability: 75, tags: ['a1', 'b1'], $ACTION_KEY: 'k1' });
    expect(fromForm(new URLSearchParams('name=Acme&tags=a1'))).toEqual({ name: 'Acme', tags: ['a1'] });
    expect(fromForm(new URLSearchParams('tags.0=a1&tags.1=b1'))).toEqual({ tags: ['a1', 'b1'] });
    expect(fromForm(new URLSearchParams('tags[]=a1'))).toEqual({ tags: ['a1'] });
    expect(fromForm(new URLSearchParams('__proto__=x&constructor=y'))).toEqual(JSON.parse('{"__proto__":"x","constructor":"y"}'));
  });

  it('is the option `coerce` of everything else', () => {
    const form = leadlex.createDeal.with({ coerce: true, now });
    const untouched = { name: 'Acme', stage: '', status: '', estimated_value: NaN, currency: '', probability: NaN, follow_up_date: '' };
    expect(form.check(untouched).diagnostics).toEqual([]);
    expect(form['~standard'].validate(untouched)).toEqual({ value: { name: 'Acme' } });
    expect(form.parse({ name: 'Acme', probability: '50' })).toEqual({ name: 'Acme', probability: 50 });
    expect(form.field('probability', '120').errors).toHaveLength(1);
    expect(form.field('probability', '100', untouched).ok).toBe(true);
    const whole = new FormDataOf({ name: 'Acme', status: 'won' });
    expect(form.field('probability', '50', whole).diagnostics.map((one) => one.rule)).toEqual(['probability/won-below-certain']);
    expect(form.field('status', 'won', new FormDataOf({ name: 'Acme', probability: '50' })).diagnostics).toHaveLength(1);
    const values = { name: 'Acme', currency: 'usd', probability: '12', estimated_value: '', when: new Date(0) };
    const fixed = form.check(values).fixed();
    expect(fixed).toEqual({ ...values, currency: 'USD' });
    expect(fixed.when).toBe(values.when);
    expect(form.parse(new FormDataOf({ name: 'Acme', probability: '5' }))).toEqual({ name: 'Acme', probability: 5 });
  });

  class FormDataOf extends FormData {
    constructor(values: Record<string, string>) {
      super();
      for (const [name, value] of Object.entries(values)) this.append(name, value);
    }
  }
});

describe('options of a payload object', () => {
  it('hold for every call, and calls add to them', () => {
    const strict = leadlex.createDeal.with({ now, failOn: 'warning', rules: { text: 'off' }, policy: { stages: ['Lead'] } });
    const input = { name: 'Acme', colour: 'red' };
    expect(strict.check(input).ok).toBe(false);
    expect(strict['~standard'].validate(input).issues).toHaveLength(1);
    expect(() => strict.parse(input)).toThrow(/colour/);
    expect(strict.parse(input, { failOn: 'error' })).toBe(input);
    expect(strict.check({ name: 'Acme', stage: 'Leed' }).errors.map((one) => one.rule)).toEqual(['policy/unknown-stage']);
    expect(strict.with({ policy: { stages: ['Leed'] } }).check({ name: 'Acme', stage: 'Leed' }).ok).toBe(true);
  });

  it('come through Standard Schema, too', () => {
    const { validate } = leadlex.createDeal['~standard'];
    expect(validate({ name: 'Acme', stage: 'Leed' }, { libraryOptions: { policy: { stages: ['Lead'] } } }).issues).toHaveLength(1);
    expect(validate({ name: 'Acme', stage: 'Leed' }, {})).toHaveProperty('value');
    expect(() => validate({ name: 'Acme' }, { libraryOptions: { polcy: {} } })).toThrow(/did you mean "policy"/);
  });

  it('keep, strip or refuse unknown properties', () => {
    const input = { name: 'Acme', $ACTION_KEY: 'k1', tags: ['a1'] };
    const { parse } = leadlex.createDeal;
    expect(parse(input)).toBe(input);
    const stripped = parse(input, { unknown: 'strip' });
    expect(stripped).toEqual({ name: 'Acme', tags: ['a1'] });
    expect(stripped.tags).toBe(input.tags);
    expect(parse(JSON.stringify(input), { unknown: 'strip' })).toEqual(stripped);
    expect(parse({ name: 'Acme' }, { unknown: 'error' })).toEqual({ name: 'Acme' });
    expect(() => parse(input, { unknown: 'error' })).toThrow(/ACTION_KEY/);
    expect(leadlex.createDeal.with({ unknown: 'strip' })['~standard'].validate(input)).toEqual({ value: stripped });
    const headers = { Authorization: 'Bearer wbk_4f9a8b7c6d5e4f3a2b1c', 'X-Own': 'a' };
    expect(leadlex.createDealHeaders.parse({ ...headers, 'Content-Type': 'application/json' }, { unknown: 'strip' })).toHaveProperty('X-Own');
  });

  it('label properties by titles or by a function', () => {
    const input = { name: 'Acme', estimated_value: 'abc', probability: 120 };
    const messages = (labels: 'title' | ((pointer: string) => string | undefined)) => deal.check(input, { labels }).errors.map((one) => one.message);
    expect(messages('title')).toEqual(expect.arrayContaining([expect.stringMatching(/^Estimated value /), 'Win probability must be at most 100, not 120']));
    expect(messages((pointer) => ({ '/probability': 'Chance' })[pointer])).toContain('Chance must be at most 100, not 120');
    expect(deal.check({ name: 'Acme', status: 'won', probability: 50 }, { labels: 'title' }).diagnostics[0]!.message).not.toContain('`');
    expect(() => check('leadlex/create-deal', {}, { labels: 'title' })).toThrow(/payload object/);
  });

  it('replace messages, for one payload or for all', () => {
    const input = { name: 'Acme', probability: 120 };
    const one = (options?: Parameters<typeof deal.check>[1]) => deal.check(input, options).errors[0]!.message;
    expect(one({ messages: { 'schema/maximum': '{field}: höchstens {limit}, nicht {value} {nonsense}' } })).toContain('höchstens 100, nicht 120 {nonsense}');
    expect(one({ messages: { 'schema/maximum': ({ params }) => `too high: ${params['value']}` } })).toBe('too high: 120');
    setLocale({ 'schema/maximum': 'Höchstens {limit}' });
    expect(one()).toBe('Höchstens 100');
    expect(one({ messages: { 'schema/maximum': 'own' } })).toBe('own');
    setLocale();
    expect(one()).toContain('at most 100');
  });

  it('make a payload for an update, which requires nothing', () => {
    const update = leadlex.createDeal.partial();
    expect(update.check({ estimated_value: 5000 }, { now }).diagnostics).toEqual([]);
    expect(update.check({}, { now }).ok).toBe(true);
    expect(update.check({ probability: 120 }, { now }).ok).toBe(false);
    expect(update.schema).not.toHaveProperty('required');
    expect(leadlex.createDeal.check({}).ok).toBe(false);
  });

  it.each([
    [{ rulez: {} }, /the options object has no "rulez"; did you mean "rules"\?/],
    [{ policy: { schemas: [] } }, /`policy` has no "schemas"/],
    [{ policy: { stage: [] } }, /did you mean "stages"/],
    [{ rules: { moneyy: 'off' } }, /no rule or group "moneyy"; did you mean "money"/],
    [{ rules: { 'money/negativ': 'off' } }, /did you mean "money\/negative"/],
    [{ rules: { money: 'warn' } }, /level of money is "warn"; write off, info, warning or error/],
    [{ failOn: 'warn' }, /`failOn` is "warn"/],
    [{ unknown: 'drop' }, /`unknown` is "drop"/],
    [{ limits: { depth: -1 } }, /`limits.depth` is -1/],
    [{ limits: { size: 1.5 } }, /`limits.size` is 1.5/],
    [{ limits: { depth: 129 } }, /from 0 to 128/],
    [{ limits: { deep: 1 } }, /`limits` has no "deep"/],
    [{ policy: { leastValue: 'much' } }, /`policy.leastValue` is "much"; write an amount/],
    [{ mask: { meanings: ['nonsense'] } }, /no meaning "nonsense"/],
    [{ policy: { stages: ['a\0b'] } }, /NUL/],
  ])('that are invalid are refused with what to write: %j', (options, message) => {
    expect(() => leadlex.createDeal.check({ name: 'Acme' }, options as never)).toThrow(message);
    expect(() => leadlex.createDeal.check('{"name":"Acme"}', options as never)).toThrow(RangeError);
    expect(deal.check({ name: 'Acme' }).ok).toBe(true);
  });
});

describe('payload objects', () => {
  it('are there for every payload, as Standard Schemas', () => {
    const all = [leadlex, slant, ruddr].flatMap((system) => Object.values(system));
    expect(all).toHaveLength(10);
    for (const payload of all) {
      expect(payload['~standard'].validate(undefined).issues).not.toHaveLength(0);
      expect(payload.schema).toHaveProperty('properties');
      expect(payload.check('{}').payload).toBe(payload.name as PayloadName);
      expect(JSON.stringify(payload.schema)).not.toMatch(/"(meaning|source)":/);
    }
  });
});

describe('diagnostics', () => {
  it('keep their content when spread or cloned', () => {
    const [diagnostic] = deal.check({ name: 'Acme', status: 'Won' }).errors;
    const spread = { ...diagnostic! };
    for (const copy of [spread, structuredClone(diagnostic!), JSON.parse(JSON.stringify(spread)) as typeof spread]) {
      expect(copy.message).toContain('Won');
      expect(copy).toMatchObject({ rule: 'schema/enum', pointer: '/status', path: ['status'], help: expect.any(String) as string, fix: { applicability: 'safe' }, line: 1 });
    }
  });
});
