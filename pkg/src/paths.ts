// Paths: JSON pointers, and the notations of form libraries.

import { itemSchema, type JsonSchema, propertySchema, typesOf } from './json-schema.js';

/** A field: a JSON pointer (`/tags/0`), a form library's path (`tags.0`, `tags[0]`), or its keys. */
export type FieldPath = string | readonly PropertyKey[];

/** The keys of a JSON pointer. */
export function pointerKeys(pointer: string): string[] {
  const tokens = pointer.split('/').slice(1);
  return pointer.includes('~') ? tokens.map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~')) : tokens;
}

/** The JSON pointer of these keys. */
export const pointerOf = (keys: readonly PropertyKey[]): string =>
  keys.map((key) => `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');

export const isIndex = (key: string): boolean => /^(0|[1-9]\d{0,8})$/.test(key);

/** The keys of a path, or nothing if it cannot be read. */
export function readKeys(path: FieldPath, schema?: JsonSchema): string[] | undefined {
  if (typeof path !== 'string') {
    return Array.isArray(path) && path.every((key) => typeof key === 'string' || typeof key === 'number') ? path.map(String) : undefined;
  }
  if (path === '') return [];
  if (path.startsWith('/')) return /~(?![01])/.test(path) ? undefined : pointerKeys(path);
  if (propertySchema(schema, path) !== undefined) return [path];
  return /^[^.[\]]+(\.[^.[\]]+|\[\d+\])*$/.test(path) ? path.match(/[^.[\]]+/g)! : undefined;
}

/** The keys of a path that can exist in a payload of this schema. */
export function fieldKeys(path: FieldPath, schema: JsonSchema, payload: string): string[] {
  const keys = readKeys(path, schema);
  const shown = typeof path === 'string' ? JSON.stringify(path) : Array.isArray(path) ? `[${path.map(String).join(', ')}]` : String(path);
  if (keys === undefined) {
    throw new RangeError(`pipelint: ${shown} is not the path of a field; write "/tags/0", "tags.0" or ["tags", 0]`);
  }
  let at: JsonSchema | undefined = schema;
  keys.forEach((key, depth) => {
    const types = typesOf(at);
    const isObject = types.length === 0 || types.includes('object');
    const isArray = types.length === 0 || types.includes('array');
    if (!isObject && !(isArray && isIndex(key))) {
      const parent = depth === 0 ? payload : `${pointerOf(keys.slice(0, depth))} of ${payload}`;
      throw new RangeError(`pipelint: ${shown} is not a field: ${parent} is of type ${types.join(' or ')} and has no ${JSON.stringify(key)}`);
    }
    at = isObject ? propertySchema(at, key) : itemSchema(at);
  });
  return keys;
}

/** A copy of `whole` with `value` at these keys. The contract says what missing parents are. */
export function placed(whole: unknown, keys: readonly string[], value: unknown, schema: JsonSchema | undefined): unknown {
  const [key, ...rest] = keys;
  if (key === undefined) return value;
  const types = typesOf(schema);
  const fits = typeof whole === 'object' && whole !== null && (types.length === 0 || types.includes(Array.isArray(whole) ? 'array' : 'object'));
  if (fits ? Array.isArray(whole) : types.includes('array') && isIndex(key)) {
    const copy: unknown[] = fits ? [...(whole as unknown[])] : [];
    copy[Number(key)] = placed(copy[Number(key)], rest, value, itemSchema(schema));
    return copy;
  }
  const object = (fits ? whole : {}) as Record<string, unknown>;
  const own = Object.hasOwn(object, key) ? object[key] : undefined;
  return { ...object, [key]: placed(own, rest, value, propertySchema(schema, key)) };
}

/** The value at these keys, or `undefined`. */
export function valueAt(whole: unknown, keys: readonly string[]): unknown {
  let value = whole;
  for (const key of keys) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as Record<string, unknown>)[key];
  }
  return value;
}
