// The interfaces of Standard Schema 1.1 and Standard JSON Schema, as far as they are used here.
// They are meant to be copied into a library rather than depended on.

/** https://standardschema.dev */
export declare namespace StandardSchemaV1 {
  interface Props<Input = unknown, Output = Input> {
    readonly version: 1;
    readonly vendor: string;
    readonly validate: (value: unknown, options?: Options | undefined) => Result<Output>;
    readonly types?: Types<Input, Output> | undefined;
  }
  interface Options {
    readonly libraryOptions?: Record<string, unknown> | undefined;
  }
  interface Types<Input, Output> {
    readonly input: Input;
    readonly output: Output;
  }
  type Result<Output> = SuccessResult<Output> | FailureResult;
  interface SuccessResult<Output> {
    readonly value: Output;
    readonly issues?: undefined;
  }
  interface FailureResult {
    readonly issues: readonly Issue[];
  }
  interface Issue {
    readonly message: string;
    readonly path?: readonly PropertyKey[] | undefined;
  }
  /** What a schema takes. */
  type InferInput<Schema extends { readonly '~standard': { readonly types?: Types<unknown, unknown> | undefined } }> = NonNullable<
    Schema['~standard']['types']
  >['input'];
  /** What a schema gives. */
  type InferOutput<Schema extends { readonly '~standard': { readonly types?: Types<unknown, unknown> | undefined } }> = NonNullable<
    Schema['~standard']['types']
  >['output'];
}

/** https://standardschema.dev/json-schema */
export declare namespace StandardJSONSchemaV1 {
  interface Props<Input = unknown, Output = Input> {
    readonly version: 1;
    readonly vendor: string;
    readonly jsonSchema: Converter;
    readonly types?: StandardSchemaV1.Types<Input, Output> | undefined;
  }
  interface Converter {
    readonly input: (options: Options) => Record<string, unknown>;
    readonly output: (options: Options) => Record<string, unknown>;
  }
  type Target = 'draft-2020-12' | 'draft-07' | 'openapi-3.0' | ({} & string);
  interface Options {
    readonly target: Target;
    readonly libraryOptions?: Record<string, unknown> | undefined;
  }
}
