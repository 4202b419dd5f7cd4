// JSON Schemas: reading them where the contract's types matter, and converting them for others.

/** A JSON Schema, as an object. */
export type JsonSchema = { readonly [keyword: string]: unknown };

/** The schema of a property, or nothing if the contract has no such property. */
export function propertySchema(schema: JsonSchema | undefined, name: string): JsonSchema | undefined {
  const properties = schema?.['properties'] as Record<string, JsonSchema> | undefined;
  return properties !== undefined && Object.hasOwn(properties, name) ? properties[name] : undefined;
}

/** The schema of an array's items, if the contract says anything about them. */
export const itemSchema = (schema: JsonSchema | undefined): JsonSchema | undefined => schema?.['items'] as JsonSchema | undefined;

/** The JSON types that a schema accepts; none listed means any. */
export function typesOf(schema: JsonSchema | undefined): readonly string[] {
  const type = schema?.['type'] as string | readonly string[] | undefined;
  return typeof type === 'string' ? [type] : (type ?? []);
}

const DIALECTS: Readonly<Record<string, string | undefined>> = {
  'draft-2020-12': 'https://json-schema.org/draft/2020-12/schema',
  'draft-07': 'http://json-schema.org/draft-07/schema#',
  'openapi-3.0': '',
};

/** The schema for a target of Standard JSON Schema. The keywords in use mean the same in both drafts. */
export function asTarget(schema: JsonSchema, target: string): Record<string, unknown> {
  const $schema = Object.hasOwn(DIALECTS, target) ? DIALECTS[target] : undefined;
  if ($schema === undefined) {
    throw new RangeError(`pipelint: no JSON Schema for the target ${target}; there are ${Object.keys(DIALECTS).join(', ')}`);
  }
  return $schema === '' ? openApi(schema) : { ...schema, $schema };
}

/** OpenAPI 3.0 knows one type, `nullable`, one example, and Boolean exclusive limits. */
function openApi(schema: JsonSchema): Record<string, unknown> {
  const converted: Record<string, unknown> = {};
  for (const [keyword, value] of Object.entries(schema)) {
    if (keyword === 'properties') {
      converted[keyword] = Object.fromEntries(Object.entries(value as object).map(([name, one]) => [name, openApi(one as JsonSchema)]));
    } else if (keyword === 'items' || (keyword === 'additionalProperties' && typeof value === 'object')) {
      converted[keyword] = openApi(value as JsonSchema);
    } else if (keyword === 'type') {
      const types = typesOf(schema).filter((type) => type !== 'null');
      if (types.length < typesOf(schema).length) converted['nullable'] = true;
      if (types.length > 1) converted['anyOf'] = types.map((type) => ({ type }));
      else converted['type'] = types[0];
    } else if (keyword === 'examples') {
      converted['example'] = (value as readonly unknown[])[0];
    } else if (keyword === 'const') {
      converted['enum'] = [value];
    } else if (keyword === 'exclusiveMinimum' || keyword === 'exclusiveMaximum') {
      converted[keyword.replace('exclusiveM', 'm')] = value;
      converted[keyword] = true;
    } else if (keyword !== '$schema' && keyword !== '$id') {
      converted[keyword] = value;
    }
  }
  return converted;
}

/**
 * A value without the properties that the contract does not know. What loses nothing stays the
 * same reference.
 */
export function stripUnknown(value: unknown, schema: JsonSchema | undefined): unknown {
  if (typeof value !== 'object' || value === null || schema === undefined) return value;
  if (Array.isArray(value)) {
    const items = value.map((item) => stripUnknown(item, itemSchema(schema)));
    return items.every((item, at) => Object.is(item, value[at])) ? value : items;
  }
  if (schema['properties'] === undefined || schema['additionalProperties'] === true) return value;
  const kept: Record<string, unknown> = {};
  let isChanged = false;
  for (const [name, one] of Object.entries(value)) {
    const property = propertySchema(schema, name);
    if (property === undefined) isChanged = true;
    else if ((kept[name] = stripUnknown(one, property)) !== one && one === one) isChanged = true;
  }
  return isChanged ? kept : value;
}
