/**
 * The same payload objects as `pipelint`, for pages: a few kilobytes accept plainly valid payloads
 * at once. The rest is loaded when the page is idle, or when the first value needs it; only while
 * it is on its way do calls return promises.
 *
 * @module
 */

import type { Kept, PayloadOptions } from './check.js';
import { decodeTable, type EncodedTable, isPlainlyValid, type Table } from './fast-path.js';
import { type FormValues, fromForm, isEntries } from './form.js';
import type { PayloadName } from './generated/names.js';
import { type JsonSchema, stripUnknown } from './json-schema.js';
import { type FieldPath, fieldKeys, placed } from './paths.js';
import type { FieldReport, Payload } from './payload.js';
import type { Messages, Report } from './report.js';
import type { StandardSchemaV1 } from './standard.js';

type Module = typeof import('./index.js');

/** A value, or its promise while the rest of the package is loading. */
export type Eventually<Value> = Value | Promise<Value>;

/** A report; see `Report` of `pipelint`. */
export type LazyReport<Input = unknown> = Pick<
  Report<Input>,
  'ok' | 'payload' | 'text' | 'diagnostics' | 'errors' | 'warnings' | 'infos' | 'fixed' | 'toString' | 'toJSON'
>;

/** A payload that can be checked; see `Payload` of `pipelint`. */
export interface LazyPayload<Type> {
  readonly name: PayloadName;
  check<Input>(input: Input, options?: PayloadOptions): Eventually<LazyReport<Kept<Input>>>;
  parse(input: unknown, options?: PayloadOptions): Eventually<Type>;
  field(path: FieldPath, value: unknown, whole?: object, options?: PayloadOptions): Eventually<FieldReport>;
  fromForm(values: FormValues): Partial<Type>;
  with(options: PayloadOptions): LazyPayload<Type>;
  partial(): LazyPayload<Partial<Type>>;
  readonly schema: JsonSchema;
  readonly '~standard': {
    readonly version: 1;
    readonly vendor: string;
    readonly validate: (value: unknown, options?: StandardSchemaV1.Options) => Eventually<StandardSchemaV1.Result<Type>>;
    readonly types?: StandardSchemaV1.Types<Type, Type> | undefined;
  };
}

let loaded: Module | undefined;
let loading: Promise<Module> | undefined;
let messages: Messages | undefined;
let load = (): Promise<Module> => import('./index.js');

/**
 * Loads the rest of the package now. With an argument it is loaded by that function, for example
 * from another place; it is called again after a failure.
 */
export async function ready(loader?: () => Promise<Module>): Promise<void> {
  if (loader !== undefined) load = loader;
  await whenLoaded();
}

/** Whether the rest of the package is loaded, so that no call returns a promise. */
export const isReady = (): boolean => loaded !== undefined;

/** Sets messages for all checks; see `setLocale` of `pipelint`. */
export function setLocale(own?: Messages): void {
  messages = own;
  loaded?.setLocale(own);
}

function whenLoaded(): Promise<Module> {
  loading ??= load().then(
    (module) => {
      module.setLocale(messages);
      return (loaded = module);
    },
    (error: unknown) => {
      loading = undefined;
      throw error;
    },
  );
  return loading;
}

if (typeof document === 'object') {
  // A page that is rendered on a server loads nothing there.
  const idle = typeof requestIdleCallback === 'function' ? requestIdleCallback : (task: () => void) => setTimeout(task, 200);
  const start = () => idle(() => void whenLoaded().catch(() => undefined));
  if (document.readyState === 'complete') start();
  else addEventListener('load', start, { once: true });
}

/** What there is to say about a plainly valid payload. */
const valid = (payload: string, input: unknown, value: unknown): LazyReport => ({
  ok: true,
  payload: payload as PayloadName,
  get text() {
    return JSON.stringify(value);
  },
  diagnostics: [],
  errors: [],
  warnings: [],
  infos: [],
  fixed: () => input,
  toString: () => '',
  toJSON: () => [],
});

/** @internal */
export function lazyPayload<Type>(
  system: string,
  member: string,
  name: PayloadName,
  schema: JsonSchema,
  encoded?: EncodedTable,
  own?: PayloadOptions,
  isPartial = false,
): LazyPayload<Type> {
  let table: Table | undefined;
  let full: Payload<Type> | undefined;

  /** The payload object of the loaded package. */
  const whole = (module: Module): Payload<Type> => {
    if (full === undefined) {
      full = (module as unknown as Record<string, Record<string, Payload<Type>>>)[system]![member]!;
      if (own !== undefined) full = full.with(own);
      if (isPartial) full = full.partial() as Payload<Type>;
    }
    return full;
  };
  const now = <Result>(call: (payload: Payload<Type>) => Result): Eventually<Result> =>
    loaded === undefined ? whenLoaded().then((module) => call(whole(module))) : call(whole(loaded));

  /** The value that is checked in place of an object, if it is plainly valid. */
  function plain(input: unknown, options: PayloadOptions | undefined, isField = false): object | undefined {
    if (loaded !== undefined || encoded === undefined || typeof input !== 'object' || input === null) return undefined;
    const all = options === undefined ? own : { ...own, ...options };
    const usual = 'now failOn messages labels coerce unknown'.split(' ');
    if (all !== undefined && (all.unknown === 'error' || Object.keys(all).some((key) => !usual.includes(key)))) return undefined;
    try {
      let value: unknown = input;
      if (all?.coerce) value = fromForm(value, schema);
      if (all?.unknown === 'strip') value = stripUnknown(value, schema);
      table ??= isPartial ? { ...decodeTable(encoded), required: 0 } : decodeTable(encoded);
      const time = all?.now === undefined ? Date.now() : +new Date(all.now);
      const lenient = isField ? { ...table, required: 0 } : table;
      return isPlainlyValid(lenient, value as object, Math.floor(time / 1000)) ? (value as object) : undefined;
    } catch {
      return undefined;
    }
  }

  return {
    name,
    schema,
    check(input, options) {
      const value = plain(input, options);
      return value === undefined ? now((payload) => payload.check(input, options)) : (valid(name, input, value) as never);
    },
    parse(input, options) {
      return (plain(input, options) as Type | undefined) ?? now((payload) => payload.parse(input, options));
    },
    field(path, value, form, options) {
      const rest = form !== undefined && isEntries(form) ? (fromForm(form, schema) as object) : form;
      const object = placed(rest ?? {}, fieldKeys(path, schema, name), value, schema);
      if (plain(object, options, true) === undefined) return now((payload) => payload.field(path, value, rest, options));
      const { ok, diagnostics, errors, warnings, infos } = valid(name, object, object);
      return { ok, diagnostics, errors, warnings, infos, text: JSON.stringify(object), fixed: () => value };
    },
    fromForm: (values) => fromForm(values, schema) as Partial<Type>,
    with: (options) => lazyPayload(system, member, name, schema, encoded, { ...own, ...options }, isPartial),
    partial: () => lazyPayload<Partial<Type>>(system, member, name, schema, encoded, own, true),
    '~standard': {
      version: 1,
      vendor: 'pipelint',
      validate(value, options) {
        const accepted = plain(value, options?.libraryOptions as PayloadOptions | undefined);
        return accepted === undefined ? now((payload) => payload['~standard'].validate(value, options)) : { value: accepted as Type };
      },
    },
  };
}

export * from './generated/lazy.js';
export type { Options, PayloadOptions } from './check.js';
export type { FormValues } from './form.js';
export type { OperationName, PayloadName, RuleName } from './generated/names.js';
export type * from './generated/types.js';
export type { JsonSchema } from './json-schema.js';
export type { FieldPath } from './paths.js';
export type { FieldReport, Issue, PipelintError } from './payload.js';
export type { Applicability, Diagnostic, Edit, Fix, Labels, Messages, Report, Severity } from './report.js';
export type { Policy, Level, Limits, Mask, RuleGroup, Settings } from './settings.js';
export type { StandardSchemaV1 } from './standard.js';
