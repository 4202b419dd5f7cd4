// The module: its memory, and the few functions that everything else calls.

import * as glue from './generated/pipelint_bg.js';
import type { PayloadName, RuleName } from './generated/names.js';
import type { Table } from './ordinary.js';
import { NO_SETTINGS, records, type Settings } from './settings.js';

/** What stands for "none" among the numbers that the module writes. */
export const NONE = 0xffff_ffff;

/** A time: seconds since 1970, and nanoseconds. */
export interface Instant {
  readonly seconds: number;
  readonly nanos: number;
}

/** A payload's place among all, and its whole name. */
export interface Known {
  readonly number: number;
  readonly name: PayloadName;
  /** What is ordinary of it, or `null` if that cannot be said, once somebody has asked. */
  table: Table | null | undefined;
}

const encoder = /* @__PURE__ */ new TextEncoder();
const decoder = /* @__PURE__ */ new TextDecoder('utf-8', { ignoreBOM: true });

let memory: WebAssembly.Memory;
/** The whole memory, as bytes and as numbers. A memory that has grown leaves views of no length. */
let bytes = new Uint8Array(0);
let words32 = new Uint32Array(0);
/** The memory from the text buffer on, as far as the buffer reaches. */
let text = bytes;
let payloads: Map<string, Known>;
let ruleNames: Map<number, RuleName>;
let settings: Settings = NO_SETTINGS;
let start: (() => WebAssembly.Instance) | undefined;

/** Counts the texts that were written into the buffer, so that a report knows its own. */
export let generation = 0;

/** Says how the module is started when it is first needed. */
export function startWith(starter: () => WebAssembly.Instance): void {
  start = starter;
}

/** What the module imports: the bindings that wasm-bindgen wrote. */
export const imports = { './pipelint_bg.js': glue as unknown as WebAssembly.ModuleImports };

/** Starts the module unless it runs. */
function ready(): void {
  if (start === undefined) throw new Error('pipelint: wait for `ready()` before the first check');
  const { exports } = start();
  start = undefined;
  memory = exports['memory'] as WebAssembly.Memory;
  glue.__wbg_set_wasm(exports);
  const [known = '', rules = ''] = lastText(glue.names()).split('\n\n');
  const own = glue.numbers() >>> 2;
  ruleNames = new Map(rules.trimEnd().split('\n').map((name, at) => [words32[own + at]!, name as RuleName]));
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
  // Most often it is the same as before.
  if (name === lastName) return last;
  if (memory === undefined) ready();
  const known = payloads.get(name);
  if (known === undefined) {
    throw new RangeError(`pipelint: no payload is called ${name}; there are ${[...payloads.keys()].join(', ')}`);
  }
  lastName = name;
  return (last = known);
}

/** The name of the rule of that number. */
export const ruleName = (number: number): RuleName | undefined => ruleNames.get(number);

/** Looks at the memory again if it has grown. */
function look(): void {
  if (bytes.length > 0) return;
  bytes = new Uint8Array(memory.buffer);
  words32 = new Uint32Array(memory.buffer);
}

/** Makes room for so many bytes. */
function room(length: number): void {
  const size = Math.max(length, 2048);
  const from = glue.room(size);
  look();
  text = bytes.subarray(from, from + size);
}

/** Writes a text into the buffer; returns its length in bytes. */
function write(input: string | Uint8Array): number {
  generation++;
  if (typeof input !== 'string') {
    if (input.length > text.length) room(input.length);
    text.set(input);
    return input.length;
  }
  if (text.length < input.length) room(input.length);
  let { read, written } = encoder.encodeInto(input, text);
  if (read < input.length) {
    room(input.length * 3);
    ({ read, written } = encoder.encodeInto(input, text));
  }
  return written;
}

/** Tells the module how to judge from now on. */
function configure(wanted: Settings): void {
  const [limits, list] = records(wanted);
  const split = list.findIndex((record) => record.includes('\0')) + 1;
  const wrong = split || glue.configure(write(list.map((record) => `${record}\0`).join('')));
  if (wrong !== 0) throw new RangeError(`pipelint: the options make no sense at ${JSON.stringify(list[wrong - 1]!.slice(1))}`);
  glue.limit(limits.depth ?? 128, limits.size ?? 8 << 20, limits.diagnostics ?? 500);
  settings = wanted;
}

/** Whether the module judges by these settings already. */
const isSet = (wanted: Settings): boolean =>
  wanted === settings ||
  (wanted.limits === settings.limits &&
    wanted.rules === settings.rules &&
    wanted.policy === settings.policy &&
    wanted.mask === settings.mask);

/** Whether these settings are good ones under which nothing is said that is not said without them. */
export const isSilent = ({ policy, limits, rules, mask }: Settings): boolean =>
  policy === undefined &&
  limits === undefined &&
  (rules === undefined || rules === settings.rules) &&
  (mask === undefined || mask === settings.mask);

/** Checks a payload; returns the number of findings times four, plus the worst severity. */
export function check(payload: number, input: string | Uint8Array, now: Instant, wanted: Settings): number {
  if (!isSet(wanted)) configure(wanted);
  return glue.check(payload, write(input), now.seconds, now.nanos);
}

/** The first numbers that the last check left, as a copy. */
export function numbers(count: number): number[] {
  const from = glue.numbers() >>> 2;
  look();
  return copied(from, from + count);
}

/** Numbers in the memory. So few are copied faster one by one than in a typed array of their own. */
function copied(from: number, to: number): number[] {
  const copy: number[] = [];
  for (let at = from; at < to; at++) copy.push(words32[at]!);
  return copy;
}

/** A text in the memory. */
function textAt(from: number, length: number): string {
  look();
  return decoder.decode(bytes.subarray(from, from + length));
}

/** The text that the last call left, of so many bytes. */
const lastText = (length: number): string => textAt(glue.words(), length);

/** The findings of the last check in words: the texts, and numbers that say where they are. */
export interface Words {
  readonly text: string;
  readonly numbers: readonly number[];
}

/** Puts the findings of the last check into words; see `Desk::explain` in the crate `pipelint-wasm`. */
export function explain(): Words {
  const from = glue.explain() >>> 2;
  look();
  const numbers = copied(from, from + words32[from]!);
  return { text: textAt(numbers[1]!, numbers[2]!), numbers };
}

/** The text of the last check with its safe fixes applied, or with all; nothing if there are none. */
export function fix(all: boolean): string | undefined {
  const length = glue.fix(all);
  return length === NONE ? undefined : lastText(length);
}

/** What an ordinary payload looks like, as lines and numbers; see `Contract::write_ordinary` in `pipelint`. */
export function ordinary(payload: number): [string[], number[]] | undefined {
  const length = glue.ordinary(payload);
  if (length === 0) return undefined;
  const from = glue.numbers() >>> 2;
  const lines = lastText(length).split('\n');
  return [lines, copied(from + 1, from + words32[from]!)];
}

/** Reads an RFC 3339 date-time. */
export function instant(source: string): Instant {
  if (memory === undefined) ready();
  const seconds = glue.instant(write(source));
  if (Number.isNaN(seconds)) {
    throw new RangeError(`pipelint: \`now\` is no RFC 3339 date-time: ${source}`);
  }
  return { seconds, nanos: numbers(1)[0]! };
}
