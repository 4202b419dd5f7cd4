// Settings: the options that `pipelint.toml` has, too, by the same names.

import type { RuleName } from './generated/names.js';

/** What becomes of a rule's diagnostics. */
export type Level = 'off' | 'info' | 'warning' | 'error';

/** The part of a rule's name before the slash. */
export type RuleGroup = RuleName extends infer Name ? (Name extends `${infer Group}/${string}` ? Group : never) : never;

/** The limits of one check. */
export interface Limits {
  /** How deep arrays and objects may nest: 0 to 128, by default 128. */
  readonly depth?: number;
  /** How many bytes a payload may have; 8 MiB by default. */
  readonly size?: number;
  /** How many diagnostics a report holds; 500 by default. */
  readonly diagnostics?: number;
}

/** A company's own rules. Omitted keys disable the check. */
export interface Policy {
  /** The names of the allowed stages. */
  readonly stages?: readonly string[];
  /** The names of the allowed pipelines. */
  readonly pipelines?: readonly string[];
  /** The IDs of the users who may own or work on a record. */
  readonly owners?: readonly string[];
  /** The ISO 4217 codes of the allowed currencies. */
  readonly currencies?: readonly string[];
  /** The allowed values of properties, by property name. */
  readonly choices?: Readonly<Record<string, readonly string[]>>;
  /** The smallest value of a deal, in whole units of its currency. */
  readonly leastValue?: number | string;
  /** The greatest value of a deal, in whole units of its currency. */
  readonly greatestValue?: number | string;
}

/** Values that no message shows. Credentials are never shown. */
export interface Mask {
  /** The names of properties. */
  readonly properties?: readonly string[];
  /** Meanings of values, such as `money` or `free-text`. */
  readonly meanings?: readonly string[];
}

/** The settings of a check. Their objects are read once: pass the same ones again, unchanged. */
export interface Settings {
  /** Levels of rules and of groups; a rule's level overrides its group's. */
  readonly rules?: { readonly [rule in RuleName | RuleGroup]?: Level };
  /** A company's own rules. */
  readonly policy?: Policy;
  /** Values that no message shows. */
  readonly mask?: Mask;
  /** The limits of size, depth and number of diagnostics. */
  readonly limits?: Limits;
}

export const NO_SETTINGS: Settings = {};

const LEVELS: Readonly<Record<string, string>> = { off: '0', info: '1', warning: '2', error: '3' };
const KEYS: Readonly<Record<string, string>> = {
  limits: 'depth size diagnostics',
  policy: 'stages pipelines owners currencies choices leastValue greatestValue',
  mask: 'properties meanings',
};

/** Refuses keys that are not among those known. */
export function refuseUnknown(given: object, known: readonly string[], where: string): void {
  for (const key of Object.keys(given)) {
    if (!known.includes(key)) throw new RangeError(`pipelint: ${where} has no ${JSON.stringify(key)}; ${suggestion(key, known)}`);
  }
}

/** The nearest of the known words, or all of them. */
function suggestion(word: string, known: readonly string[]): string {
  const [nearest] = known.map((one) => [distance(word, one), one] as const).sort(([one], [other]) => one - other);
  return nearest !== undefined && nearest[0] <= Math.max(1, Math.min(3, word.length >> 1))
    ? `did you mean ${JSON.stringify(nearest[1])}?`
    : `there are ${known.join(', ')}`;
}

/** How many letters have to be changed, added or removed. */
function distance(one: string, other: string): number {
  let row = [...other, ''].map((_, at) => at);
  [...one].forEach((letter, at) => {
    const next = [at + 1];
    [...other].forEach((another, to) => next.push(Math.min(next[to]! + 1, row[to + 1]! + 1, row[to]! + +(letter !== another))));
    row = next;
  });
  return row.at(-1)!;
}

function checkSettings(settings: Settings): void {
  for (const [key, known] of Object.entries(KEYS)) {
    const given = settings[key as keyof Settings];
    if (given !== undefined) refuseUnknown(given, known.split(' '), `\`${key}\``);
  }
  for (const [name, limit] of Object.entries(settings.limits ?? {}) as [string, unknown][]) {
    const most = name === 'depth' ? 128 : 0xffff_ffff;
    if (limit !== undefined && !(Number.isInteger(limit) && (limit as number) >= 0 && (limit as number) <= most)) {
      throw new RangeError(`pipelint: \`limits.${name}\` is ${String(limit)}; write a whole number from 0 to ${most}`);
    }
  }
  for (const [name, level] of Object.entries(settings.rules ?? {}) as [string, string][]) {
    if (level !== undefined && !Object.hasOwn(LEVELS, level)) {
      throw new RangeError(`pipelint: the level of ${name} is ${JSON.stringify(level)}; write off, info, warning or error`);
    }
  }
}

/** The limits, and the rest as the records that the module reads; see `settings.rs` in `pipelint-wasm`. */
export function records(settings: Settings): [Limits, string[]] {
  checkSettings(settings);
  const { limits = {}, rules = {}, policy = {}, mask = {} } = settings;
  const list: string[] = [];
  const all = (letter: string, words: readonly unknown[] = []) => words.forEach((word) => list.push(letter + String(word)));
  // A rule's level comes after its group's.
  const levels = Object.entries(rules).sort(([one], [other]) => +one.includes('/') - +other.includes('/'));
  for (const [name, level] of levels) if (level !== undefined) list.push(LEVELS[level]! + name);
  all('s', policy.stages);
  all('p', policy.pipelines);
  all('o', policy.owners);
  all('c', policy.currencies);
  for (const [property, words] of Object.entries(policy.choices ?? {})) {
    all('k', [property]);
    all('w', words);
  }
  if (policy.leastValue !== undefined) all('<', [policy.leastValue]);
  if (policy.greatestValue !== undefined) all('>', [policy.greatestValue]);
  all('m', mask.properties);
  all('M', mask.meanings);
  return [limits, list];
}

/** The error about a record that the module could not read. */
export function unreadable(record: string, rules: readonly string[]): RangeError {
  const word = record.slice(1);
  const letter = record[0]!;
  const shown = JSON.stringify(word);
  const text = word.includes('\0')
    ? `the options contain a NUL character at ${shown}`
    : '0123'.includes(letter)
      ? `\`rules\` has no rule or group ${shown}; ${suggestion(word, word.includes('/') ? rules : [...new Set(rules.map((rule) => rule.split('/')[0]!))])}`
      : letter === '<' || letter === '>'
        ? `\`policy.${letter === '<' ? 'leastValue' : 'greatestValue'}\` is ${shown}; write an amount such as 250000 or "250000.00"`
        : `\`mask.meanings\` has no meaning ${shown}`;
  return new RangeError(`pipelint: ${text}`);
}
