import { invalid, NOT_FOUND, problem } from './replicate-errors.ts';
import { CREATE_FIELDS, REPLICATE_MODELS, type ReplicateModel } from './replicate-models.ts';
import { isObject, mediaType, parseObject } from './reply.ts';
import { checkFields } from './schema.ts';
import type { Call, Reply } from './types.ts';

/** A create call that Replicate takes. */
export interface Creation {
  name: string;
  model: ReplicateModel;
  input: Record<string, unknown>;
  webhook: string | null;
  events: readonly string[];
  /** Seconds to hold the answer back; null without `Prefer`. */
  wait: number | null;
}

/**
 * Checks headers and body of a create call.
 * @param name `owner/name` of the official-model path, or null on `/predictions`
 */
export function readCreation(call: Call, name: string | null): Creation | Reply {
  if (mediaType(call.headers['content-type']) !== 'application/json')
    return problem(415, 'Unsupported media type', 'Content-Type must be application/json');
  const prefer =
    call.headers.prefer === undefined ? null : waitSeconds(String(call.headers.prefer));
  if (Number.isNaN(prefer))
    return problem(400, 'Bad request', 'Prefer must be wait or wait=n with n from 1 to 60');
  const deadline = call.headers['cancel-after'];
  if (deadline !== undefined && !validDeadline(String(deadline)))
    return problem(422, 'Invalid deadline', 'Cancel-After must be between 5s and 24h');
  const body = parseObject(call.body);
  if (!body) return problem(400, 'Bad request', 'The request body is not a JSON object');

  const issues = checkFields(body, CREATE_FIELDS);
  if (name !== null && body.version !== undefined)
    issues.push({ kind: 'unknown', path: ['version'], message: 'version is not allowed' });
  if (name === null && body.version === undefined)
    issues.push({ kind: 'required', path: ['version'], message: 'version is required' });
  if (issues.length > 0) return invalid(issues);
  const found = name === null ? byVersion(String(body.version)) : byName(name);
  if (!found) {
    return name !== null
      ? NOT_FOUND()
      : problem(
          422,
          'Invalid version or not permitted',
          "The specified version does not exist (or perhaps you don't have permission to use it?)",
        );
  }
  const { input } = body;
  if (!isObject(input))
    return invalid([{ kind: 'type', path: ['input'], message: 'input must be an object' }]);
  const wrong = checkFields(input, found.model.input, ['input']);
  const joined = found.model.also?.(input);
  if (joined)
    wrong.push({ kind: 'format', path: ['input', joined.field], message: joined.message });
  if (wrong.length > 0) return invalid(wrong);
  return {
    ...found,
    input,
    webhook: typeof body.webhook === 'string' ? body.webhook : null,
    events: (body.webhook_events_filter as string[] | undefined) ?? ['output', 'completed'],
    wait: prefer,
  };
}

function byName(name: string): { name: string; model: ReplicateModel } | null {
  const model = Object.hasOwn(REPLICATE_MODELS, name) ? REPLICATE_MODELS[name]! : null;
  return model?.official ? { name, model } : null;
}

/** A 64-digit hash, `owner/name:hash`, or `owner/name` for official models. */
function byVersion(version: string): { name: string; model: ReplicateModel } | null {
  if (/^[^/:]+\/[^/:]+$/.test(version)) return byName(version);
  const hash = version.slice(version.indexOf(':') + 1);
  const owner = version.includes(':') ? version.slice(0, version.indexOf(':')) : null;
  const found = Object.entries(REPLICATE_MODELS).find(
    ([name, model]) =>
      model.version === hash && !model.official && (owner === null || owner === name),
  );
  return found ? { name: found[0], model: found[1] } : null;
}

/** Seconds of a `Prefer: wait` header; NaN when it has another form. */
function waitSeconds(header: string): number {
  const found = /^wait(?:=([1-9]|[1-5]\d|60))?$/.exec(header);
  return found ? Number(found[1] ?? 60) : Number.NaN;
}

function validDeadline(text: string): boolean {
  const found = /^(\d+)(s|m|h)?$/.exec(text);
  const seconds = Number(found?.[1]) * { s: 1, m: 60, h: 3600 }[found?.[2] ?? 's']!;
  return seconds >= 5 && seconds <= 24 * 3600;
}
