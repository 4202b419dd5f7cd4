// Checking: what comes in becomes text, what comes out becomes a report.

import * as engine from './engine.js';
import type { OperationName, PayloadName } from './generated/names.js';
import { isOrdinary, table } from './ordinary.js';
import { Findings, json, Report, type Severity } from './report.js';
import { NO_SETTINGS, type Settings } from './settings.js';

/** How a payload is to be judged. */
export interface Options extends Settings {
  /** The time that counts as now: a `Date`, or an RFC 3339 date-time. The clock's by default. */
  readonly now?: Date | string;
  /** From which severity on a report is not `ok`: errors by default. */
  readonly failOn?: Severity;
}

/**
 * Checks a payload, given as JSON text, as the bytes of one, or as an object.
 *
 * A payload's name is `<system>/<operation>/<part>`; without the part, the request is meant.
 */
export function check<Input extends string | Uint8Array | object>(
  payload: PayloadName | OperationName,
  input: Input,
  options?: Options,
): Report<Input> {
  const known = engine.payload(payload);
  const isText = typeof input === 'string' || input instanceof Uint8Array;
  return (isText ? run(known, input, input, options) : checkObject(known, input, options)) as Report<Input>;
}

/** Checks a value that is not JSON text, whatever its type. */
export function checkValue(payload: PayloadName, value: unknown, options?: Options): Report {
  const known = engine.payload(payload);
  return typeof value === 'object' && value !== null
    ? checkObject(known, value, options)
    : run(known, value, json(value), options);
}

function checkObject(payload: engine.Known, input: object, options: Options | undefined): Report {
  const known = payload.table === undefined ? (payload.table = table(payload.number)) : payload.table;
  if (known !== null && (options === undefined || engine.isSilent(options))) {
    const now = options?.now === undefined ? undefined : instant(options.now).seconds;
    if (isOrdinary(known, input, now)) return new Report(payload, input);
  }
  return run(payload, input, json(input), options);
}

function run(payload: engine.Known, input: unknown, text: string | Uint8Array, options: Options | undefined): Report {
  const now = instant(options?.now);
  const settings = options ?? NO_SETTINGS;
  const found = engine.check(payload.number, text, now, settings);
  const failOn = options?.failOn ?? 'error';
  if (found === 0) return new Report(payload, input, text);
  const findings = engine.numbers((found >>> 2) * 3);
  // The caller may write into its bytes again before somebody reads a message.
  const kept = typeof text === 'string' ? text : text.slice();
  return new Report(payload, input, kept, new Findings(findings, found & 3, now, settings, failOn));
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
