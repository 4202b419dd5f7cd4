// From what inputs of a form give to a payload: the contract says of which type each value is.

import { itemSchema, type JsonSchema, propertySchema, typesOf } from './json-schema.js';
import { placed, readKeys, valueAt } from './paths.js';

/** What a form gives: `FormData`, `URLSearchParams`, a `Map`, or an object of values. */
export type FormValues = Iterable<readonly [string, unknown]> | object;

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)$/;

/** A value as the contract wants it; `undefined` for an input that was left empty. */
function converted(value: unknown, schema: JsonSchema | undefined): unknown {
  const types = typesOf(schema);
  const takes = (type: string) => types.includes(type);
  if (value === '' || value === undefined || Number.isNaN(value)) return undefined;
  if (value === null) return types.length === 0 || takes('null') ? null : undefined;
  if (typeof value === 'string') {
    const trimmed = value.trim();
    if ((takes('number') || takes('integer')) && !takes('string')) {
      if (trimmed === '') return undefined;
      const number = Number(trimmed);
      // More digits than a number carries stay text, which the contract then refuses.
      if (NUMBER.test(trimmed) && trimmed.replace(/\D/g, '').length <= 15) return number;
    } else if (takes('boolean') && !takes('string')) {
      if (/^(on|true)$/i.test(trimmed)) return true;
      if (/^(off|false)$/i.test(trimmed)) return false;
    }
    return value;
  }
  if (typeof value !== 'object') return value;
  if (value instanceof Date) {
    if (Number.isNaN(value.getTime())) return undefined;
    if (!takes('string')) return value;
    const text = value.toISOString();
    return schema?.['format'] === 'date' ? text.slice(0, 10) : text;
  }
  // A file input that was left empty.
  if (typeof File !== 'undefined' && value instanceof File) return value.size === 0 && value.name === '' ? undefined : value;
  if (Array.isArray(value)) return value.map((item) => converted(item, itemSchema(schema)) ?? item);
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null || schema?.['properties'] !== undefined ? object(value, schema) : value;
}

function object(values: object, schema: JsonSchema | undefined): Record<string, unknown> {
  const payload: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(values)) {
    const one = converted(value, propertySchema(schema, name));
    if (one !== undefined) Object.defineProperty(payload, name, { value: one, configurable: true, enumerable: true, writable: true });
  }
  return payload;
}

/** The entries of a form as an object: names may be paths, and repeated names are a list. */
function fromEntries(entries: Iterable<readonly [string, unknown]>, schema: JsonSchema): Record<string, unknown> {
  let values: unknown = {};
  for (const [name, value] of entries) {
    const isList = name.endsWith('[]');
    const path = isList ? name.slice(0, -2) : name;
    const keys = (path === '' || path.startsWith('/') ? undefined : readKeys(path, schema)) ?? [name];
    let target: JsonSchema | undefined = schema;
    for (const key of keys) target = propertySchema(target, key) ?? itemSchema(target);
    const known = valueAt(values, keys);
    const wantsList = isList || typesOf(target).includes('array');
    const next = Array.isArray(known) ? [...(known as unknown[]), value] : known !== undefined ? [known, value] : wantsList && value !== '' ? [value] : value;
    values = placed(values, keys, next, schema);
  }
  return values as Record<string, unknown>;
}

/** Whether values are a list of names and values, as `FormData` is. */
export const isEntries = (values: object): values is Iterable<readonly [string, unknown]> =>
  !Array.isArray(values) && typeof (values as { entries?: unknown }).entries === 'function' && Symbol.iterator in values;

/** Turns what a form gives into a payload. */
export function fromForm(values: unknown, schema: JsonSchema): unknown {
  if (typeof values !== 'object' || values === null || Array.isArray(values)) return values;
  return object(isEntries(values) ? fromEntries(values, schema) : values, schema);
}
