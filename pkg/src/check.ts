// Checking: an input becomes text, the module's findings become a report.

import * as engine from './engine.js';
import { isPlainlyValid } from './fast-path.js';
import { fromForm, isEntries } from './form.js';
import type { OperationName, PayloadName } from './generated/names.js';
import { asBytes, serialize } from './input.js';
import { type JsonSchema, stripUnknown } from './json-schema.js';
import { Findings, type Labels, type Messages, Report, SEVERITIES, type Severity } from './report.js';
import { refuseUnknown, type Settings } from './settings.js';

/** The options of a check. */
export interface Options extends Settings {
  /** The time that counts as now: a `Date`, or an RFC 3339 date-time. By default the clock's. */
  readonly now?: Date | string;
  /** The severity from which on a report is not `ok`: by default `'error'`. */
  readonly failOn?: Severity;
  /** Messages of one's own, by rule. */
  readonly messages?: Messages;
  /** How messages call properties. `'title'` needs a payload object such as `leadlex.createDeal`. */
  readonly labels?: Labels;
}

/** The options of a payload object. */
export interface PayloadOptions extends Options {
  /** Whether objects are what a form gives; see `fromForm`. */
  readonly coerce?: boolean;
  /** What becomes of properties that the API does not know; by default they are kept, with a warning. */
  readonly unknown?: 'keep' | 'strip' | 'error';
}

const OPTIONS: Readonly<Record<string, unknown>> = { now: 1, failOn: 1, messages: 1, labels: 1, coerce: 1, unknown: 1, rules: 1, policy: 1, mask: 1, limits: 1 };
const NO_OPTIONS: PayloadOptions = {};

/** The report on text or bytes. */
export type Kept<Input> = Input extends string ? string : Input extends Uint8Array ? Uint8Array : Input;

/**
 * Checks a payload, given as JSON text, as the bytes of one, or as any other value.
 *
 * A payload's name is `<system>/<operation>/<part>`; without the part, the request is meant.
 */
export function check<Input>(payload: PayloadName | OperationName, input: Input, options?: Options): Report<Kept<Input>> {
  return checkInput(engine.payload(payload), undefined, input, options) as Report<Kept<Input>>;
}

/** Checks JSON text, bytes, or any other value. @internal */
export function checkInput(payload: engine.Known, schema: JsonSchema | undefined, input: unknown, options: PayloadOptions | undefined): Report {
  if (typeof input === 'string') return run(payload, schema, input, input, input, undefined, options);
  const bytes = typeof input === 'object' && input !== null ? asBytes(input) : undefined;
  return bytes === undefined ? checkValue(payload, schema, input, options) : run(payload, schema, input, bytes, bytes, undefined, options);
}

/** Checks a value that is not JSON text, whatever its type. @internal */
export function checkValue(payload: engine.Known, schema: JsonSchema | undefined, given: unknown, options: PayloadOptions | undefined): Report {
  const value = prepared(given, schema, options);
  // `FormData` cannot be fixed in place: its payload is.
  const input = value !== given && typeof given === 'object' && given !== null && isEntries(given) ? value : given;
  if (typeof value === 'object' && value !== null && (options === undefined || isUsual(options))) {
    const table = engine.fastPath(payload);
    const now = options?.now === undefined ? undefined : instant(options.now).seconds;
    try {
      if (table !== null && isPlainlyValid(table, value, now)) return new Report(payload, input, value);
    } catch {
      // A proxy or a getter that throws: the serializer names it.
    }
  }
  const { text, oddities } = serialize(value, options?.limits?.size ?? 8 << 20);
  return run(payload, schema, input, value, text, oddities, options);
}

/** What is checked in place of an input: without what the options strip, coerced if they say so. @internal */
export function prepared(input: unknown, schema: JsonSchema | undefined, options: PayloadOptions | undefined): unknown {
  if (options === undefined || schema === undefined || (options.coerce !== true && options.unknown !== 'strip')) return input;
  try {
    const value = options.coerce === true ? fromForm(input, schema) : input;
    return options.unknown === 'strip' ? stripUnknown(value, schema) : value;
  } catch {
    // What cannot be read is reported, not thrown.
    return input;
  }
}

/** Whether the options are valid and cannot add a diagnostic to a plainly valid payload. */
const isUsual = (options: PayloadOptions): boolean => {
  validate(options);
  return engine.isSilent(options) && options.unknown !== 'error';
};

let lastValid: PayloadOptions | undefined;

function validate(options: PayloadOptions): void {
  if (options === lastValid) return;
  for (const key in options) if (OPTIONS[key] !== 1) refuseUnknown(options, Object.keys(OPTIONS), 'the options object');
  const { failOn, unknown } = options;
  if (failOn !== undefined && !SEVERITIES.includes(failOn)) {
    throw new RangeError(`pipelint: \`failOn\` is ${JSON.stringify(failOn)}; write "error", "warning" or "info"`);
  }
  if (unknown !== undefined && !['keep', 'strip', 'error'].includes(unknown)) {
    throw new RangeError(`pipelint: \`unknown\` is ${JSON.stringify(unknown)}; write "keep", "strip" or "error"`);
  }
  lastValid = options;
}

/** Settings derived from options, so that the module is configured once for the same objects. */
const strict = new WeakMap<object, NonNullable<Settings['rules']>>();
const NO_RULES = {};

function settingsOf(options: PayloadOptions): Settings {
  if (options.unknown !== 'error') return options;
  const given = options.rules ?? NO_RULES;
  let rules = strict.get(given);
  if (rules === undefined) strict.set(given, (rules = { ...given, 'schema/unknown-property': 'error' }));
  return { ...options, rules };
}

function run(
  payload: engine.Known,
  schema: JsonSchema | undefined,
  input: unknown,
  value: unknown,
  text: string | Uint8Array,
  oddities: Findings['oddities'] | undefined,
  options: PayloadOptions = NO_OPTIONS,
): Report {
  validate(options);
  if (schema === undefined && (options.labels === 'title' || options.coerce !== undefined || options.unknown !== undefined)) {
    throw new RangeError('pipelint: `labels: "title"`, `coerce` and `unknown` need a payload object, such as leadlex.createDeal');
  }
  const now = instant(options.now);
  const settings = settingsOf(options);
  const found = engine.check(payload.number, text, now, settings);
  if (found === 0 && (oddities === undefined || oddities.length === 0)) return new Report(payload, input, value, text);
  const numbers = engine.outputU32((found >>> 2) * 3);
  const worst = oddities === undefined || oddities.length === 0 ? found & 3 : 2;
  const view = { schema, labels: options.labels, messages: options.messages };
  // The caller may overwrite the bytes before a message is read.
  const kept = typeof text === 'string' ? text : text.slice();
  return new Report(payload, input, value, kept, new Findings(numbers, worst, now, settings, options.failOn ?? 'error', oddities ?? [], view));
}

let lastRead: { source: string; instant: engine.Instant } | undefined;

function instant(now: Date | string | undefined): engine.Instant {
  if (typeof now === 'string') {
    if (lastRead?.source !== now) lastRead = { source: now, instant: engine.instant(now) };
    return lastRead.instant;
  }
  const millis = now === undefined ? Date.now() : now.getTime();
  if (Number.isNaN(millis)) throw new RangeError('pipelint: `now` is an invalid date');
  const seconds = Math.floor(millis / 1000);
  return { seconds, nanos: (millis - seconds * 1000) * 1e6 };
}
