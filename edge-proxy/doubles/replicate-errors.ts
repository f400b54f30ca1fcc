import { json } from './reply.ts';
import type { Issue } from './schema.ts';
import type { Reply } from './types.ts';

/** The `{title, detail, status}` shape of most refusals. */
export const problem = (status: number, title: string, detail: string): Reply =>
  json(status, { title, detail, status });

export const NOT_FOUND = (): Reply =>
  problem(404, 'Not found', 'The requested resource could not be found.');

/** 422 with one entry of `invalid_fields` per issue. */
export function invalid(issues: readonly Issue[]): Reply {
  const types: Readonly<Record<Issue['kind'], string>> = {
    required: 'required',
    unknown: 'additional_property_not_allowed',
    type: 'invalid_type',
    enum: 'enum',
    min: 'number_gte',
    max: 'number_lte',
    format: 'format',
  };
  return json(422, {
    title: 'Input validation failed',
    detail: issues.map((i) => `- ${i.path.join('.')}: ${i.message}\n`).join(''),
    status: 422,
    invalid_fields: issues.map((i) => ({
      type: types[i.kind],
      field: i.path.join('.'),
      description: i.message,
    })),
  });
}
