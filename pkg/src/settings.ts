// How payloads are judged: the options that `pipelint.toml` has, too, by the same names.

import type { RuleName } from './generated/names.js';

/** What becomes of a rule's diagnostics. */
export type Level = 'off' | 'info' | 'warning' | 'error';

/** What stands before the slash of a rule's name. */
export type RuleGroup = RuleName extends infer Name ? (Name extends `${infer Group}/${string}` ? Group : never) : never;

/** The limits of one check. */
export interface Limits {
  /** How deep arrays and objects may nest; 128 at most, which is also the default. */
  readonly depth?: number;
  /** How many bytes a payload may have; 8 MiB by default. */
  readonly size?: number;
  /** How many diagnostics a report holds; 500 by default. */
  readonly diagnostics?: number;
}

/** What a policy works with. What is left out is not checked. */
export interface Policy {
  /** The names of its stages. */
  readonly stages?: readonly string[];
  /** The names of its pipelines. */
  readonly pipelines?: readonly string[];
  /** The IDs of the users who may own or work on a record. */
  readonly owners?: readonly string[];
  /** The ISO 4217 codes of the currencies that it deals in. */
  readonly currencies?: readonly string[];
  /** For a property, the words that it may have. */
  readonly choices?: Readonly<Record<string, readonly string[]>>;
  /** The least value of a deal, in whole units of its currency. */
  readonly leastValue?: number | string;
  /** The greatest value of a deal, in whole units of its currency. */
  readonly greatestValue?: number | string;
}

/** Values that no message shows. Credentials are never shown. */
export interface Mask {
  /** The names of properties. */
  readonly properties?: readonly string[];
  /** What the values mean, such as `money` or `free-text`. */
  readonly meanings?: readonly string[];
}

/** How payloads are judged. The objects are read once: give the same ones again, unchanged. */
export interface Settings {
  /** Levels of rules and of whole groups; a rule's own counts more than its group's. */
  readonly rules?: { readonly [rule in RuleName | RuleGroup]?: Level };
  /** What the policy says beyond what the vendor says. */
  readonly policy?: Policy;
  /** What is never shown. */
  readonly mask?: Mask;
  /** Other limits of size, depth and number of diagnostics. */
  readonly limits?: Limits;
}

export const NO_SETTINGS: Settings = {};

const LEVELS: Readonly<Record<string, string>> = { off: '0', info: '1', warning: '2', error: '3' };

/** The limits, and the rest as the records that the module reads; see `settings.rs` in `pipelint-wasm`. */
export function records({ limits = {}, rules = {}, policy = {}, mask = {} }: Settings): [Limits, string[]] {
  const list: string[] = [];
  const all = (letter: string, words: readonly unknown[] = []) => words.forEach((word) => list.push(letter + word));
  // A rule's own level comes behind its group's.
  const levels = Object.entries(rules).sort(([one], [other]) => +one.includes('/') - +other.includes('/'));
  for (const [name, level] of levels) list.push((LEVELS[level] ?? '?') + name);
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
