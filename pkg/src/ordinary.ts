// The quick way for objects: of most that is to be said is nothing, which a look at their values
// tells. It is never needed: what it does not know, the module does.
//
// The table says of each property what is ordinary; the module writes it from the contract that it
// checks by, see `Contract::write_ordinary` in the crate `pipelint`. Only what JSON makes the
// obvious text of counts: plain objects and arrays, whole numbers, strings in ASCII without escapes.

import * as engine from './engine.js';

/** How a property's values are told to be ordinary. */
const enum Form {
  None,
  Whole,
  Fraction,
  Flag,
  Array = 5,
  /** Any string. What follows are strings, too. */
  Text,
  Prose,
  Name,
  Stage,
  Id,
  Uuid,
  Status,
  Currency,
  Date,
}

/** With so many properties and items, no text can have more bytes than the limit is. */
const LONGEST = 4095;
const MOST_ITEMS = 16;
/** Longer strings are not kept to be compared with the next. */
const KEPT = 64;
/** How many numbers a row has. */
const ROW = 11;
const TEN_YEARS = 315_576_000;
/** 1990-01-01T00:00:00Z. */
const OLDEST = 631_152_000;
/** The same with line breaks, which count as letters where a long run of these is looked for. */
const LINES = /^[\n !#-[\]-~]*$/;
/** Of a version and a variant of the RFC. */
const UUID = /^[\da-fA-F]{8}-[\da-fA-F]{4}-[1-8][\da-fA-F]{3}-[89abAB][\da-fA-F]{3}-[\da-fA-F]{12}$/;
/** 1 for each character in ASCII that stands in JSON as it is. */
const PLAIN = /* @__PURE__ */ Uint8Array.from({ length: 128 }, (_, code) => +(code > 31 && code < 127 && code !== 34 && code !== 92));

/** What is ordinary for one property, or for an array's items. */
interface Row {
  readonly name: string;
  /** The row behind this one; that of the last property has no form. */
  next: Row;
  /** This row's bit in sets of properties. */
  readonly bit: number;
  readonly form: Form;
  readonly wantsLetter: boolean;
  /** Whether a string may have line breaks. */
  readonly hasLines: boolean;
  readonly min: number;
  readonly max: number;
  readonly least: number;
  readonly greatest: number;
  /** Ten to the number of decimals. */
  readonly scale: number;
  /** Whether a date may stand without a time. */
  readonly takesDates: boolean;
  readonly items: Row | undefined;
  readonly facts: number;
  /** The bit of the property that this is another name of. */
  readonly alias: number;
  /** A string that was found ordinary, which the next one often is, too. */
  last: string;
  /** A status's words for open, won and lost. */
  readonly words: readonly string[];
}

/** What an ordinary payload looks like. */
export interface Table {
  readonly first: Row;
  readonly byName: ReadonlyMap<string, Row>;
  readonly required: number;
  /** The facts that a status tells, and that an alias does. */
  readonly states: readonly number[];
  readonly alias: number;
  /** How long a run of letters without a space may be. */
  readonly longest: number;
  /** Pairs of facts: all of the first and none of the second call a rule. */
  readonly calls: readonly number[];
  /** For each first letter in lower case, the lengths of the words that stand for no value. */
  readonly lengths: Int32Array;
  readonly placeholders: readonly string[];
  readonly currencies: ReadonlySet<string>;
}

/** Reads the table that the module writes; nothing if it writes none. */
export function table(payload: number): Table | null {
  const written = engine.ordinary(payload);
  if (written === undefined) return null;
  const [lines, numbers] = written;
  const [count, required, open, won, lost, alias, long, pairs] = numbers as [number, number, number, number, number, number, number, number];
  const behind = 8 + 2 * pairs;
  const read = (place: number): Row => {
    const at = behind + place * ROW;
    const [form, kind, min, more, least, leastHigh, span, spanHigh, last, facts, aliasOf] = numbers.slice(at, at + ROW) as [number, number, number, number, number, number, number, number, number, number, number];
    const [name = '', ...words] = place < count ? lines[place]!.split('\t') : [];
    const from = least + leastHigh * 2 ** 32;
    return {
      name: Object.keys({ [name]: 0 })[0]!, // so that comparing it with a key compares two addresses
      next: undefined!,
      bit: 1 << place,
      form,
      wantsLetter: (kind & 1) === 1,
      hasLines: kind > 1,
      min,
      max: Math.min(min + more, LONGEST),
      least: from,
      greatest: from + span + spanHigh * 2 ** 32,
      scale: 10 ** Math.min(last, 15),
      takesDates: last === 1,
      items: form === Form.Array && last !== engine.NONE ? read(last) : undefined,
      facts,
      alias: aliasOf === engine.NONE ? 0 : 1 << aliasOf,
      last: '\n', // never ordinary
      words,
    };
  };
  const rows = Array.from({ length: count }, (_, place) => read(place));
  // Behind the last one something stands that is no property, as its form says.
  rows.forEach((row, place) => (row.next = rows[place + 1] ?? { ...row, name: '', form: Form.None }));
  const placeholders = lines[count]!.split('\t').slice(0, -1);
  const lengths = new Int32Array(128);
  for (const word of placeholders) lengths[word.charCodeAt(0)]! |= 1 << word.length;
  return {
    first: rows[0]!,
    byName: new Map(rows.map((row) => [row.name, row])),
    required,
    states: [open, won, lost],
    alias,
    longest: long,
    calls: numbers.slice(8, behind),
    lengths,
    placeholders,
    currencies: new Set(lines[count + 1]!.match(/.../g)),
  };
}

/** Whether an object is one that JSON writes property by property. */
const isBare = (value: object, prototype: object): boolean => {
  const own: unknown = Object.getPrototypeOf(value);
  return (own === prototype || own === null) && (value as { toJSON?: unknown }).toJSON === undefined;
};

/** Whether there is surely nothing to be said of an object, at a time given in seconds. */
export function isOrdinary(table: Table, value: object, now: number | undefined): boolean {
  if (!isBare(value, Object.prototype)) return false;
  let next = table.first;
  let seen = 0;
  let aliased = 0;
  let facts = 0;
  for (const key in value) {
    let row = next;
    if (row.name !== key) {
      const found = table.byName.get(key);
      if (found === undefined) return false;
      row = found;
    }
    next = row.next;
    if (!Object.prototype.hasOwnProperty.call(value, key)) return false;
    // Each property is read once, as JSON does, which leaves out what is undefined.
    const one = (value as Record<string, unknown>)[key];
    if (one === undefined) continue;
    if (typeof one === 'string') {
      switch (row.form) {
        case Form.Status: {
          const state = row.words.indexOf(one);
          if (state < 0) return false;
          facts |= table.states[state]!;
          break;
        }
        case Form.Currency:
          if (!table.currencies.has(one)) return false;
          break;
        case Form.Date:
          if (!isAhead(one, row.takesDates, (now ??= Date.now() / 1000))) return false;
          break;
        case Form.Uuid:
          if (!UUID.test(one)) return false;
          break;
        default:
          // A form is checked again and again while one field of it changes.
          if (one !== row.last) {
            if (!isText(table, row, one)) return false;
            if (one.length <= KEPT) row.last = one;
          }
      }
    } else if (typeof one === 'number') {
      if (row.form === Form.Whole) {
        if (!(one >= row.least && one <= row.greatest && Math.floor(one) === one)) return false;
      } else {
        // The nearest double to a number with so many decimals is written with no more of them.
        if (row.form !== Form.Fraction || !(one >= 1e-6 && one < 1)) return false;
        if (Math.round(one * row.scale) / row.scale !== one) return false;
      }
    } else if (typeof one === 'boolean' ? row.form !== Form.Flag : !isArray(table, row, one)) {
      return false;
    }
    seen |= row.bit;
    aliased |= row.alias;
    facts |= row.facts;
  }
  if ((table.required & ~seen) !== 0) return false;
  if ((aliased & seen) !== 0) facts |= table.alias;
  const { calls } = table;
  for (let at = 0; at < calls.length; at += 2) {
    const when = calls[at]!;
    if ((facts & when) === when && (facts & calls[at + 1]!) === 0) return false;
  }
  return true;
}

/** Whether a value is an ordinary array of which no two strings are alike but for their case. */
function isArray(table: Table, row: Row, value: unknown): boolean {
  if (row.items === undefined || !Array.isArray(value) || !isBare(value, Array.prototype)) return false;
  const { length } = value as unknown[];
  if (length < row.min || length > row.max || length > MOST_ITEMS) return false;
  for (let at = 0; at < length; at++) {
    const one: unknown = value[at];
    if (typeof one !== 'string' || !isText(table, row.items, one)) return false;
    for (let before = 0; before < at; before++) if (areAlike(one, value[before] as string)) return false;
  }
  return true;
}

function areAlike(one: string, other: string): boolean {
  let at = one.length;
  if (at !== other.length) return false;
  // From the end: that is where names and IDs differ.
  while (--at >= 0 && ((one.charCodeAt(at) ^ other.charCodeAt(at)) & ~32) === 0);
  return at < 0;
}

/** Whether a string of the forms from text to ID is ordinary. */
function isText(table: Table, { form, min, max, wantsLetter, hasLines }: Row, text: string): boolean {
  const { length } = text;
  if (form < Form.Text || length < min || length > max) return false;
  const start = text.charCodeAt(0);
  const first = start | 32;
  if ((first < 97 || first > 122) && (wantsLetter || start < 48 || start > 57)) return false;
  if (length < 32 && (table.lengths[first]! & (1 << length)) !== 0) {
    // It may be a word that stands for no value, and an ID is then looked at more closely.
    if (form === Form.Id || table.placeholders.includes(text.toLowerCase())) return false;
  }
  if (!isPlain(text) && !(hasLines && LINES.test(text))) return false;
  if (text.charCodeAt(length - 1) <= 32) return false;
  switch (form) {
    case Form.Id:
      return isId(text);
    case Form.Stage:
      return !mayBeStage(first, text);
    case Form.Name:
      return !mayBeStage(first, text) && hasSpaces(text, table.longest);
    case Form.Prose:
      return hasSpaces(text, table.longest);
  }
  return true;
}

/** Whether all characters but the first are printable ones in ASCII that need no escape. */
function isPlain(text: string): boolean {
  const { length } = text;
  let at = 1;
  for (; at + 4 <= length; at += 4) {
    const all = PLAIN[text.charCodeAt(at)]! & PLAIN[text.charCodeAt(at + 1)]! & PLAIN[text.charCodeAt(at + 2)]! & PLAIN[text.charCodeAt(at + 3)]!;
    if (all === 0) return false;
  }
  for (; at < length; at++) if (PLAIN[text.charCodeAt(at)] !== 1) return false;
  return true;
}

/** Whether no so many letters stand in a row without a space. */
function hasSpaces(text: string, longest: number): boolean {
  let space = -1;
  // Leaps behind the last space of each stretch.
  while (space + longest < text.length) {
    let at = space + longest;
    while (text.charCodeAt(at) !== 32) if (--at === space) return false;
    space = at;
  }
  return true;
}

/** Words that say nothing of whether a stage is won or lost, at the start of its name. */
const FILLER = /^(?:close|deal|opportunity|status|stage|is)/i;

/** Whether a name, which begins with a letter or a digit, may be that of a stage for what is won or lost. */
function mayBeStage(first: number, text: string): boolean {
  switch (String.fromCharCode(first)) {
    case 'l':
    case 'w':
      return true;
    case 'c':
    case 'd':
    case 'i':
    case 'o':
    case 's':
      return FILLER.test(text);
    default:
      return false;
  }
}

/** Whether a text is what most systems call their records; or a UUID of a version and a variant. */
function isId(text: string): boolean {
  const { length } = text;
  if (length === 36) return UUID.test(text);
  if (length < 8) return false;
  for (let at = length - 1; at >= length - 8; at--) {
    const code = text.charCodeAt(at);
    if (code >= 48 && code <= 57) return true;
  }
  return false;
}

/** The number that two digits are, or one above all that there may be. */
function pair(text: string, at: number): number {
  const tens = text.charCodeAt(at) - 48;
  const ones = text.charCodeAt(at + 1) - 48;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : 1000;
}

/** Whether a text is a date after now, but not by more than ten years. */
function isAhead(text: string, takesDates: boolean, now: number): boolean {
  const { length } = text;
  if (length !== 10 ? length !== 20 && length !== 24 : !takesDates) return false;
  const century = pair(text, 0);
  const ofCentury = pair(text, 2);
  const month = pair(text, 5);
  const day = pair(text, 8);
  if (century > 99 || ofCentury > 99 || text[4] !== '-' || text[7] !== '-') return false;
  // The 29th of February is left to the module.
  if (month < 1 || month > 12 || day < 1 || day > (month === 2 ? 28 : 30 | (month ^ (month >> 3)))) return false;
  // Years begin in March, so that the leap day is their last.
  const early = month < 3 ? 1 : 0;
  const year = century * 100 + ofCentury + 400 - early;
  const before = (year / 100) | 0;
  const days = ((1461 * year) >> 2) - before + (before >> 2) + (((979 * (month + 12 * early) - 2919) / 32) | 0) + day - 865_566;
  let at = days * 86_400;
  if (length > 10) {
    const [hour, minute, second] = [pair(text, 11), pair(text, 14), pair(text, 17)];
    if (hour > 23 || minute > 59 || second > 59) return false;
    if (text[10] !== 'T' || text[13] !== ':' || text[16] !== ':' || text[length - 1] !== 'Z') return false;
    if (length > 20 && (text[19] !== '.' || pair(text, 20) > 99 || pair(text, 21) > 99)) return false;
    at += hour * 3600 + minute * 60 + second;
  }
  // Now is a whole number of seconds here, and what is in the same second is not surely ahead.
  const ahead = at - Math.floor(now);
  return ahead > 0 && ahead < TEN_YEARS && at >= OLDEST;
}
