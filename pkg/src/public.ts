// What both entry points export.

export { check, type Options, type PayloadOptions } from './check.js';
export type { FormValues } from './form.js';
export type { OperationName, PayloadName, RuleName } from './generated/names.js';
export * from './generated/payloads.js';
export type * from './generated/types.js';
export type { JsonSchema } from './json-schema.js';
export type { FieldPath } from './paths.js';
export { type FieldReport, type Issue, type Payload, PipelintError } from './payload.js';
export { Diagnostic, Report, setLocale, type Applicability, type Edit, type Fix, type Labels, type Messages, type Severity } from './report.js';
export type { Policy, Level, Limits, Mask, RuleGroup, Settings } from './settings.js';
export type { StandardJSONSchemaV1, StandardSchemaV1 } from './standard.js';
