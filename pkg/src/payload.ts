// One object a payload: to check, to parse, to check a field while it is typed, and for form
// libraries the Standard Schema and Standard JSON Schema interfaces.

import { check, checkValue, type Options } from './check.js';
import type { PayloadName } from './generated/names.js';
import { type Diagnostic, Report, type Severity, tokens } from './report.js';
import type { StandardJSONSchemaV1, StandardSchemaV1 } from './standard.js';

/** A JSON Schema, as an object. */
export type JsonSchema = { readonly [keyword: string]: unknown };

/** An issue of the Standard Schema interface, with the diagnostic that it stands for. */
export interface Issue extends StandardSchemaV1.Issue {
  readonly message: string;
  readonly path: readonly PropertyKey[];
  readonly diagnostic: Diagnostic;
}

/** What is to be said of one field. */
export interface FieldReport {
  /** Whether nothing is as bad as `failOn`. */
  readonly ok: boolean;
  readonly diagnostics: readonly Diagnostic[];
  readonly errors: readonly Diagnostic[];
  readonly warnings: readonly Diagnostic[];
  readonly infos: readonly Diagnostic[];
}

/** A payload was refused; the report says why. */
export class PipelintError extends Error {
  override readonly name = 'PipelintError';
  /** The report with the reasons. */
  readonly report: Report;

  /** @internal */
  constructor(report: Report) {
    const [first, ...others] = report.errors;
    super(
      first === undefined
        ? `${report.payload}: refused`
        : `${report.payload}: ${first.message}${others.length > 0 ? ` (and ${others.length} more)` : ''}`,
    );
    this.report = report;
  }
}

/** A payload that can be checked. */
export interface Payload<Type> {
  /** The payload's name. */
  readonly name: PayloadName;
  /** Checks JSON text, bytes or an object. */
  check<Input extends string | Uint8Array | object>(input: Input, options?: Options): Report<Input>;
  /** The payload with its type, or a `PipelintError`. */
  parse(input: string | Uint8Array | object, options?: Options): Type;
  /**
   * Checks one field while it is typed: what is to be said of the value at the pointer once
   * `value` stands there. `whole` is the rest of the form; with it, rules that look at several
   * fields speak too.
   */
  field(pointer: string, value: unknown, whole?: object, options?: Options): FieldReport;
  /** The JSON Schema, draft 2020-12. */
  readonly schema: JsonSchema;
  /** Standard Schema 1.1 and Standard JSON Schema: for form libraries and frameworks. */
  readonly '~standard': StandardSchemaV1.Props<Type> & StandardJSONSchemaV1.Props<Type>;
}

/** @internal */
export function payload<Type>(name: PayloadName, schema: JsonSchema): Payload<Type> {
  return {
    name,
    schema,
    check: (input, options) => check(name, input, options),
    parse(input, options) {
      const report = check(name, input, options);
      if (!report.ok) throw new PipelintError(report);
      if (typeof input === 'string') return JSON.parse(input) as Type;
      if (input instanceof Uint8Array) return JSON.parse(new TextDecoder().decode(input)) as Type;
      return input as Type;
    },
    field(pointer, value, whole, options) {
      const report = checkValue(name, placed(whole ?? {}, tokens(pointer), value), options);
      const diagnostics = report.diagnostics.filter(
        (diagnostic) => diagnostic.pointer === pointer || diagnostic.pointer.startsWith(`${pointer}/`),
      );
      return fieldReport(diagnostics, options?.failOn ?? 'error');
    },
    '~standard': {
      version: 1,
      vendor: 'pipelint',
      validate(value) {
        const report = checkValue(name, value);
        return report.ok ? { value: value as Type } : { issues: report.errors.map(issue) };
      },
      jsonSchema: {
        input: ({ target }) => asTarget(schema, target),
        output: ({ target }) => asTarget(schema, target),
      },
    },
  };
}

const issue = (diagnostic: Diagnostic): Issue => ({
  message: diagnostic.message,
  path: diagnostic.path,
  diagnostic,
});

function fieldReport(diagnostics: readonly Diagnostic[], failOn: Severity): FieldReport {
  const of = (severity: Severity) => diagnostics.filter((diagnostic) => diagnostic.severity === severity);
  const [errors, warnings, infos] = [of('error'), of('warning'), of('info')];
  const blocking = { error: errors, warning: [...errors, ...warnings], info: diagnostics }[failOn];
  return { ok: blocking.length === 0, diagnostics, errors, warnings, infos };
}

/** A copy of `whole` in which `value` stands at the place that the keys name. */
function placed(whole: unknown, keys: readonly string[], value: unknown): unknown {
  const [key, ...rest] = keys;
  if (key === undefined) return value;
  if (Array.isArray(whole)) {
    const copy = [...whole];
    copy[Number(key)] = placed(copy[Number(key)], rest, value);
    return copy;
  }
  const object = (typeof whole === 'object' && whole !== null ? whole : {}) as Record<string, unknown>;
  return { ...object, [key]: placed(object[key], rest, value) };
}

const DRAFTS: Readonly<Record<string, string>> = {
  'draft-2020-12': 'https://json-schema.org/draft/2020-12/schema',
  'draft-07': 'http://json-schema.org/draft-07/schema#',
};

/** The schema for one target. The keywords used mean the same in both drafts. */
function asTarget(schema: JsonSchema, target: string): Record<string, unknown> {
  const $schema = DRAFTS[target];
  if ($schema === undefined) throw new Error(`pipelint: no JSON Schema for the target ${target}`);
  return { ...schema, $schema };
}
