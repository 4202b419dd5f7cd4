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

interface Words {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly message: string;
  readonly help: string | null;
  readonly pointer: string;
  readonly source: string;
  readonly adviser: RuleName | null;
  readonly params: Readonly<Record<string, string | number>>;
  readonly fix: Fix | null;
}

const SEVERITIES = ['info', 'warning', 'error'] as const;

/** One thing that is wrong: what, where, why, and how to mend it. Its words are made when they are read. */
export class Diagnostic {
  readonly #report: Report;
  readonly #index: number;
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
    this.rule = engine.ruleName(rule >>> 2) as RuleName;
    this.severity = SEVERITIES[rule & 3] ?? 'error';
    this.offset = start;
    this.length = end - start;
  }

  #words(): Words {
    return wordsOf(this.#report)[this.#index] as Words;
  }

  /** What is wrong, in one sentence without a full stop. */
  get message(): string {
    return this.#words().message;
  }

  /** What to do about it. */
  get help(): string | null {
    return this.#words().help;
  }

  /** The JSON pointer of the value concerned; a missing property is reported at its own. */
  get pointer(): string {
    return this.#words().pointer;
  }

  /** The pointer as keys, the way that form libraries name fields; places in arrays are numbers. */
  get path(): readonly (string | number)[] {
    return tokens(this.pointer).map((token) => (/^(0|[1-9]\d*)$/.test(token) ? Number(token) : token));
  }

  /** The line, from 1. */
  get line(): number {
    return this.#words().line;
  }

  /** The column, from 1, in code points as an editor counts. */
  get column(): number {
    return this.#words().column;
  }

  /** The line of the end. */
  get endLine(): number {
    return this.#words().endLine;
  }

  /** The column behind the end. */
  get endColumn(): number {
    return this.#words().endColumn;
  }

  /** What message and help were filled in with. */
  get params(): Readonly<Record<string, string | number>> {
    return this.#words().params;
  }

  /** Who says so: the vendor's statement by its id, or a standard. */
  get source(): string {
    return this.#words().source;
  }

  /** The rule that knew what to do, if it is another than the one that found the fault. */
  get adviser(): RuleName | null {
    return this.#words().adviser;
  }

  /** An edit that mends it. */
  get fix(): Fix | null {
    return this.#words().fix;
  }

  /** The same object that `pipelint check --output-format json` prints, with UTF-16 offsets. */
  toJSON() {
    const { line, column, endLine, endColumn, message, help, pointer, params, source, fix } = this.#words();
    const { offset, length } = this;
    return {
      file: null,
      record: null,
      payload: this.#report.payload,
      rule: this.rule,
      severity: this.severity,
      message,
      pointer,
      line,
      column,
      endLine,
      endColumn,
      offset,
      length,
      help,
      params,
      source,
      fix,
    };
  }
}

/** The words of all findings of a report, once somebody has read one of them. */
let wordsOf: (report: Report) => readonly Words[];

/** What is to be said of one payload. */
export class Report<Input = unknown> {
  readonly #payload: engine.Known;
  readonly #input: unknown;
  readonly #text: string | Uint8Array;
  readonly #now: engine.Instant;
  readonly #settings: Settings;
  readonly #findings: Uint32Array | undefined;
  readonly #generation: number;
  #words: readonly Words[] | undefined;
  #diagnostics: readonly Diagnostic[] | undefined;
  /** Whether nothing is as bad as `failOn`, which is an error unless the options say otherwise. */
  readonly ok: boolean;

  static {
    wordsOf = (report) => (report.#words ??= read(report.#recall()));
  }

  /** @internal */
  constructor(
    payload: engine.Known,
    input: unknown,
    text: string | Uint8Array,
    now: engine.Instant,
    settings: Settings,
    findings: Uint32Array | undefined,
    failOn: Severity,
    worst: number,
  ) {
    this.#payload = payload;
    this.#input = input;
    this.#text = text;
    this.#now = now;
    this.#settings = settings;
    this.#findings = findings;
    this.#generation = engine.generation;
    this.ok = findings === undefined || worst < SEVERITIES.indexOf(failOn);
  }

  /** Sees to it that this payload is the one that the module has just checked. */
  #recall(): typeof engine {
    if (this.#generation !== engine.generation) {
      engine.check(this.#payload.number, this.#text, this.#now, this.#settings);
    }
    return engine;
  }

  /** The payload that the input was held against. */
  get payload(): PayloadName {
    return this.#payload.name;
  }

  /** The text that was checked; of an object, its JSON. */
  get text(): string | Uint8Array {
    return this.#text;
  }

  /** Everything that is to be said, in the order of the text. */
  get diagnostics(): readonly Diagnostic[] {
    if (this.#diagnostics === undefined) {
      const diagnostics: Diagnostic[] = [];
      const findings = this.#findings;
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
    const fixed = this.#recall().fix(applicability === 'unsafe');
    if (fixed === undefined) return input as Input;
    if (typeof this.#text !== 'string') return new TextEncoder().encode(fixed) as Input;
    return (input === this.#text ? fixed : JSON.parse(fixed)) as Input;
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

/** Reads the words of all findings; see `Desk::explain` in the crate `pipelint-wasm`. */
function read({ explain }: typeof engine): Words[] {
  const words = explain();
  const { numbers, length } = words;
  const all: Words[] = [];
  let { at } = words;
  let from = 0;
  const next = () => numbers[at++]!;
  const text = (size: number) => words.text(from, (from += size));
  while (from < length) {
    const line = next();
    const column = next();
    const endLine = next();
    const endColumn = next();
    const message = text(next());
    const helpLength = next();
    const help = helpLength === engine.NONE ? null : text(helpLength);
    const pointer = text(next());
    const source = text(next());
    const adviserNumber = next();
    const adviser = adviserNumber === engine.NONE ? null : (engine.ruleName(adviserNumber) as RuleName);
    const params: Record<string, string | number> = {};
    for (let count = next(); count > 0; count--) {
      const name = text(next());
      const size = next();
      const value = text(size >>> 1);
      params[name] = size & 1 ? Number(value) : value;
    }
    let fix: Fix | null = null;
    const applicability = next();
    if (applicability !== 0) {
      const title = text(next());
      const edits: Edit[] = [];
      for (let count = next(); count > 0; count--) {
        const offset = next();
        edits.push({ offset, length: next() - offset, text: text(next()) });
      }
      fix = { title, applicability: applicability === 2 ? 'safe' : 'unsafe', edits };
    }
    all.push({ line, column, endLine, endColumn, message, help, pointer, source, adviser, params, fix });
  }
  return all;
}
