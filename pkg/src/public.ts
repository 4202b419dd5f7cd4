// What both entry points export.

export { check, type Options } from './check.js';
export type { OperationName, PayloadName, RuleName } from './generated/names.js';
export * from './generated/payloads.js';
export type * from './generated/types.js';
export { type FieldReport, type Issue, type JsonSchema, type Payload, PipelintError } from './payload.js';
export { Diagnostic, Report, type Applicability, type Edit, type Fix, type Severity } from './report.js';
export type { Policy, Level, Limits, Mask, RuleGroup, Settings } from './settings.js';
export type { StandardJSONSchemaV1, StandardSchemaV1 } from './standard.js';
