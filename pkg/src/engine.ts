// The WebAssembly module: its memory, and the few functions that everything else calls.

import * as glue from './generated/pipelint_bg.js';
import type { PayloadName, RuleName } from './generated/names.js';
import { decodeTable, type EncodedTable, type Table } from './fast-path.js';
import { NO_SETTINGS, records, type Settings, unreadable } from './settings.js';
import { decodeUtf8, encodeUtf8 } from './utf8.js';

/** Marks an absent value among the numbers that the module writes. */
export const NONE = 0xffff_ffff;

/** A time: seconds since 1970, and nanoseconds. */
export interface Instant {
  readonly seconds: number;
  readonly nanos: number;
}

/** A payload's number in the module, and its full name. */
export interface Known {
  readonly number: number;
  readonly name: PayloadName;
  /** The table of its fast path, or `null` if it has none; read on first use. */
  table: Table | null | undefined;
}

let memory: WebAssembly.Memory;
/** The whole memory, as bytes and as numbers. When the memory grows, these views become empty. */
let bytes = new Uint8Array(0);
let u32 = new Uint32Array(0);
/** The input buffer inside the memory. */
let input = bytes;
let payloads: Map<string, Known>;
let ruleNames: Map<number, RuleName>;
let settings: Settings = NO_SETTINGS;
let start: (() => WebAssembly.Instance) | undefined;

/** Counts the inputs written, so that a report knows whether the module still holds its own. */
export let generation = 0;

/** Sets how the module is started when it is first needed. @internal */
export function startWith(starter: () => WebAssembly.Instance): void {
  start = starter;
}

/** The module's imports: the bindings that wasm-bindgen wrote. @internal */
export const imports = { './pipelint_bg.js': glue as unknown as WebAssembly.ModuleImports };

/** Starts the module unless it runs. */
function ensureStarted(): void {
  if (memory !== undefined) return;
  if (start === undefined) throw new Error('pipelint: await `ready()` before the first check');
  const { exports } = start();
  start = undefined;
  memory = exports['memory'] as WebAssembly.Memory;
  glue.__wbg_set_wasm(exports);
  const [known = '', rules = ''] = outputText(glue.names()).split('\n\n');
  const own = glue.output_u32() >>> 2;
  ruleNames = new Map(rules.trimEnd().split('\n').map((name, at) => [u32[own + at]!, name as RuleName]));
  payloads = new Map();
  known.split('\n').forEach((name, number) => {
    const payload: Known = { number, name: name as PayloadName, table: undefined };
    payloads.set(name, payload);
    if (name.endsWith('/request')) payloads.set(name.slice(0, -'/request'.length), payload);
  });
}

let lastName: string | undefined;
let last: Known;

/** The payload of that name. */
export function payload(name: string): Known {
  // Usually the same one is asked for again.
  if (name === lastName) return last;
  ensureStarted();
  const known = payloads.get(name);
  if (known === undefined) {
    throw new RangeError(`pipelint: unknown payload ${JSON.stringify(name)}; the payloads are ${[...payloads.keys()].join(', ')}`);
  }
  lastName = name;
  return (last = known);
}

/** The name of the rule of that number. */
export const ruleName = (number: number): RuleName | undefined => ruleNames.get(number);

/** The names of all rules. */
export function allRules(): readonly RuleName[] {
  ensureStarted();
  return [...ruleNames.values()];
}

/** Renews the views if the memory has grown. */
function refreshViews(): void {
  if (bytes.length > 0) return;
  bytes = new Uint8Array(memory.buffer);
  u32 = new Uint32Array(memory.buffer);
}

/** Makes room for an input of that many bytes. */
function reserveInput(length: number): void {
  const size = Math.max(length, 2048);
  const from = glue.reserve_input(size);
  refreshViews();
  input = bytes.subarray(from, from + size);
}

/** Writes an input into the buffer; returns its length in bytes. */
function write(source: string | Uint8Array): number {
  generation++;
  if (typeof source !== 'string') {
    if (source.length > input.length) reserveInput(source.length);
    input.set(source);
    return source.length;
  }
  if (input.length < source.length) reserveInput(source.length);
  let { read, written } = encodeUtf8(source, input);
  if (read < source.length) {
    reserveInput(source.length * 3);
    ({ read, written } = encodeUtf8(source, input));
  }
  return written;
}

/** Configures the module. */
function configure(wanted: Settings): void {
  ensureStarted();
  const [limits, list] = records(wanted);
  const split = list.findIndex((record) => record.includes('\0')) + 1;
  const wrong = split || glue.configure(write(list.map((record) => `${record}\0`).join('')));
  if (wrong !== 0) throw unreadable(list[wrong - 1]!, allRules());
  glue.limit(limits.depth ?? 128, limits.size ?? 8 << 20, limits.diagnostics ?? 500);
  settings = wanted;
}

/** Whether the module is already configured with these settings. */
const isSet = (wanted: Settings): boolean =>
  wanted === settings ||
  (wanted.limits === settings.limits &&
    wanted.rules === settings.rules &&
    wanted.policy === settings.policy &&
    wanted.mask === settings.mask);

/** Whether these settings are known to be valid and can add no diagnostic to a plainly valid payload. */
export const isSilent = ({ policy, limits, rules, mask }: Settings): boolean =>
  policy === undefined &&
  limits === undefined &&
  (rules === undefined || rules === settings.rules) &&
  (mask === undefined || mask === settings.mask);

/** Checks a payload; returns the number of findings times four, plus the worst severity. */
export function check(payload: number, source: string | Uint8Array, now: Instant, wanted: Settings): number {
  if (!isSet(wanted)) configure(wanted);
  return glue.check(payload, write(source), now.seconds, now.nanos);
}

/** A copy of the first numbers that the last check left. */
export function outputU32(count: number): number[] {
  const from = glue.output_u32() >>> 2;
  refreshViews();
  return copied(from, from + count);
}

/** Numbers in the memory. A few are copied faster one by one than into a typed array. */
function copied(from: number, to: number): number[] {
  const copy: number[] = [];
  for (let at = from; at < to; at++) copy.push(u32[at]!);
  return copy;
}

/** A text in the memory. */
function textAt(from: number, length: number): string {
  refreshViews();
  return decodeUtf8(bytes.subarray(from, from + length));
}

/** The text that the last call left, of that many bytes. */
const outputText = (length: number): string => textAt(glue.output_text(), length);

/** The rendered findings of the last check: all texts, and numbers that say where they are. */
export interface Rendered {
  readonly text: string;
  readonly numbers: readonly number[];
}

/** Renders the findings of the last check; see `Session::explain` in the crate `pipelint-wasm`. */
export function explain(): Rendered {
  const from = glue.explain() >>> 2;
  refreshViews();
  const numbers = copied(from, from + u32[from]!);
  return { text: textAt(numbers[1]!, numbers[2]!), numbers };
}

/** The text of the last check with its safe fixes applied, or with all; nothing if there are none. */
export function fix(all: boolean): string | undefined {
  const length = glue.fix(all);
  return length === NONE ? undefined : outputText(length);
}

/** The encoded table of a payload's fast path, if it has one. */
export function encodedTable(payload: number): EncodedTable | undefined {
  const length = glue.fast_path(payload);
  if (length === 0) return undefined;
  const from = glue.output_u32() >>> 2;
  const lines = outputText(length).split('\n');
  return [lines, copied(from + 1, from + u32[from]!)];
}

/** The table of a payload's fast path, if it has one. */
export function fastPath(payload: Known): Table | null {
  if (payload.table === undefined) {
    const encoded = encodedTable(payload.number);
    payload.table = encoded === undefined ? null : decodeTable(encoded);
  }
  return payload.table;
}

/** Reads an RFC 3339 date-time. */
export function instant(source: string): Instant {
  ensureStarted();
  const seconds = glue.instant(write(source));
  if (Number.isNaN(seconds)) {
    throw new RangeError(`pipelint: \`now\` is not an RFC 3339 date-time: ${source}`);
  }
  return { seconds, nanos: outputU32(1)[0]! };
}
