// An adapter for vee-validate 4, which has a schema interface of its own.

import type { Payload, Report } from 'pipelint';
import type { TypedSchema } from 'vee-validate';

const pathOf = (path: readonly (string | number)[]) => path.map((key, at) => (typeof key === 'number' ? `[${key}]` : at === 0 ? key : `.${key}`)).join('');

/** A payload that is configured with `coerce`, as a schema for `useForm`. */
export function typedSchema<Type extends object>(payload: Payload<Type>): TypedSchema<Record<string, unknown>, Type> {
  return {
    __type: 'VVTypedSchema',
    parse(values) {
      const report: Report = payload.check(values);
      const errors = report.errors.map(({ path, message, help }) => ({ path: pathOf(path), errors: [help === null ? message : `${message}. ${help}`] }));
      return Promise.resolve(report.ok ? { value: payload.parse(values), errors } : { errors });
    },
  };
}
