/**
 * One definition, two uses: checks a value read from outside, and describes it as JSON Schema
 * (draft 2020-12). Only what the recipe file needs.
 */
export interface SchemaIssue {
  /** Where, as a person would write it: `templates[0].components[1].edits.hue`. */
  readonly path: string;
  readonly message: string;
}

export interface Schema<Value> {
  /** Appends what is wrong with `value` to `issues`; the result counts only when none came. */
  readonly read: (value: unknown, path: string, issues: SchemaIssue[]) => Value;
  readonly describe: () => Record<string, unknown>;
  /** What stands in for an absent field; fields without it are required. */
  readonly fallback?: { readonly value: Value };
}

export type ValueOf<S> = S extends Schema<infer Value> ? Value : never;

type Fields = Record<string, Schema<unknown>>;
type OptionalKeys<F extends Fields> = {
  [K in keyof F]: undefined extends ValueOf<F[K]> ? K : never;
}[keyof F];
type ObjectOf<F extends Fields> = {
  readonly [K in Exclude<keyof F, OptionalKeys<F>>]: ValueOf<F[K]>;
} & { readonly [K in OptionalKeys<F>]?: ValueOf<F[K]> };

function refuse<Value>(issues: SchemaIssue[], path: string, message: string): Value {
  issues.push({ path: path || 'the file', message });
  return undefined as Value;
}

/** An object with exactly these fields; an unknown one is an error that names it. */
export function object<F extends Fields>(fields: F, description?: string): Schema<ObjectOf<F>> {
  return {
    read(value, path, issues) {
      if (typeof value !== 'object' || value === null || Array.isArray(value)) {
        return refuse(issues, path, 'must be an object');
      }
      const input = value as Record<string, unknown>;
      for (const key of Object.keys(input)) {
        if (!Object.hasOwn(fields, key)) {
          const known = Object.keys(fields).join(', ');
          refuse(issues, join(path, key), `is not a field here (known: ${known})`);
        }
      }
      const output: Record<string, unknown> = {};
      for (const [key, schema] of Object.entries(fields)) {
        if (Object.hasOwn(input, key)) {
          const read = schema.read(input[key], join(path, key), issues);
          if (read !== undefined) output[key] = read;
        } else if (schema.fallback) {
          if (schema.fallback.value !== undefined) output[key] = schema.fallback.value;
        } else {
          refuse(issues, join(path, key), 'is missing');
        }
      }
      return output as unknown as ObjectOf<F>;
    },
    describe: () => ({
      type: 'object',
      ...(description ? { description } : {}),
      properties: Object.fromEntries(
        Object.entries(fields).map(([key, schema]) => [key, schema.describe()]),
      ),
      required: Object.keys(fields).filter((key) => !fields[key].fallback),
      additionalProperties: false,
    }),
  };
}

function join(path: string, key: string): string {
  return path ? `${path}.${key}` : key;
}

/** A list; `min` is the least number of items. */
export function array<Value>(item: Schema<Value>, min = 0): Schema<readonly Value[]> {
  return {
    read(value, path, issues) {
      if (!Array.isArray(value)) return refuse(issues, path, 'must be a list');
      if (value.length < min) {
        return refuse(issues, path, `must have at least ${min} item${min === 1 ? '' : 's'}`);
      }
      return value.map((entry, index) => item.read(entry, `${path}[${index}]`, issues));
    },
    describe: () => ({ type: 'array', items: item.describe(), ...(min ? { minItems: min } : {}) }),
  };
}

/** A finite number within `min`…`max`, both included. */
export function number(min: number, max: number, description?: string): Schema<number> {
  return {
    read(value, path, issues) {
      if (typeof value !== 'number' || !Number.isFinite(value)) {
        return refuse(issues, path, 'must be a number');
      }
      if (value < min || value > max) {
        return refuse(issues, path, `is ${value}; it must be between ${min} and ${max}`);
      }
      return value;
    },
    describe: () => ({
      type: 'number',
      minimum: min,
      maximum: max,
      ...(description ? { description } : {}),
    }),
  };
}

/** A whole number within `min`…`max`, both included. */
export function integer(min: number, max: number, description?: string): Schema<number> {
  const real = number(min, max, description);
  return {
    read(value, path, issues) {
      const checked = real.read(value, path, issues);
      if (checked === undefined || Number.isInteger(checked)) return checked;
      return refuse(issues, path, `is ${checked}; it must be a whole number`);
    },
    describe: () => ({ ...real.describe(), type: 'integer' }),
  };
}

/** Text of 1…`max` characters, not only white space, optionally of a given form. */
export function text(max: number, form?: { pattern: RegExp; words: string }): Schema<string> {
  return {
    read(value, path, issues) {
      if (typeof value !== 'string') return refuse(issues, path, 'must be text');
      if (value.trim() === '') return refuse(issues, path, 'must not be empty');
      if (value.length > max) return refuse(issues, path, `is longer than ${max} characters`);
      if (form && !form.pattern.test(value)) return refuse(issues, path, `must be ${form.words}`);
      return value;
    },
    describe: () => ({
      type: 'string',
      minLength: 1,
      maxLength: max,
      ...(form ? { pattern: form.pattern.source } : {}),
    }),
  };
}

export function boolean(): Schema<boolean> {
  return {
    read: (value, path, issues) =>
      typeof value === 'boolean' ? value : refuse(issues, path, 'must be true or false'),
    describe: () => ({ type: 'boolean' }),
  };
}

/** One of the listed values. */
export function oneOf<const Value extends string | number>(
  ...values: readonly Value[]
): Schema<Value> {
  return {
    read: (value, path, issues) =>
      values.includes(value as Value)
        ? (value as Value)
        : refuse(issues, path, `must be ${values.map((v) => JSON.stringify(v)).join(' or ')}`),
    describe: () => ({ enum: [...values] }),
  };
}

/** The same with words for who writes the file by hand. */
export function described<Value>(schema: Schema<Value>, description: string): Schema<Value> {
  return { ...schema, describe: () => ({ ...schema.describe(), description }) };
}

/** `null`, or what `schema` takes. */
export function nullable<Value>(schema: Schema<Value>): Schema<Value | null> {
  return {
    read: (value, path, issues) => (value === null ? null : schema.read(value, path, issues)),
    describe: () => ({ anyOf: [schema.describe(), { type: 'null' }] }),
  };
}

/** May be absent; then `value` stands in (`undefined`: the field stays absent). */
export function optional<Value>(schema: Schema<Value>): Schema<Value | undefined>;
export function optional<Value>(schema: Schema<Value>, value: NoInfer<Value>): Schema<Value>;
export function optional<Value>(schema: Schema<Value>, value?: Value): Schema<Value | undefined> {
  return {
    read: schema.read,
    describe: () => ({
      ...schema.describe(),
      ...(value === undefined ? {} : { default: value }),
    }),
    fallback: { value },
  };
}
