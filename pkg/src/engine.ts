// The module: its memory, and the few functions that everything else calls.

import * as glue from './generated/pipelint_bg.js';

/** What stands for "none" among the numbers that the module writes. */
export const NONE = 0xffff_ffff;

/** A time: seconds since 1970, and nanoseconds. */
export interface Instant {
  readonly seconds: number;
  readonly nanos: number;
}

/** The limits of one check. */
export interface Limits {
  /** How deep arrays and objects may nest; 128 at most, which is also the default. */
  readonly depth?: number;
  /** How many bytes a payload may have; 8 MiB by default. */
  readonly size?: number;
  /** How many diagnostics a report holds; 500 by default. */
  readonly diagnostics?: number;
}

const encoder = /* @__PURE__ */ new TextEncoder();
const decoder = /* @__PURE__ */ new TextDecoder('utf-8', { ignoreBOM: true });

let memory: WebAssembly.Memory;
/** The module's memory from the text buffer on, as far as the buffer reaches. */
let text = new Uint8Array(0);
let payloads: Map<string, number>;
let ruleNames: readonly string[];
let limits: Limits | undefined;
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
export function ready(): void {
  if (start === undefined) {
    if (memory === undefined) throw new Error('pipelint: wait for `ready()` before the first check');
    return;
  }
  const { exports } = start();
  start = undefined;
  memory = exports['memory'] as WebAssembly.Memory;
  glue.__wbg_set_wasm(exports);
  const [known = '', rules = ''] = words(glue.names()).split('\n\n');
  ruleNames = rules.trimEnd().split('\n');
  payloads = new Map(known.split('\n').map((name, number) => [name, number]));
  for (const [name, number] of payloads) {
    if (name.endsWith('/request')) payloads.set(name.slice(0, -'/request'.length), number);
  }
}

/** The number of the payload of that name. */
export function payloadNumber(name: string): number {
  ready();
  const number = payloads.get(name);
  if (number === undefined) {
    throw new RangeError(`pipelint: no payload is called ${name}; there are ${[...payloads.keys()].join(', ')}`);
  }
  return number;
}

/** The name of the rule of that number. */
export const ruleName = (number: number): string => ruleNames[number] ?? '';

/** Makes room for so many bytes. */
function room(length: number): void {
  const size = Math.max(length, 2048);
  const start = glue.room(size);
  text = new Uint8Array(memory.buffer, start, size);
}

/** Writes a text into the buffer; returns its length in bytes. */
function write(input: string | Uint8Array): number {
  generation++;
  if (typeof input !== 'string') {
    if (input.length > text.length) room(input.length);
    text.set(input);
    return input.length;
  }
  // A memory that has grown leaves a view of no length behind.
  if (text.length < input.length) room(input.length);
  let { read, written } = encoder.encodeInto(input, text);
  if (read < input.length) {
    room(input.length * 3);
    ({ read, written } = encoder.encodeInto(input, text));
  }
  return written;
}

/** Checks a payload; returns the number of findings. */
export function check(payload: number, input: string | Uint8Array, now: Instant, limit?: Limits): number {
  const length = write(input);
  if (limit !== limits) {
    limits = limit;
    glue.limit(limit?.depth ?? 128, limit?.size ?? 8 << 20, limit?.diagnostics ?? 500);
  }
  return glue.check(payload, length, now.seconds, now.nanos);
}

/** The first numbers that the last call left, as a copy. */
export function numbers(count: number): Uint32Array {
  const start = glue.numbers();
  return new Uint32Array(memory.buffer.slice(start, start + count * 4));
}

/** All numbers that the last call left, as a view that the next call destroys. */
function allNumbers(): Uint32Array {
  return new Uint32Array(memory.buffer, glue.numbers());
}

/** The text that the last call left, of so many bytes. */
function words(length: number): string {
  const start = glue.words();
  return decoder.decode(new Uint8Array(memory.buffer, start, length));
}

/** Puts the findings of the last check into words: the texts, cut by their lengths in bytes. */
export function explain(): { readonly length: number; text(from: number, to: number): string; readonly numbers: Uint32Array } {
  const length = glue.explain();
  const all = words(length);
  const bytes = new Uint8Array(memory.buffer, glue.words(), length);
  return {
    length,
    // Where every character is one byte, one decoding has served for all.
    text: (from, to) => (all.length === length ? all.slice(from, to) : decoder.decode(bytes.subarray(from, to))),
    numbers: allNumbers(),
  };
}

/** The text of the last check with its safe fixes applied, or with all; nothing if there are none. */
export function fix(all: boolean): string | undefined {
  const length = glue.fix(all);
  return length === NONE ? undefined : words(length);
}

/** Reads an RFC 3339 date-time. */
export function instant(source: string): Instant {
  ready();
  const seconds = glue.instant(write(source));
  if (Number.isNaN(seconds)) {
    throw new RangeError(`pipelint: \`now\` is no RFC 3339 date-time: ${source}`);
  }
  return { seconds, nanos: allNumbers()[0] ?? 0 };
}
