import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { check, leadlex, type Options, PipelintError, ruddr, slant } from '../src/index.js';

const now = '2026-01-15T12:00:00Z';

describe('check', () => {
  it('reports nothing for a valid payload', () => {
    const report = check('leadlex/create-deal', '{"name":"Acme"}', { now });
    expect(report.ok).toBe(true);
    expect(report.diagnostics).toEqual([]);
    expect(report.payload).toBe('leadlex/create-deal/request');
  });

  it('takes text, bytes and objects', () => {
    const object = { name: 'Acme', probability: 120 };
    const text = JSON.stringify(object);
    const reports = [object, text, new TextEncoder().encode(text)].map((input) =>
      check('leadlex/create-deal/request', input, { now }).toJSON(),
    );
    expect(reports[0]).toHaveLength(1);
    expect(reports[1]).toEqual(reports[0]);
    expect(reports[2]).toEqual(reports[0]);
  });

  it('converts to one line per diagnostic, like the command line', () => {
    const report = check('leadlex/create-deal', '{"name":"","probability":120}', { now });
    expect(String(report.diagnostics[1])).toBe('1:26: error: `probability` must be at most 100, not 120 [schema/maximum]');
    expect(`${report}`).toBe(report.diagnostics.map(String).join('\n'));
  });

  it('shows its content in the console of Node', () => {
    const report = check('leadlex/create-deal', { name: 'Acme', probability: 120 }, { now });
    const shown = inspect(report, { depth: 4 });
    expect(shown).toContain("Report {\n  payload: 'leadlex/create-deal/request',\n  ok: false,");
    expect(shown).toContain('Diagnostic {');
    expect(shown).toContain("rule: 'schema/maximum'");
  });

  it('gives the same objects at each read', () => {
    const [diagnostic] = check('leadlex/create-deal', '{"name":"Acme","status":"Won"}', { now }).errors;
    expect(diagnostic!.fix).not.toBeNull();
    for (const key of ['fix', 'params', 'path'] as const) expect(diagnostic![key]).toBe(diagnostic![key]);
    const [other] = check('leadlex/create-deal', '{"name":"Acme","probability":120}', { now }).errors;
    expect(other!.fix).toBe(other!.fix);
  });

  it('gives offsets in UTF-16', () => {
    const text = '{"name":"日本😀","probability":120}';
    const [diagnostic] = check('leadlex/create-deal', text, { now }).errors;
    expect(text.slice(diagnostic!.offset, diagnostic!.offset + diagnostic!.length)).toBe('120');
    expect(diagnostic!.path).toEqual(['probability']);
  });

  it('renders messages when they are read, even after other checks', () => {
    const bytes = new TextEncoder().encode('{"name":"Acme","probability":120}');
    const first = check('leadlex/create-deal', bytes, { now });
    const second = check('leadlex/create-deal', '{}', { now });
    bytes.fill(32);
    expect(first.errors[0]!.message).toContain('120');
    expect(second.errors[0]!.pointer).toBe('/name');
  });

  it('gives the parameters of messages, in any script', () => {
    for (const stage of ['Lead', 'Früh 日本😀']) {
      const input = JSON.stringify({ name: 'Acme', stage, probability: 120, status: 'Won' });
      const [status, probability] = check('leadlex/create-deal', input, { now }).errors.toSorted((one) => (one.pointer === '/status' ? -1 : 1));
      expect(probability!.params).toMatchObject({ field: 'probability', limit: '100', value: '120' });
      expect(status!.params).toMatchObject({ field: 'status', value: '"Won"' });
      expect(status!.fix).toMatchObject({ title: 'Write "won"', applicability: 'safe', edits: [{ text: '"won"' }] });
      const { offset, length } = status!.fix!.edits[0]!;
      expect(input.slice(offset, offset + length)).toBe('"Won"');
    }
    const { errors } = check('ruddr/create-opportunity-stage', { name: '日'.repeat(300) }, { now });
    expect(errors.find((one) => one.rule === 'schema/max-length')!.params).toMatchObject({ limit: 255 });
  });

  it('grows its buffer for long texts', () => {
    const name = '日'.repeat(40_000);
    expect(check('slant/create-opportunity', { name }, { now }).errors).toEqual([]);
    expect(check('ruddr/create-opportunity-stage', { name }, { now }).diagnostics.map((d) => d.rule)).toContain('schema/max-length');
    expect(check('slant/create-opportunity', { name: 'Acme' }, { now }).ok).toBe(true);
  });

  it('applies limits to one check only', () => {
    const text = '{"name":[[[[]]]]}';
    const rules = (limits?: { depth: number }) =>
      check('leadlex/create-deal', text, limits ? { now, limits } : { now }).errors.map((error) => error.rule);
    expect(rules({ depth: 2 })).toEqual(['json/too-deep']);
    expect(rules()).toEqual(['schema/type']);
  });

  it('fails on warnings with `failOn`', () => {
    const input = { name: 'Acme', colour: 'red' };
    expect(check('leadlex/create-deal', input, { now }).ok).toBe(true);
    expect(check('leadlex/create-deal', input, { now, failOn: 'warning' }).ok).toBe(false);
  });

  it('refuses unknown payloads and invalid times', () => {
    // @ts-expect-error: no such payload
    expect(() => check('nobody/nothing', '{}')).toThrow(RangeError);
    expect(() => check('leadlex/create-deal', '{}', { now: 'tomorrow' })).toThrow(RangeError);
    expect(() => check('leadlex/create-deal', '{}', { now: new Date(NaN) })).toThrow(RangeError);
  });

  it('uses the given time', () => {
    const input = { name: 'Acme', target_close_date: '2026-06-01T00:00:00Z' };
    expect(check('slant/create-opportunity', input, { now }).ok).toBe(true);
    expect(check('slant/create-opportunity', input, { now: '2026-06-01T00:00:00Z' }).ok).toBe(false);
    expect(check('slant/create-opportunity', input, { now: new Date('2026-05-31T23:59:59.999Z') }).ok).toBe(true);
  });
});

describe('the options of a policy', () => {
  const rules = (input: object, options: Options) =>
    check('leadlex/create-deal', input, { now, ...options }).diagnostics.map((one) => `${one.severity} ${one.rule}`);

  it('set levels, of groups and of rules', () => {
    const input = { name: 'Acme', stage: ' Lead', colour: 'red' };
    const usual = ['warning text/padded', 'warning schema/unknown-property'];
    expect(rules(input, {})).toEqual(usual);
    expect(rules(input, { rules: { 'schema/unknown-property': 'error', schema: 'off' } })).toEqual([
      'warning text/padded',
      'error schema/unknown-property',
    ]);
    expect(rules(input, { rules: { text: 'off' } })).toEqual(usual.slice(1));
    expect(rules(input, {})).toEqual(usual);
  });

  it('apply a policy', () => {
    const policy = {
      stages: ['Lead', 'Proposal'], currencies: ['EUR'], owners: ['user-001'], pipelines: ['Sales'],
      choices: { priority: ['low', 'high'] }, leastValue: 100, greatestValue: '250000.00',
    };
    const input = {
      name: 'Acme', stage: 'Leed', currency: 'USD', owner_id: 'user-002', pipeline: 'Sale', priority: 'urgent', estimated_value: 250000.01,
    };
    expect(rules(input, { policy }).sort()).toEqual([
      'error policy/currency', 'error policy/unknown-choice', 'error policy/unknown-owner', 'error policy/unknown-pipeline',
      'error policy/unknown-stage', 'error policy/value-out-of-range',
    ]);
    const good = { ...input, stage: 'Lead', currency: 'EUR', owner_id: 'user-001', pipeline: 'Sales', priority: 'low', estimated_value: 250000 };
    expect(rules(good, { policy })).toEqual([]);
  });

  it('mask values, also when messages are read after other checks', () => {
    const input = { name: 'Acme', stage: ' Lead-4711', notes: ' secret plan' };
    const masked = check('leadlex/create-deal', input, { now, mask: { properties: ['stage'], meanings: ['free-text'] } });
    check('leadlex/create-deal', { name: '' }, { now });
    expect(masked.diagnostics.length).toBeGreaterThan(0);
    expect(JSON.stringify(masked.diagnostics.map((one) => [one.message, one.help, one.params]))).not.toMatch(/4711|plan/);
  });

  it('are refused if invalid, and then forgotten', () => {
    // @ts-expect-error: no such rule
    expect(() => rules({ name: 'Acme' }, { rules: { 'name/nonsense': 'off' } })).toThrow(/name\/nonsense/);
    // @ts-expect-error: no such level
    expect(() => rules({ name: 'Acme' }, { rules: { 'name/blank': 'fatal' } })).toThrow(/name\/blank/);
    expect(() => rules({ name: 'Acme' }, { policy: { leastValue: 'much' } })).toThrow(/much/);
    expect(() => rules({ name: 'Acme' }, { mask: { meanings: ['nonsense'] } })).toThrow(/nonsense/);
    expect(() => rules({ name: 'Acme' }, { policy: { stages: ['a\0b'] } })).toThrow(RangeError);
    expect(rules({ name: 'Acme' }, {})).toEqual([]);
  });
});

describe('fixed', () => {
  it('returns the input in its form, with fixes', () => {
    const object = { name: 'Acme', status: 'Won' };
    const text = JSON.stringify(object);
    const fixed = { name: 'Acme', status: 'won' };
    expect(check('leadlex/create-deal', object, { now }).fixed()).toEqual(fixed);
    expect(check('leadlex/create-deal', text, { now }).fixed()).toBe(JSON.stringify(fixed));
    const bytes = check('leadlex/create-deal', new TextEncoder().encode(text), { now }).fixed();
    expect(new TextDecoder().decode(bytes)).toBe(JSON.stringify(fixed));
  });

  it('returns the very input if there is nothing to fix', () => {
    for (const input of [{ name: 'Acme' }, { probability: 1000 }]) {
      expect(check('leadlex/create-deal', input, { now }).fixed()).toBe(input);
    }
  });
});

describe('a payload', () => {
  it('parses into its type or throws', () => {
    expect(ruddr.createOpportunityStage.name).toBe('ruddr/create-opportunity-stage/request');
    expect(leadlex.createDeal.parse('{"name":"Acme"}').name).toBe('Acme');
    expect(() => leadlex.createDeal.parse({})).toThrow(PipelintError);
    expect(() => leadlex.createDeal.parse({})).toThrow(/`name` is missing/);
  });

  it('checks a field while it is typed', () => {
    const { field } = leadlex.createDeal;
    expect(field('/probability', 120).errors).toHaveLength(1);
    // The name is missing, but that is not this field's fault.
    expect(field('/probability', 12)).toMatchObject({ ok: true, diagnostics: [] });
    expect(field('/tags/1', 3, { name: 'Acme', tags: ['a', 'b'] }).ok).toBe(false);
    expect(field('/name', undefined).ok).toBe(false);
  });

  it('is a Standard Schema', () => {
    const standard = slant.createOpportunity['~standard'];
    expect(standard).toMatchObject({ version: 1, vendor: 'pipelint' });
    const good = { name: 'Acme' };
    const passed = standard.validate(good);
    expect(passed).toEqual({ value: good });
    const failed = standard.validate({ name: 'Acme', probability: 120 });
    expect(failed).toMatchObject({ issues: [{ path: ['probability'] }] });
    // A text is a value here, never JSON text.
    for (const value of [undefined, null, 3, '{"name":"Acme"}', []]) {
      expect(standard.validate(value)).toHaveProperty('issues');
    }
  });

  it('is a Standard JSON Schema', () => {
    const { jsonSchema } = slant.createOpportunity['~standard'];
    expect(jsonSchema.input({ target: 'draft-2020-12' })).toEqual(slant.createOpportunity.schema);
    expect(jsonSchema.output({ target: 'draft-07' })['$schema']).toContain('draft-07');
    expect(jsonSchema.input({ target: 'openapi-3.0' })).toMatchObject({ type: 'object', required: ['name'], properties: { name: { type: 'string', example: expect.any(String) as string } } });
    expect(leadlex.createDealResponse['~standard'].jsonSchema.output({ target: 'openapi-3.0' })).toMatchObject({
      properties: { data: { properties: { stage: { type: 'string', nullable: true } } } },
    });
    expect(() => jsonSchema.input({ target: 'draft-04' })).toThrow(/draft-07/);
    expect(() => jsonSchema.input({ target: 'constructor' })).toThrow(RangeError);
  });
});
