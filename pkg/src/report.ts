// The report: numbers at first, words when they are read.

import * as engine from './engine.js';
import type { PayloadName, RuleName } from './generated/names.js';
import type { Settings } from './settings.js';

export type Severity = 'error' | 'warning' | 'info';
export type Applicability = 'safe' | 'unsafe';

/** A replacement of a part of the text. */
export interface Edit {
  /** Where the part starts, in UTF-16 code units, as all offsets in JavaScript. */
  readonly offset: number;
  /** The length of the part. */
  readonly length: number;
  /** What stands there afterwards. */
  readonly text: string;
}

/** An edit that mends a fault. */
export interface Fix {
  /** What the edit does. */
  readonly title: string;
  /** Whether it can be applied without asking. */
  readonly applicability: Applicability;
  /** The edits, in the order of the text; none overlaps another. */
  readonly edits: readonly Edit[];
}

const SEVERITIES = ['info', 'warning', 'error'] as const;

const INSPECT: unique symbol = /* @__PURE__ */ Symbol.for('nodejs.util.inspect.custom') as never;
type Inspect = (value: unknown, options: object) => string;

/** Where a diagnostic's numbers are, from where they start; see `Desk::explain` in `pipelint-wasm`. */
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

/** One thing that is wrong: what, where, why, and how to mend it. Its words are made when they are read. */
export class Diagnostic {
  readonly #report: Report;
  readonly #index: number;
  #path: readonly (string | number)[] | undefined;
  #params: Readonly<Record<string, string | number>> | undefined;
  #fix: Fix | null | undefined;
  /** The rule that found it. */
  readonly rule: RuleName;
  /** How bad it is. Only an error blocks. */
  readonly severity: Severity;
  /** Where the text concerned starts, in UTF-16 code units. */
  readonly offset: number;
  /** The length of the text concerned, in UTF-16 code units. */
  readonly length: number;

  /** @internal */
  constructor(report: Report, index: number, rule: number, start: number, end: number) {
    this.#report = report;
    this.#index = index;
    this.rule = engine.ruleName(rule & ~3)!;
    this.severity = SEVERITIES[rule & 3]!;
    this.offset = start;
    this.length = end - start;
  }

  #number(at: number): number {
    const { numbers } = wordsOf(this.#report);
    return numbers[numbers[3 + this.#index]! + at]!;
  }

  /** The text that ends where the number behind says. */
  #text(at: number): string {
    const { numbers, text } = wordsOf(this.#report);
    const own = numbers[3 + this.#index]! + at;
    return text.slice(numbers[own], numbers[own + 1]);
  }

  /** What is wrong, in one sentence without a full stop. */
  get message(): string {
    return this.#text(At.Message);
  }

  /** What to do about it. */
  get help(): string | null {
    return this.#number(At.Flags) & 4 ? this.#text(At.Help) : null;
  }

  /** The JSON pointer of the value concerned; a missing property is reported at its own. */
  get pointer(): string {
    return this.#text(At.Pointer);
  }

  /** The pointer as keys, the way that form libraries name fields; places in arrays are numbers. */
  get path(): readonly (string | number)[] {
    return (this.#path ??= tokens(this.pointer).map((token) => (/^(0|[1-9]\d*)$/.test(token) ? Number(token) : token)));
  }

  /** The line, from 1. */
  get line(): number {
    return this.#number(At.Line);
  }

  /** The column, from 1, in code points as an editor counts. */
  get column(): number {
    return this.#number(At.Column);
  }

  /** The line of the end. */
  get endLine(): number {
    return this.#number(At.EndLine);
  }

  /** The column behind the end. */
  get endColumn(): number {
    return this.#number(At.EndColumn);
  }

  /** What message and help were filled in with. */
  get params(): Readonly<Record<string, string | number>> {
    return (this.#params ??= this.#readParams());
  }

  #readParams(): Record<string, string | number> {
    const { numbers, text } = wordsOf(this.#report);
    const params: Record<string, string | number> = {};
    let at = numbers[3 + this.#index]! + At.Rest;
    let end = this.#number(At.Source + 1);
    for (let count = this.#number(At.Params); count > 0; count--) {
      const name = text.slice(end, numbers[at++]);
      const behind = numbers[at++]!;
      const value = text.slice(numbers[at - 2], (end = behind >>> 1));
      params[name] = behind & 1 ? Number(value) : value;
    }
    return params;
  }

  /** Who says so: the vendor's statement by its id, or a standard. */
  get source(): string {
    return this.#text(At.Source);
  }

  /** The rule that knew what to do, if it is another than the one that found the fault. */
  get adviser(): RuleName | null {
    return engine.ruleName(this.#number(At.Adviser)) ?? null;
  }

  /** An edit that mends it. */
  get fix(): Fix | null {
    return this.#fix === undefined ? (this.#fix = this.#readFix()) : this.#fix;
  }

  #readFix(): Fix | null {
    const applicability = this.#number(At.Flags) & 3;
    if (applicability === 0) return null;
    const { numbers, text } = wordsOf(this.#report);
    const params = this.#number(At.Params);
    let at = numbers[3 + this.#index]! + At.Rest + 2 * params;
    // The first edit's text starts where the last parameter's value, or else the source, ends.
    let end = params === 0 ? this.#number(At.Source + 1) : numbers[at - 1]! >>> 1;
    const edits: Edit[] = [];
    for (let count = this.#number(At.Edits); count > 0; count--) {
      const offset = numbers[at++]!;
      const length = numbers[at++]! - offset;
      edits.push({ offset, length, text: text.slice(end, (end = numbers[at++]!)) });
    }
    return { title: this.#text(At.Title), applicability: applicability === 2 ? 'safe' : 'unsafe', edits };
  }

  /** One line, as `pipelint check --output-format concise` has it. */
  toString(): string {
    return `${this.line}:${this.column}: ${this.severity}: ${this.message} [${this.rule}]`;
  }

  /** What `console.log` shows in Node. @internal */
  [INSPECT](_: number, options: object, inspect: Inspect): string {
    return `Diagnostic ${inspect(this.toJSON(), options)}`;
  }

  /** The same object that `pipelint check --output-format json` prints, with UTF-16 offsets. */
  toJSON() {
    return {
      file: null,
      record: null,
      payload: this.#report.payload,
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

/** The words of all findings of a report, once somebody has read one of them. */
let wordsOf: (report: Report) => engine.Words;

/** What was found, and what it takes to find it again. @internal */
export class Findings {
  readonly generation = engine.generation;
  words: engine.Words | undefined = undefined;
  constructor(
    /** Three numbers a finding; see `Desk::check` in `pipelint-wasm`. */
    readonly numbers: readonly number[],
    readonly worst: number,
    readonly now: engine.Instant,
    readonly settings: Settings,
    readonly failOn: Severity,
  ) {}
}

/** A value as JSON text. What JSON cannot say, such as `undefined`, is `null`. */
export const json = (value: unknown): string => JSON.stringify(value) ?? 'null';

/** What is to be said of one payload. */
export class Report<Input = unknown> {
  readonly #payload: engine.Known;
  readonly #input: unknown;
  #text: string | Uint8Array | undefined;
  readonly #findings: Findings | undefined;
  #diagnostics: readonly Diagnostic[] | undefined;
  /** Whether nothing is as bad as `failOn`, which is an error unless the options say otherwise. */
  readonly ok: boolean;

  static {
    wordsOf = (report) => {
      const findings = report.#findings!;
      return (findings.words ??= report.#recall(findings).explain());
    };
  }

  /** @internal */
  constructor(payload: engine.Known, input: unknown, text?: string | Uint8Array, findings?: Findings) {
    this.#payload = payload;
    this.#input = input;
    this.#text = text;
    this.#findings = findings;
    this.ok = findings === undefined || findings.worst < SEVERITIES.indexOf(findings.failOn);
  }

  /** Sees to it that this payload is the one that the module has just checked. */
  #recall(findings: Findings): typeof engine {
    if (findings.generation !== engine.generation) {
      engine.check(this.#payload.number, this.#text!, findings.now, findings.settings);
    }
    return engine;
  }

  /** The payload that the input was held against. */
  get payload(): PayloadName {
    return this.#payload.name;
  }

  /**
   * The text that was checked; of an object, its JSON. If there is nothing to be said of an
   * object, its JSON is made when it is first read here.
   */
  get text(): string | Uint8Array {
    return (this.#text ??= json(this.#input));
  }

  /** Everything that is to be said, in the order of the text. */
  get diagnostics(): readonly Diagnostic[] {
    if (this.#diagnostics === undefined) {
      const diagnostics: Diagnostic[] = [];
      const findings = this.#findings?.numbers;
      if (findings !== undefined) {
        for (let at = 0; at < findings.length; at += 3) {
          diagnostics.push(
            new Diagnostic(this, at / 3, findings[at]!, findings[at + 1]!, findings[at + 2]!),
          );
        }
      }
      this.#diagnostics = diagnostics;
    }
    return this.#diagnostics;
  }

  /** What the API would refuse. */
  get errors(): readonly Diagnostic[] {
    return this.#of('error');
  }

  /** What the API would accept, but was hardly meant. */
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

  /**
   * The input with its fixes applied, in the form in which it came in: text, bytes or an object.
   * Safe fixes mean what was meant; unsafe ones want a look by a person.
   */
  fixed(applicability: Applicability = 'safe'): Input {
    const input = this.#input;
    if (this.#findings === undefined) return input as Input;
    const fixed = this.#recall(this.#findings).fix(applicability === 'unsafe');
    if (fixed === undefined) return input as Input;
    if (typeof this.#text !== 'string') return new TextEncoder().encode(fixed) as Input;
    return (input === this.#text ? fixed : JSON.parse(fixed)) as Input;
  }

  /** The lines of all diagnostics. */
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

/** The keys of a JSON pointer. */
export function tokens(pointer: string): string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'));
}
