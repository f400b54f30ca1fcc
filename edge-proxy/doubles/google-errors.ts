import { json } from './reply.ts';
import type { Issue } from './schema.ts';
import type { Reply } from './types.ts';

const NAMES: Readonly<Record<number, string>> = {
  400: 'INVALID_ARGUMENT',
  401: 'UNAUTHENTICATED',
  403: 'PERMISSION_DENIED',
  404: 'NOT_FOUND',
  429: 'RESOURCE_EXHAUSTED',
  500: 'INTERNAL',
  503: 'UNAVAILABLE',
  504: 'DEADLINE_EXCEEDED',
};

/** An error of the Gemini API: https://cloud.google.com/apis/design/errors. */
export function googleError(status: number, message: string, details: unknown[] = []): Reply {
  const error = { code: status, message, status: NAMES[status] ?? 'UNKNOWN' };
  return json(status, { error: { ...error, ...(details.length > 0 && { details }) } });
}

/** The first issue in Google's words. */
export function googleInvalid(issue: Issue): Reply {
  const name = issue.path.join('.');
  return googleError(
    400,
    issue.kind === 'unknown'
      ? `Invalid JSON payload received. Unknown name "${name}": Cannot find field.`
      : `Invalid value at '${name}': ${issue.message}`,
  );
}

export const modelNotFound = (model: string): Reply =>
  googleError(404, `models/${model} is not found for API version v1beta, or is not supported.`);
