// One object per payload: check, parse, check a field while it is typed, and the interfaces of
// Standard Schema and Standard JSON Schema for form libraries.

import { checkInput, checkValue, type Kept, type PayloadOptions, prepared } from './check.js';
import * as engine from './engine.js';
import { type FormValues, fromForm, isEntries } from './form.js';
import type { PayloadName } from './generated/names.js';
import { asTarget, type JsonSchema, stripUnknown } from './json-schema.js';
import { type FieldPath, fieldKeys, placed, pointerOf, valueAt } from './paths.js';
import { type Applicability, Diagnostic, type Report, SEVERITIES, type Severity } from './report.js';
import type { StandardJSONSchemaV1, StandardSchemaV1 } from './standard.js';
import { decodeUtf8 } from './utf8.js';
import { asBytes, serialize } from './input.js';

/** An issue of the Standard Schema interface, with its diagnostic. */
export interface Issue extends StandardSchemaV1.Issue {
  readonly message: string;
  readonly path: readonly PropertyKey[];
  readonly diagnostic: Diagnostic;
}

/**
 * The diagnostics of one field. Their `offset` and `length` count in the value: in the characters
 * of a string, in the JSON of other values. The edits of their fixes count in `text`.
 */
export interface FieldReport {
  /** Whether no diagnostic is as bad as `failOn`. */
  readonly ok: boolean;
  readonly diagnostics: readonly Diagnostic[];
  readonly errors: readonly Diagnostic[];
  readonly warnings: readonly Diagnostic[];
  readonly infos: readonly Diagnostic[];
  /** The JSON of the whole payload, as it was checked. */
  readonly text: string;
  /** The value with its fixes applied; the very value if there are none. */
  fixed(applicability?: Applicability): unknown;
}

/** A payload was refused; the report says why. */
export class PipelintError extends Error {
  override readonly name = 'PipelintError';
  /** The report with the reasons. */
  readonly report: Report;

  /** @internal */
  constructor(report: Report, failOn: Severity) {
    const [first, ...others] = blocking(report.diagnostics, failOn);
    super(`${report.payload}: ${first?.message ?? 'refused'}${others.length > 0 ? ` (and ${others.length} more)` : ''}`);
    this.report = report;
  }
}

/** A payload that can be checked. */
export interface Payload<Type> {
  /** The payload's name. */
  readonly name: PayloadName;
  /**
   * Checks JSON text, bytes or any other value. Never throws because of the input. With `coerce`,
   * `fixed()` of `FormData` is a payload.
   */
  check<Input>(input: Input, options?: PayloadOptions): Report<Kept<Input>>;
  /** The payload with its type, or a `PipelintError`. */
  parse(input: unknown, options?: PayloadOptions): Type;
  /**
   * Checks one field while it is typed, as if it had `value`. Pass the rest of the form as `whole`
   * for rules that compare fields. The path is a JSON pointer (`/tags/0`), a form library's path
   * (`tags.0`, `tags[0]`) or a list of keys; a path that no payload can have throws a `RangeError`.
   */
  field(path: FieldPath, value: unknown, whole?: object, options?: PayloadOptions): FieldReport;
  /**
   * Turns what a form gives into a payload: empty inputs are left out, numbers, check boxes and
   * dates become what the contract wants. Paths stay the same.
   */
  fromForm(values: FormValues): Partial<Type>;
  /** The same payload with these options for every call. */
  with(options: PayloadOptions): Payload<Type>;
  /** The same payload for an update: nothing is required. */
  partial(): Payload<Partial<Type>>;
  /** The JSON Schema, draft 2020-12, with standard keywords only. */
  readonly schema: JsonSchema;
  /** Standard Schema 1.1 and Standard JSON Schema: for form libraries and frameworks. */
  readonly '~standard': StandardSchemaV1.Props<Type> & StandardJSONSchemaV1.Props<Type>;
}

/** Rules that ask for a property that an update may leave out. */
const WITHOUT_REQUIRED = {
  'schema/required': 'off',
  'name/missing': 'off',
  'money/without-currency': 'off',
  'currency/without-money': 'off',
} as const;

/** The converter of Standard JSON Schema. @internal */
export const converter = (schema: JsonSchema): StandardJSONSchemaV1.Converter => ({
  input: ({ target }) => asTarget(schema, target),
  output: ({ target }) => asTarget(schema, target),
});

/** The options of an update. @internal */
export const partialOptions = (options: PayloadOptions | undefined): PayloadOptions => ({
  ...options,
  rules: { ...WITHOUT_REQUIRED, ...options?.rules },
});

/** A JSON Schema for updates. @internal */
export function partialSchema({ required: _, ...schema }: JsonSchema): JsonSchema {
  return schema;
}

/** @internal */
export function payload<Type>(name: PayloadName, schema: JsonSchema, own?: PayloadOptions): Payload<Type> {
  const merged = (options: PayloadOptions | undefined) => (own === undefined ? options : options === undefined ? own : { ...own, ...options });
  return {
    name,
    schema,
    check: <Input>(input: Input, options?: PayloadOptions) =>
      checkInput(engine.payload(name), schema, input, merged(options)) as Report<Kept<Input>>,
    parse(input, options) {
      const all = merged(options);
      const report = checkInput(engine.payload(name), schema, input, all);
      if (!report.ok) throw new PipelintError(report, all?.failOn ?? 'error');
      const bytes = typeof input === 'object' && input !== null ? asBytes(input) : undefined;
      if (bytes === undefined && typeof input !== 'string') return prepared(input, schema, all) as Type;
      const value: unknown = JSON.parse(bytes === undefined ? (input as string) : decodeUtf8(bytes));
      return (all?.unknown === 'strip' ? stripUnknown(value, schema) : value) as Type;
    },
    field: (path, value, whole, options) => field(name, schema, merged(options), path, value, whole),
    fromForm: (values) => fromForm(values, schema) as Partial<Type>,
    with: (options) => payload(name, schema, merged(options)),
    partial: () => payload(name, partialSchema(schema), partialOptions(own)),
    '~standard': {
      version: 1,
      vendor: 'pipelint',
      validate(value, options) {
        const all = merged(options?.libraryOptions as PayloadOptions | undefined);
        const report = checkValue(engine.payload(name), schema, value, all);
        return report.ok
          ? { value: prepared(value, schema, all) as Type }
          : { issues: blocking(report.diagnostics, all?.failOn ?? 'error').map(issue) };
      },
      jsonSchema: converter(schema),
    },
  };
}

const issue = (diagnostic: Diagnostic): Issue => ({ message: diagnostic.message, path: diagnostic.path, diagnostic });

/** The diagnostics that are at least that bad. */
function blocking(diagnostics: readonly Diagnostic[], failOn: Severity): readonly Diagnostic[] {
  return diagnostics.filter(({ severity }) => SEVERITIES.indexOf(severity) >= SEVERITIES.indexOf(failOn));
}

function field(name: PayloadName, schema: JsonSchema, options: PayloadOptions | undefined, path: FieldPath, value: unknown, form: object | undefined): FieldReport {
  const whole = form !== undefined && isEntries(form) ? (fromForm(form, schema) as object) : form;
  const keys = fieldKeys(path, schema, name);
  const pointer = pointerOf(keys);
  const object = placed(whole ?? {}, keys, value, schema);
  const report = checkValue(engine.payload(name), schema, object, options);
  const isOwn = (one: Diagnostic) => one.pointer === pointer || one.pointer.startsWith(`${pointer}/`);
  let own = report.diagnostics.filter(isOwn);
  if (whole !== undefined && own.length < report.diagnostics.length) {
    // A contradiction is reported at one field, and concerns each whose absence resolves it.
    const without = checkValue(engine.payload(name), schema, placed(whole, keys, undefined, schema), options);
    const rest = new Set(without.diagnostics.map((one) => `${one.rule} ${one.pointer}`));
    own = report.diagnostics.filter((one) => isOwn(one) || !rest.has(`${one.rule} ${one.pointer}`));
  }
  const text = report.text as string;
  const diagnostics = own.length === 0 ? own : within(own, pointer, value, placeOf(text, prepared(object, schema, options), keys, schema));
  const of = (severity: Severity) => diagnostics.filter((diagnostic) => diagnostic.severity === severity);
  return {
    ok: blocking(diagnostics, options?.failOn ?? 'error').length === 0,
    diagnostics,
    errors: of('error'),
    warnings: of('warning'),
    infos: of('info'),
    text,
    fixed: (applicability) => valueAt(report.fixed(applicability), keys),
  };
}

/** Where a value starts and ends in the JSON text of a payload, or nothing if it is not there. */
function placeOf(text: string, object: unknown, keys: readonly string[], schema: JsonSchema): [start: number, end: number] | undefined {
  const value = valueAt(object, keys);
  if (value === undefined) return undefined;
  // The text with a mark in place of the value tells where the value starts and how much follows it.
  const mark = '\u0001pipelint';
  const marked = serialize(placed(object, keys, mark, schema), Infinity).text;
  const start = marked.indexOf(JSON.stringify(mark));
  return start < 0 ? undefined : [start, text.length - (marked.length - start - JSON.stringify(mark).length)];
}

/** Diagnostics of a field with offsets into its value. */
function within(diagnostics: readonly Diagnostic[], pointer: string, value: unknown, place: [start: number, end: number] | undefined): Diagnostic[] {
  return diagnostics.map((diagnostic) => {
    const isInside = place !== undefined && diagnostic.pointer.startsWith(pointer);
    const [from, end] = place ?? [0, 0];
    let offset = isInside ? Math.max(diagnostic.offset - from, 0) : 0;
    let finish = isInside ? Math.min(diagnostic.offset + diagnostic.length, end) - from : end - from;
    if (typeof value === 'string') {
      const escaped = JSON.stringify(value);
      const characters = (at: number) => charactersBefore(escaped, at);
      [offset, finish] = [characters(offset), characters(finish)];
    }
    return new Diagnostic({ ...diagnostic, offset, length: Math.max(finish - offset, 0) });
  });
}

/** How many characters of a string come before an offset into its JSON text. */
function charactersBefore(escaped: string, offset: number): number {
  let count = 0;
  for (let at = 1; at < Math.min(offset, escaped.length - 1); count++) {
    at += escaped[at] !== '\\' ? 1 : escaped[at + 1] === 'u' ? 6 : 2;
  }
  return count;
}
