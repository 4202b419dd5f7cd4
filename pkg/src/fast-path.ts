// The fast path for objects: most valid payloads are recognised by inspecting their values, without
// JSON and without the WebAssembly module. It is an optimisation only: it may answer "not sure",
// and then the module decides.
//
// The table is generated from the contract that the module checks, see `write_fast_path`
// in the crate `pipelint`. Only values whose JSON text is obvious qualify: plain objects and arrays,
// whole numbers, ASCII strings without escapes.

/** Marks a row without a value among the numbers of a table. */
const NONE = 0xffff_ffff;

/** The table as the module writes it: lines of text and numbers. */
export type EncodedTable = readonly [lines: readonly string[], numbers: readonly number[]];

/** The class of values that the fast path accepts for a property. */
const enum Form {
  None,
  Whole,
  Fraction,
  Boolean,
  Array = 5,
  /** Any string. All variants from here on are strings. */
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

/** With this many bytes a string and this many items, a payload cannot exceed the size limit. */
const LONGEST = 4095;
const MOST_ITEMS = 16;
/** Longer strings are not remembered. */
const LONGEST_REMEMBERED = 64;
/** Numbers per row. */
const ROW = 11;
const TEN_YEARS = 315_576_000;
/** 1990-01-01T00:00:00Z. */
const OLDEST = 631_152_000;
/** Printable ASCII without escapes, or line breaks. */
const LINES = /^[\n !#-[\]-~]*$/;
/** A UUID with a version and variant of RFC 9562. */
const UUID = /^[\da-fA-F]{8}-[\da-fA-F]{4}-[1-8][\da-fA-F]{3}-[89abAB][\da-fA-F]{3}-[\da-fA-F]{12}$/;
/** 1 for each ASCII character that JSON does not escape. */
const PLAIN = /* @__PURE__ */ Uint8Array.from({ length: 128 }, (_, code) => +(code > 31 && code < 127 && code !== 34 && code !== 92));

/** What the fast path accepts for one property, or for an array's items. */
interface Row {
  readonly name: string;
  /** The row of the next property; the last row's successor has no form. */
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
  /** Whether a date without a time is accepted. */
  readonly takesDates: boolean;
  readonly items: Row | undefined;
  readonly facts: number;
  /** The bit of the property that this property is an alias of. */
  readonly alias: number;
  /** The last accepted string: forms check the same value again and again. */
  last: string;
  /** The values of a status that mean open, won and lost. */
  readonly words: readonly string[];
}

/** What the fast path accepts for one payload. */
export interface Table {
  readonly first: Row;
  readonly byName: ReadonlyMap<string, Row>;
  readonly required: number;
  /** The facts set by the statuses open, won and lost, and by an alias. */
  readonly states: readonly number[];
  readonly alias: number;
  /** The longest accepted run of letters without a space. */
  readonly longest: number;
  /** Pairs of facts: a rule must run if all of the first and none of the second are set. */
  readonly calls: readonly number[];
  /** For each lower-case first letter, a bit set of the lengths of placeholder words. */
  readonly lengths: Int32Array;
  readonly placeholders: readonly string[];
  readonly currencies: ReadonlySet<string>;
}

/** Decodes a table. */
export function decodeTable([lines, numbers]: EncodedTable): Table {
  const [count, required, open, won, lost, alias, long, pairs] = numbers as [number, number, number, number, number, number, number, number];
  const rowsStart = 8 + 2 * pairs;
  const read = (place: number): Row => {
    const at = rowsStart + place * ROW;
    const [form, kind, min, more, least, leastHigh, span, spanHigh, last, facts, aliasOf] = numbers.slice(at, at + ROW) as [number, number, number, number, number, number, number, number, number, number, number];
    const [name = '', ...words] = place < count ? lines[place]!.split('\t') : [];
    const from = least + leastHigh * 2 ** 32;
    return {
      name: Object.keys({ [name]: 0 })[0]!, // internalised, so that comparing it with a key compares two addresses
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
      items: form === Form.Array && last !== NONE ? read(last) : undefined,
      facts,
      alias: aliasOf === NONE ? 0 : 1 << aliasOf,
      last: '\n', // never accepted
      words,
    };
  };
  const rows = Array.from({ length: count }, (_, place) => read(place));
  // The last row's successor matches no property.
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
    calls: numbers.slice(8, rowsStart),
    lengths,
    placeholders,
    currencies: new Set(lines[count + 1]!.match(/.../g)),
  };
}

/** Whether JSON writes an object property by property: no class instance, no `toJSON`. */
const isBare = (value: object, prototype: object): boolean => {
  const own: unknown = Object.getPrototypeOf(value);
  return (own === prototype || own === null) && (value as { toJSON?: unknown }).toJSON === undefined;
};

/** Whether an object certainly has no diagnostics, at a time given in seconds. `false` means unknown. */
export function isPlainlyValid(table: Table, value: object, now: number | undefined): boolean {
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
    // Like JSON.stringify: each property is read once, and undefined ones are left out.
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
          if (one !== row.last) {
            if (!isText(table, row, one)) return false;
            if (one.length <= LONGEST_REMEMBERED) row.last = one;
          }
      }
    } else if (typeof one === 'number') {
      if (row.form === Form.Whole) {
        if (!(one >= row.least && one <= row.greatest && Math.floor(one) === one)) return false;
      } else {
        // A double nearest to a number with that many decimals is printed with no more of them.
        if (row.form !== Form.Fraction || !(one >= 1e-6 && one < 1)) return false;
        if (Math.round(one * row.scale) / row.scale !== one) return false;
      }
    } else if (typeof one === 'boolean' ? row.form !== Form.Boolean : !isArray(table, row, one)) {
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

/** Whether a value is an array of accepted strings, no two of which are equal except for case. */
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

/** Whether a string is accepted by a form from `Text` to `Id`. */
function isText(table: Table, { form, min, max, wantsLetter, hasLines }: Row, text: string): boolean {
  const { length } = text;
  if (form < Form.Text || length < min || length > max) return false;
  const start = text.charCodeAt(0);
  const first = start | 32;
  if ((first < 97 || first > 122) && (wantsLetter || start < 48 || start > 57)) return false;
  if (length < 32 && (table.lengths[first]! & (1 << length)) !== 0) {
    // It may be a placeholder word; the module inspects such IDs more closely.
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
      return !mayBeStage(first, text) && !text.includes('&') && hasSpaces(text, table.longest);
    case Form.Prose:
      return !text.includes('&') && hasSpaces(text, table.longest);
  }
  return true;
}

/** Whether all characters but the first are printable ASCII that needs no escape. */
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

/** Whether no run without a space is that long. */
function hasSpaces(text: string, longest: number): boolean {
  let space = -1;
  // Skips to the last space of each stretch.
  while (space + longest < text.length) {
    let at = space + longest;
    while (text.charCodeAt(at) !== 32) if (--at === space) return false;
    space = at;
  }
  return true;
}

/** Words at the start of a stage's name that do not tell whether it is won or lost. */
const FILLER = /^(?:close|deal|opportunity|status|stage|is)/i;

/** Whether a name may be that of a stage for won or lost deals. */
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

/** Whether a text looks like a typical record ID, or is a UUID of RFC 9562. */
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

/** The value of two digits, or a number above every limit. */
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
  // Times within the current second are left to the module.
  const ahead = at - Math.floor(now);
  return ahead > 0 && ahead < TEN_YEARS && at >= OLDEST;
}
