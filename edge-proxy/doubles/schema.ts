import { isObject } from './reply.ts';

/**
 * One field's rule. Every rule may be `required`; `test` answers a sentence when the value is
 * wrong in a way the other words cannot say.
 */
export type Rule = { required?: boolean; test?: (value: never) => string | null } & (
  | {
      type: 'string';
      min?: number;
      max?: number;
      pattern?: RegExp;
      values?: readonly string[];
      test?: (value: string) => string | null;
    }
  | {
      type: 'integer' | 'number';
      min?: number;
      max?: number;
      multipleOf?: number;
      values?: readonly number[];
      test?: (value: number) => string | null;
    }
  | { type: 'boolean' }
  | { type: 'array'; of: Rule; min?: number; max?: number }
  | { type: 'object'; fields: Fields }
  | { type: 'anything' }
);

export type Fields = Readonly<Record<string, Rule>>;

type IssueKind = 'required' | 'unknown' | 'type' | 'enum' | 'min' | 'max' | 'format';

export interface Issue {
  kind: IssueKind;
  /** Field names and indexes from the top of the body. */
  path: string[];
  message: string;
  /** Allowed values when `kind` is `enum`. */
  allowed?: readonly (string | number)[];
}

/** Checks an object against its fields; unknown fields are issues. */
export function checkFields(
  value: Record<string, unknown>,
  fields: Fields,
  path: string[] = [],
): Issue[] {
  const issues: Issue[] = [];
  for (const name of Object.keys(value)) {
    if (!Object.hasOwn(fields, name)) {
      issues.push({ kind: 'unknown', path: [...path, name], message: `${name} is not allowed` });
    }
  }
  for (const [name, rule] of Object.entries(fields)) {
    const at = [...path, name];
    if (!Object.hasOwn(value, name) || value[name] === undefined) {
      if (rule.required)
        issues.push({ kind: 'required', path: at, message: `${name} is required` });
    } else {
      issues.push(...checkValue(value[name], rule, at));
    }
  }
  return issues;
}

function checkValue(value: unknown, rule: Rule, path: string[]): Issue[] {
  const name = path.at(-1)!;
  const issue = (kind: IssueKind, message: string): Issue[] => [{ kind, path, message }];
  switch (rule.type) {
    case 'anything':
      return [];
    case 'boolean':
      return typeof value === 'boolean' ? [] : issue('type', `${name} must be a boolean`);
    case 'string': {
      if (typeof value !== 'string') return issue('type', `${name} must be a string`);
      if (rule.values && !rule.values.includes(value)) return enumIssue(path, rule.values);
      if (value.length < (rule.min ?? 0)) return issue('min', `${name} is too short`);
      if (value.length > (rule.max ?? Number.POSITIVE_INFINITY))
        return issue('max', `${name} is longer than ${rule.max}`);
      if (rule.pattern && !rule.pattern.test(value))
        return issue('format', `${name} has the wrong form`);
      return tested(rule.test?.(value));
    }
    case 'integer':
    case 'number': {
      if (typeof value !== 'number' || !Number.isFinite(value))
        return issue('type', `${name} must be a number`);
      if (rule.type === 'integer' && !Number.isInteger(value))
        return issue('type', `${name} must be an integer`);
      if (rule.values && !rule.values.includes(value)) return enumIssue(path, rule.values);
      if (value < (rule.min ?? Number.NEGATIVE_INFINITY))
        return issue('min', `${name} must be at least ${rule.min}`);
      if (value > (rule.max ?? Number.POSITIVE_INFINITY))
        return issue('max', `${name} must be at most ${rule.max}`);
      if (rule.multipleOf && value % rule.multipleOf !== 0)
        return issue('format', `${name} must be a multiple of ${rule.multipleOf}`);
      return tested(rule.test?.(value));
    }
    case 'array': {
      if (!Array.isArray(value)) return issue('type', `${name} must be an array`);
      if (value.length < (rule.min ?? 0)) return issue('min', `${name} has too few items`);
      if (value.length > (rule.max ?? Number.POSITIVE_INFINITY))
        return issue('max', `${name} has more than ${rule.max} items`);
      return value.flatMap((item, i) => checkValue(item, rule.of, [...path, String(i)]));
    }
    case 'object':
      if (!isObject(value)) return issue('type', `${name} must be an object`);
      return checkFields(value, rule.fields, path);
  }
  function tested(message: string | null | undefined): Issue[] {
    return message ? issue('format', message) : [];
  }
}

function enumIssue(path: string[], allowed: readonly (string | number)[]): Issue[] {
  const name = path.at(-1)!;
  const list = allowed.map((v) => JSON.stringify(v)).join(', ');
  return [
    { kind: 'enum', path, allowed, message: `${name} must be one of the following: ${list}` },
  ];
}

/** Form fields arrive as text: turns those whose rule is a number or boolean into one. */
export function coerceForm(
  form: Readonly<Record<string, string>>,
  fields: Fields,
): Record<string, unknown> {
  // No prototype: a field may be called `__proto__`.
  const value: Record<string, unknown> = Object.create(null);
  for (const [name, text] of Object.entries(form)) {
    const type = Object.hasOwn(fields, name) ? fields[name]!.type : 'string';
    if ((type === 'number' || type === 'integer') && text.trim() !== '') value[name] = Number(text);
    else if (type === 'boolean' && (text === 'true' || text === 'false'))
      value[name] = text === 'true';
    else value[name] = text;
  }
  return value;
}

// The rules most vendors share, in short words.

export const string = (more: Partial<Extract<Rule, { type: 'string' }>> = {}): Rule => ({
  ...more,
  type: 'string',
});
export const oneOf = (...values: string[]): Rule => ({ type: 'string', values });
export const integer = (min?: number, max?: number): Rule => ({
  type: 'integer',
  ...(min !== undefined && { min }),
  ...(max !== undefined && { max }),
});
export const number = (min: number, max: number): Rule => ({ type: 'number', min, max });
export const boolean: Rule = { type: 'boolean' };
export const required = (rule: Rule): Rule => ({ ...rule, required: true });
export const arrayOf = (of: Rule, min: number, max: number): Rule => ({
  type: 'array',
  of,
  min,
  max,
});
export const object = (fields: Fields): Rule => ({ type: 'object', fields });
