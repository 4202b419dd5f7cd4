// The report: numbers first; messages are rendered when the diagnostics are read.

import * as engine from './engine.js';
import type { PayloadName, RuleName } from './generated/names.js';
import { graft } from './graft.js';
import { type Oddity, serialize } from './input.js';
import { type JsonSchema, propertySchema } from './json-schema.js';
import { isIndex, pointerKeys, pointerOf } from './paths.js';
import type { Settings } from './settings.js';
import { utf8 } from './utf8.js';

export type Severity = 'error' | 'warning' | 'info';
export type Applicability = 'safe' | 'unsafe';

/** A replacement of a part of the text. */
export interface Edit {
  /** Where the part starts, in UTF-16 code units, as all offsets in JavaScript. */
  readonly offset: number;
  /** The length of the part. */
  readonly length: number;
  /** The replacement. */
  readonly text: string;
}

/** Edits that correct a fault. */
export interface Fix {
  /** What the edits do. */
  readonly title: string;
  /** Whether they can be applied without asking. */
  readonly applicability: Applicability;
  /** The edits, in the order of the text, without overlaps. */
  readonly edits: readonly Edit[];
}

/**
 * Messages of one's own, by rule: a template such as `{field} is too high`, whose names are those
 * of the diagnostic's `params`, or a function.
 */
export type Messages = { readonly [rule in RuleName]?: string | ((diagnostic: Diagnostic) => string) };

/** How messages call a property: by the title in its schema, or by what a function returns. */
export type Labels = 'title' | ((pointer: string) => string | undefined);

export const SEVERITIES = ['info', 'warning', 'error'] as const;

const INSPECT: unique symbol = /* @__PURE__ */ Symbol.for('nodejs.util.inspect.custom') as never;
type Inspect = (value: unknown, options: object) => string;

/** The position of each of a diagnostic's numbers; see `Session::explain` in `pipelint-wasm`. */
const enum At {
  Line,
  Column,
  EndLine,
  EndColumn,
  Message,
  Help,
  Title,
  Pointer,
  Source,
  Adviser = 10,
  Flags,
  Params,
  Edits,
  Rest,
}

/** The data of a diagnostic. */
type DiagnosticData = Omit<Diagnostic, 'toString' | 'toJSON' | typeof INSPECT>;

/** One fault: what, where, why, and how to correct it. Plain data, so that spread and `structuredClone` keep it. */
export class Diagnostic {
  /** The name of the payload. */
  readonly payload: PayloadName;
  /** The rule that found it. */
  readonly rule: RuleName;
  /** How bad it is. Only errors block, unless `failOn` says otherwise. */
  readonly severity: Severity;
  /** What is wrong, in one sentence without a full stop. */
  readonly message: string;
  /** What to do about it. */
  readonly help: string | null;
  /** The JSON pointer of the value; of a missing property, its own. */
  readonly pointer: string;
  /** The pointer as keys, as form libraries name fields; array indices are numbers. */
  readonly path: readonly (string | number)[];
  /** Where the text concerned starts, in UTF-16 code units. */
  readonly offset: number;
  /** The length of the text concerned, in UTF-16 code units. */
  readonly length: number;
  /** The line, from 1. */
  readonly line: number;
  /** The column, from 1, in code points. */
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  /** The values in the message, by name. */
  readonly params: Readonly<Record<string, string | number>>;
  /** What the rule follows: a statement of the vendor, by its id, or a standard. */
  readonly source: string;
  /** The rule that explained the fault, if it is not the one that found it. */
  readonly adviser: RuleName | null;
  /** Edits that correct it. */
  readonly fix: Fix | null;

  /** @internal */
  constructor(data: DiagnosticData) {
    this.payload = data.payload;
    this.rule = data.rule;
    this.severity = data.severity;
    this.message = data.message;
    this.help = data.help;
    this.pointer = data.pointer;
    this.path = data.path;
    this.offset = data.offset;
    this.length = data.length;
    this.line = data.line;
    this.column = data.column;
    this.endLine = data.endLine;
    this.endColumn = data.endColumn;
    this.params = data.params;
    this.source = data.source;
    this.adviser = data.adviser;
    this.fix = data.fix;
  }

  /** One line, as `pipelint check --output-format concise` prints it. */
  toString(): string {
    return `${this.line}:${this.column}: ${this.severity}: ${this.message} [${this.rule}]`;
  }

  /** What `console.log` shows in Node. @internal */
  [INSPECT](_: number, options: object, inspect: Inspect): string {
    return `Diagnostic ${inspect(this.toJSON(), options)}`;
  }

  /** The object that `pipelint check --output-format json` prints, with UTF-16 offsets. */
  toJSON() {
    return {
      file: null,
      record: null,
      payload: this.payload,
      rule: this.rule,
      severity: this.severity,
      message: this.message,
      pointer: this.pointer,
      line: this.line,
      column: this.column,
      endLine: this.endLine,
      endColumn: this.endColumn,
      offset: this.offset,
      length: this.length,
      help: this.help,
      params: this.params,
      source: this.source,
      fix: this.fix,
    };
  }
}

/** How a report is presented. @internal */
export interface View {
  readonly schema?: JsonSchema | undefined;
  readonly labels?: Labels | undefined;
  readonly messages?: Messages | undefined;
}

const NO_MESSAGES: Messages = {};
let globalMessages = NO_MESSAGES;

/** Sets messages for all checks, for example in another language; without an argument, resets them. */
export function setLocale(messages: Messages = NO_MESSAGES): void {
  globalMessages = messages;
}

/** The findings of a check, and what it takes to repeat it. @internal */
export class Findings {
  readonly generation = engine.generation;
  constructor(
    /** Three numbers per finding; see `Session::check` in `pipelint-wasm`. */
    readonly numbers: readonly number[],
    readonly worst: number,
    readonly now: engine.Instant,
    readonly settings: Settings,
    readonly failOn: Severity,
    readonly oddities: readonly Oddity[],
    readonly view: View,
  ) {}
}

/** The diagnostics of one payload. */
export class Report<Input = unknown> {
  readonly #payload: engine.Known;
  readonly #input: unknown;
  readonly #value: unknown;
  #text: string | Uint8Array | undefined;
  readonly #findings: Findings | undefined;
  #diagnostics: readonly Diagnostic[] | undefined;
  /** Whether no diagnostic is as bad as `failOn`, by default an error. */
  readonly ok: boolean;

  /** `value` is what the input was turned into to be checked. @internal */
  constructor(payload: engine.Known, input: unknown, value: unknown, text?: string | Uint8Array, findings?: Findings) {
    this.#payload = payload;
    this.#input = input;
    this.#value = value;
    this.#text = text;
    this.#findings = findings;
    this.ok = findings === undefined || findings.worst < SEVERITIES.indexOf(findings.failOn);
  }

  /** The name of the payload that the input was checked as. */
  get payload(): PayloadName {
    return this.#payload.name;
  }

  /** The text that was checked; of an object, its JSON. */
  get text(): string | Uint8Array {
    return (this.#text ??= serialize(this.#value, Infinity).text);
  }

  /** All diagnostics, in the order of the text. */
  get diagnostics(): readonly Diagnostic[] {
    return (this.#diagnostics ??= this.#findings === undefined ? [] : this.#render(this.#findings));
  }

  /** What the API would refuse. */
  get errors(): readonly Diagnostic[] {
    return this.#of('error');
  }

  /** What the API would accept, but was hardly intended. */
  get warnings(): readonly Diagnostic[] {
    return this.#of('warning');
  }

  /** Advice. */
  get infos(): readonly Diagnostic[] {
    return this.#of('info');
  }

  #of(severity: Severity): readonly Diagnostic[] {
    return this.diagnostics.filter((diagnostic) => diagnostic.severity === severity);
  }

  /** Makes sure that this payload is the one that the module checked last. */
  #recall(findings: Findings): typeof engine {
    if (findings.generation !== engine.generation) {
      engine.check(this.#payload.number, this.#text!, findings.now, findings.settings);
    }
    return engine;
  }

  #render(findings: Findings): Diagnostic[] {
    const rendered = findings.numbers.length === 0 ? undefined : this.#recall(findings).explain();
    const found: DiagnosticData[] = [];
    for (let at = 0; at < findings.numbers.length; at += 3) {
      found.push(read(this.payload, rendered!, at / 3, findings.numbers[at]!, findings.numbers[at + 1]!, findings.numbers[at + 2]!));
    }
    for (const oddity of findings.oddities) nameOddity(found, oddity, this.payload, this.#text as string);
    return found.map((data) => presented(data, findings.view));
  }

  /**
   * The input with its fixes applied, in the form in which it was given: text, bytes or an object.
   * Of an object only what a fix changes is replaced; everything else stays the same reference.
   * Safe fixes keep what was meant; unsafe ones need a person's decision.
   */
  fixed(applicability: Applicability = 'safe'): Input {
    const input = this.#input;
    const findings = this.#findings;
    if (findings === undefined || findings.numbers.length === 0) return input as Input;
    const fixed = this.#recall(findings).fix(applicability === 'unsafe');
    if (fixed === undefined) return input as Input;
    if (typeof this.#text !== 'string') return utf8(fixed) as Input;
    return (input === this.#text ? fixed : graft(input, JSON.parse(this.#text), JSON.parse(fixed))) as Input;
  }

  /** One line per diagnostic. */
  toString(): string {
    return this.diagnostics.join('\n');
  }

  /** What `console.log` shows in Node. @internal */
  [INSPECT](_: number, options: object, inspect: Inspect): string {
    const { payload, ok, diagnostics } = this;
    return `Report ${inspect({ payload, ok, diagnostics }, options)}`;
  }

  toJSON() {
    return this.diagnostics.map((diagnostic) => diagnostic.toJSON());
  }
}

/** Reads one diagnostic out of what the module rendered. */
function read(payload: PayloadName, { numbers, text }: engine.Rendered, index: number, rule: number, start: number, end: number): DiagnosticData {
  const at = numbers[3 + index]!;
  const number = (which: At) => numbers[at + which]!;
  const words = (which: At) => text.slice(numbers[at + which], numbers[at + which + 1]);
  const flags = number(At.Flags);
  const pointer = words(At.Pointer);
  const keys = pointerKeys(pointer);
  const params: Record<string, string | number> = {};
  let next = at + At.Rest;
  let textEnd = numbers[at + At.Source + 1]!;
  for (let count = number(At.Params); count > 0; count--) {
    const name = text.slice(textEnd, (textEnd = numbers[next++]!));
    const valueEnd = numbers[next++]!;
    const value = text.slice(textEnd, (textEnd = valueEnd >>> 1));
    params[name] = valueEnd & 1 ? Number(value) : value;
  }
  const edits: Edit[] = [];
  for (let count = number(At.Edits); count > 0; count--) {
    const offset = numbers[next++]!;
    const length = numbers[next++]! - offset;
    edits.push({ offset, length, text: text.slice(textEnd, (textEnd = numbers[next++]!)) });
  }
  return {
    payload,
    rule: engine.ruleName(rule & ~3)!,
    severity: SEVERITIES[rule & 3]!,
    message: words(At.Message),
    help: flags & 4 ? words(At.Help) : null,
    pointer,
    path: keys.map((key) => (isIndex(key) ? Number(key) : key)),
    offset: start,
    length: end - start,
    line: number(At.Line),
    column: number(At.Column),
    endLine: number(At.EndLine),
    endColumn: number(At.EndColumn),
    params,
    source: words(At.Source),
    adviser: engine.ruleName(number(At.Adviser)) ?? null,
    fix: (flags & 3) === 0 ? null : { title: words(At.Title), applicability: (flags & 3) === 2 ? 'safe' : 'unsafe', edits },
  };
}

const NO_EXPLANATION: Pick<DiagnosticData, 'params' | 'adviser' | 'fix'> = { params: {}, adviser: null, fix: null };

/** Says of a value that JSON cannot carry what it is: the module only saw `null`. */
function nameOddity(found: DiagnosticData[], { pointer, noun, offset }: Oddity, payload: PayloadName, text: string): void {
  const at = found.findIndex((one) => one.pointer === pointer && /\bnull\b/.test(one.message));
  const keys = pointerKeys(pointer);
  const name = keys.at(-1);
  const field = name === undefined ? 'the payload' : isIndex(name) ? `item ${name} of \`${keys.at(-2) ?? ''}\`` : `\`${name}\``;
  const help = `JSON cannot carry ${noun}; ${name === undefined ? 'send an object' : 'leave the property out, or send a value of the right type'}`;
  if (at >= 0) {
    const one = found[at]!;
    const message = one.message.replace(/\bnull\b(?!.*\bnull\b)/, noun);
    const params = Object.fromEntries(Object.entries(one.params).map(([key, value]) => [key, value === 'null' ? noun : value]));
    found[at] = { ...one, severity: 'error', message, params, help };
    return;
  }
  const column = [...text.slice(0, offset)].length + 1;
  const own: DiagnosticData = {
    ...NO_EXPLANATION,
    payload,
    rule: 'schema/type',
    severity: 'error',
    message: `${field} cannot be ${noun}`,
    help,
    pointer,
    path: keys.map((key) => (isIndex(key) ? Number(key) : key)),
    offset,
    length: 4,
    line: 1,
    column,
    endLine: 1,
    endColumn: column + 4,
    params: { field: name ?? '', value: noun },
    source: 'RFC 8259',
  };
  const later = found.findIndex((one) => one.offset > offset);
  found.splice(later < 0 ? found.length : later, 0, own);
}

/** A diagnostic with the user's messages and labels. */
function presented(data: DiagnosticData, { schema, labels, messages }: View): Diagnostic {
  const own = (messages ?? NO_MESSAGES)[data.rule] ?? globalMessages[data.rule];
  let shown = data;
  if (own !== undefined) {
    const filled = typeof own === 'function' ? own(new Diagnostic(data)) : own.replace(/\{(\w+)\}/g, (whole, name: string) => String(data.params[name] ?? whole));
    shown = { ...shown, message: filled };
  }
  if (labels !== undefined) {
    const relabel = (text: string) => labelled(text, pointerKeys(data.pointer), schema, labels);
    const { help, fix } = shown;
    shown = {
      ...shown,
      message: relabel(shown.message),
      help: help === null ? null : relabel(help),
      fix: fix === null ? null : { ...fix, title: relabel(fix.title) },
    };
  }
  return new Diagnostic(shown);
}

/** A text with the labels of the properties that it names in backticks. */
function labelled(text: string, keys: readonly string[], schema: JsonSchema | undefined, labels: Labels): string {
  return text.replace(/`([^`"]+)`/g, (whole, name: string) => {
    for (let depth = Math.max(keys.length - 1, 0); depth >= 0; depth--) {
      const parent = keys.slice(0, depth);
      const known = propertySchema(schemaAt(schema, parent), name);
      // Without a schema, the property's own name is the only one known to be a property.
      if (known === undefined && !(schema === undefined && name === keys.at(-1) && depth === keys.length - 1)) continue;
      return (labels === 'title' ? (known?.['title'] as string | undefined) : labels(pointerOf([...parent, name]))) || whole;
    }
    return whole;
  });
}

function schemaAt(schema: JsonSchema | undefined, keys: readonly string[]): JsonSchema | undefined {
  return keys.reduce<JsonSchema | undefined>((at, key) => propertySchema(at, key) ?? (at?.['items'] as JsonSchema | undefined), schema);
}
