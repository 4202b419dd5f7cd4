// Inputs: JSON text, bytes, and any other value as JSON text.

/** The bytes of a view or buffer of any realm, or nothing for other values. */
export function asBytes(input: object): Uint8Array | undefined {
  if (ArrayBuffer.isView(input)) {
    return input instanceof Uint8Array ? input : new Uint8Array(input.buffer, input.byteOffset, input.byteLength);
  }
  try {
    if (!/^\[object (Shared)?ArrayBuffer\]$/.test(Object.prototype.toString.call(input))) return undefined;
    const bytes = new Uint8Array(input as ArrayBuffer);
    // Not of an object that only claims to be a buffer.
    return (bytes.buffer as unknown) === input ? bytes : undefined;
  } catch {
    // A revoked proxy.
    return undefined;
  }
}

/** A value inside the input that JSON cannot carry. */
export interface Oddity {
  readonly pointer: string;
  /** What it is, for example `NaN` or `a function`. */
  readonly noun: string;
  /** Where `null` takes its place in the text. */
  readonly offset: number;
}

/** A value as JSON text, and what JSON could not carry of it. */
export interface Serialized {
  readonly text: string;
  readonly oddities: readonly Oddity[];
}

const NO_ODDITIES: readonly Oddity[] = [];
/** More are not named one by one: a report holds fewer diagnostics by default. */
const MOST_ODDITIES = 1000;
/** Deeper values are not looked at: the module reports the depth, whose limit is 128. */
const DEEPEST = 130;

/** What a value is called that JSON cannot carry; nothing for others. */
function nounOf(value: unknown): string | undefined {
  switch (typeof value) {
    case 'number':
      return Number.isFinite(value) ? undefined : String(value);
    case 'function':
      return 'a function';
    case 'symbol':
      return 'a symbol';
    case 'bigint':
      return 'a BigInt';
    case 'undefined':
      return 'undefined';
    default:
      return value instanceof Date && Number.isNaN(value.getTime()) ? 'an invalid date' : undefined;
  }
}

/** Whether anything in a value has to be written with care. Properties that are undefined are simply left out. */
function isOdd(value: unknown, depth = 0): boolean {
  if (typeof value !== 'object' || value === null) return nounOf(value) !== undefined;
  if (depth > DEEPEST) return true;
  if (typeof (value as { toJSON?: unknown }).toJSON === 'function') return nounOf(value) !== undefined;
  if (Array.isArray(value)) {
    for (let at = 0; at < value.length; at++) if (isOdd(value[at], depth + 1)) return true;
    return false;
  }
  for (const key in value) {
    const one = (value as Record<string, unknown>)[key];
    if (one !== undefined && typeof one !== 'string' && isOdd(one, depth + 1)) return true;
  }
  return false;
}

/** Writes a value as JSON text. Never throws. `limit` is the most bytes that the module takes. */
export function serialize(value: unknown, limit: number): Serialized {
  try {
    if (!isOdd(value)) {
      const text = JSON.stringify(value) as string | undefined;
      if (text !== undefined) return { text, oddities: NO_ODDITIES };
    }
  } catch {
    // A cycle, a getter or a `toJSON` that throws.
  }
  const careful = new CarefulWriter(limit);
  careful.write(value, '', 0);
  return careful;
}

/** Writes `null` for what JSON cannot carry, and remembers where. */
class CarefulWriter implements Serialized {
  text = '';
  readonly oddities: Oddity[] = [];
  readonly #limit: number;
  readonly #open = new Set<object>();

  constructor(limit: number) {
    this.#limit = limit;
  }

  write(value: unknown, pointer: string, depth: number): void {
    const { length } = this.text;
    let noun: string | undefined;
    try {
      noun = nounOf(value);
      if (noun === undefined) {
        if (typeof value === 'object' && value !== null) noun = this.#object(value, pointer, depth);
        else this.text += JSON.stringify(value);
      }
    } catch {
      this.text = this.text.slice(0, length);
      noun = 'a value that cannot be read';
    }
    if (noun !== undefined) this.#odd(pointer, noun);
  }

  #odd(pointer: string, noun: string): void {
    if (this.oddities.length < MOST_ODDITIES) this.oddities.push({ pointer, noun, offset: this.text.length });
    this.text += 'null';
  }

  #object(value: object, pointer: string, depth: number): string | undefined {
    if (this.#open.has(value)) return 'a circular reference';
    if (typeof (value as { toJSON?: unknown }).toJSON === 'function') {
      const replaced: unknown = (value as { toJSON(key: string): unknown }).toJSON(pointer.slice(pointer.lastIndexOf('/') + 1));
      if (typeof replaced === 'object' && replaced !== null) return this.#parts(replaced, pointer, depth, value);
      const noun = nounOf(replaced);
      if (noun === undefined) this.text += JSON.stringify(replaced);
      return noun;
    }
    if (value instanceof Number || value instanceof String || value instanceof Boolean) {
      this.text += JSON.stringify(value);
      return undefined;
    }
    return this.#parts(value, pointer, depth, value);
  }

  #parts(value: object, pointer: string, depth: number, opened: object): string | undefined {
    if (depth > DEEPEST) {
      this.text += '{}';
      return undefined;
    }
    this.#open.add(opened);
    try {
      const isArray = Array.isArray(value);
      this.text += isArray ? '[' : '{';
      let isFirst = true;
      const names: Iterable<string | number> = isArray ? value.keys() : Object.keys(value);
      for (const name of names) {
        // The module refuses a longer text whatever follows.
        if (this.text.length > this.#limit) break;
        let one: unknown;
        let isReadable = true;
        try {
          one = (value as Record<string | number, unknown>)[name];
        } catch {
          isReadable = false;
        }
        if (isReadable && one === undefined && !isArray) continue;
        if (!isFirst) this.text += ',';
        isFirst = false;
        if (!isArray) this.text += `${JSON.stringify(name)}:`;
        const at = `${pointer}/${String(name).replaceAll('~', '~0').replaceAll('/', '~1')}`;
        if (isReadable) this.write(one, at, depth + 1);
        else this.#odd(at, 'a value that cannot be read');
      }
      this.text += isArray ? ']' : '}';
    } finally {
      this.#open.delete(opened);
    }
    return undefined;
  }
}
