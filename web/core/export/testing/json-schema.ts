type Schema = Readonly<Record<string, unknown>>;

/**
 * Whether a value fits a JSON Schema, for the keywords that our schema uses; written from the
 * specification (draft 2020-12) and apart from the product's reader, so that both cannot err
 * together.
 * @throws Error at a keyword that it does not know
 */
export function fitsSchema(schema: Schema, value: unknown): boolean {
  return Object.entries(schema).every(([keyword, wanted]) => fits(keyword, wanted, schema, value));
}

function fits(keyword: string, wanted: unknown, schema: Schema, value: unknown): boolean {
  const limit = wanted as number;
  switch (keyword) {
    case '$schema':
    case 'title':
    case 'description':
    case 'default':
      return true;
    case 'type':
      return fitsType(wanted as string, value);
    case 'enum':
      return (wanted as unknown[]).includes(value);
    case 'anyOf':
      return (wanted as Schema[]).some((one) => fitsSchema(one, value));
    case 'minimum':
      return typeof value !== 'number' || value >= limit;
    case 'maximum':
      return typeof value !== 'number' || value <= limit;
    case 'minLength':
      return typeof value !== 'string' || [...value].length >= limit;
    case 'maxLength':
      return typeof value !== 'string' || [...value].length <= limit;
    case 'pattern':
      return typeof value !== 'string' || new RegExp(wanted as string, 'u').test(value);
    case 'minItems':
      return !Array.isArray(value) || value.length >= limit;
    case 'items':
      return !Array.isArray(value) || value.every((entry) => fitsSchema(wanted as Schema, entry));
    case 'required':
      return !isObject(value) || (wanted as string[]).every((key) => Object.hasOwn(value, key));
    case 'properties':
      return (
        !isObject(value) ||
        Object.entries(wanted as Record<string, Schema>).every(
          ([key, one]) => !Object.hasOwn(value, key) || fitsSchema(one, value[key]),
        )
      );
    case 'additionalProperties':
      return (
        !isObject(value) ||
        Object.keys(value).every((key) => Object.hasOwn(schema.properties as object, key))
      );
    default:
      throw new Error(`The keyword ${keyword} is not known here.`);
  }
}

function fitsType(type: string, value: unknown): boolean {
  if (type === 'null') return value === null;
  if (type === 'array') return Array.isArray(value);
  if (type === 'integer') return Number.isInteger(value);
  if (type === 'object') return isObject(value);
  return typeof value === type;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
