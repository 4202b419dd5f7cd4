// The peers, each as it is fastest: `valid` says yes or no, `all` gives every error with its message.

import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { type } from 'arktype';
import * as S from 'sury';
import { Compile } from 'typebox/compile';
import * as v from 'valibot';
import { z } from 'zod';

export const schemaOf = (id) => {
  const schema = JSON.parse(readFileSync(new URL(`../dist/schemas/${id}.schema.json`, import.meta.url), 'utf8'));
  return JSON.parse(JSON.stringify(schema, (key, value) => (key === 'meaning' || key === 'source' ? undefined : value)));
};

/** Builds a schema of another library from ours, property by property. */
function built(schema, make) {
  const required = new Set(schema.required);
  const shape = {};
  for (const [name, property] of Object.entries(schema.properties)) {
    let built;
    if (property.enum) built = make.words(property.enum);
    else if (property.type === 'string') built = make.string(property);
    else if (property.type === 'boolean') built = make.boolean();
    else if (property.type === 'array') built = make.strings();
    else if (Array.isArray(property.type)) built = make.nullable(make.string(property));
    else built = make.number(property);
    shape[name] = required.has(name) ? built : make.optional(built);
  }
  return make.object(shape);
}

const zodOf = (schema) =>
  built(schema, {
    words: (words) => z.enum(words),
    string: ({ format, maxLength }) => {
      if (format === 'date-time') return z.iso.datetime({ offset: true });
      if (format === 'uuid') return z.guid();
      return maxLength ? z.string().max(maxLength) : z.string();
    },
    number: ({ type: kind, minimum, maximum }) => {
      let number = kind === 'integer' ? z.int() : z.number();
      if (minimum !== undefined) number = number.min(minimum);
      if (maximum !== undefined) number = number.max(maximum);
      return number;
    },
    boolean: () => z.boolean(),
    strings: () => z.array(z.string()),
    nullable: (inner) => z.nullable(inner),
    optional: (inner) => z.optional(inner),
    object: (shape) => z.looseObject(shape),
  });

const valibotOf = (schema) =>
  built(schema, {
    words: (words) => v.picklist(words),
    string: ({ format, maxLength }) => {
      if (format === 'date-time') return v.pipe(v.string(), v.isoTimestamp());
      if (format === 'uuid') return v.pipe(v.string(), v.uuid());
      return maxLength ? v.pipe(v.string(), v.maxLength(maxLength)) : v.string();
    },
    number: ({ type: kind, minimum, maximum }) =>
      v.pipe(
        v.number(),
        ...(kind === 'integer' ? [v.integer()] : []),
        ...(minimum === undefined ? [] : [v.minValue(minimum)]),
        ...(maximum === undefined ? [] : [v.maxValue(maximum)]),
      ),
    boolean: () => v.boolean(),
    strings: () => v.array(v.string()),
    nullable: (inner) => v.nullable(inner),
    optional: (inner) => v.optional(inner),
    object: (shape) => v.looseObject(shape),
  });

const arktypeOf = (schema) =>
  built(schema, {
    words: (words) => type.enumerated(...words),
    string: ({ format, maxLength }) => {
      if (format === 'date-time') return type('string.date.iso');
      if (format === 'uuid') return type('string.uuid');
      return maxLength ? type(`string <= ${maxLength}`) : type('string');
    },
    number: ({ type: kind, minimum, maximum }) => {
      const base = kind === 'integer' ? 'number.integer' : 'number';
      return minimum === undefined ? type(base) : type(`${minimum} <= ${base} <= ${maximum}`);
    },
    boolean: () => type('boolean'),
    strings: () => type('string[]'),
    nullable: (inner) => inner.or('null'),
    optional: (inner) => inner.optional(),
    object: (shape) => type(shape),
  });

const suryOf = (schema) =>
  built(schema, {
    words: (words) => S.enum(words),
    string: ({ format, maxLength }) => {
      if (format === 'date-time') return S.isoDateTime;
      if (format === 'uuid') return S.uuid;
      return maxLength ? S.string.with(S.maxLength, maxLength) : S.string;
    },
    number: ({ type: kind, minimum, maximum }) => {
      let number = kind === 'integer' ? S.integer : S.number;
      if (minimum !== undefined) number = number.with(S.gte, minimum);
      if (maximum !== undefined) number = number.with(S.lte, maximum);
      return number;
    },
    boolean: () => S.boolean,
    strings: () => S.array(S.string),
    nullable: (inner) => S.nullable(inner),
    optional: (inner) => S.optional(inner),
    object: (shape) => S.schema(shape),
  });

/** The peers for one payload. A peer that cannot be set up is left out, and said so. */
export function peers(id) {
  const schema = schemaOf(id);
  const list = {};
  const add = (name, make) => {
    try {
      list[name] = make();
    } catch (error) {
      console.error(`${name} is left out: ${error.message.split('\n')[0]}`);
    }
  };
  add('ajv', () => {
    const ajv = new Ajv2020({ allErrors: true, strict: false, multipleOfPrecision: 9 });
    addFormats.default(ajv);
    const validate = ajv.compile(schema);
    return { valid: (value) => validate(value), all: (value) => (validate(value) ? [] : validate.errors.map((error) => error.message)) };
  });
  add('zod', () => {
    const zod = zodOf(schema);
    return {
      valid: (value) => zod.safeParse(value).success,
      all: (value) => zod.safeParse(value).error?.issues.map((issue) => issue.message) ?? [],
    };
  });
  add('valibot', () => {
    const valibot = valibotOf(schema);
    return {
      valid: (value) => v.safeParse(valibot, value).success,
      all: (value) => v.safeParse(valibot, value).issues?.map((issue) => issue.message) ?? [],
    };
  });
  add('arktype', () => {
    const ark = arktypeOf(schema);
    return {
      valid: (value) => !(ark(value) instanceof type.errors),
      all: (value) => {
        const out = ark(value);
        return out instanceof type.errors ? out.map((error) => error.message) : [];
      },
    };
  });
  add('typebox', () => {
    const compiled = Compile(schema);
    return { valid: (value) => compiled.Check(value), all: (value) => compiled.Errors(value).map((error) => error.message) };
  });
  add('sury', () => {
    const parse = suryOf(schema);
    return { valid: (value) => S.parseOrThrow(value, parse) !== undefined };
  });
  return list;
}
