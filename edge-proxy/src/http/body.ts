/** Request bodies: a ceiling that also holds for chunked ones, and only the fields we know. */
import { Refused } from './problem.ts';

export const mostJsonBytes = 64 * 1024;

/** @throws Refused too_large as soon as the ceiling is passed; the rest is not read. */
export async function readLimited(
  request: Request,
  most: number,
): Promise<Uint8Array<ArrayBuffer>> {
  if (Number(request.headers.get('content-length') ?? 0) > most) throw new Refused('too_large');
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  for await (const part of request.body ?? []) {
    size += part.length;
    if (size > most) throw new Refused('too_large');
    parts.push(part as Uint8Array<ArrayBuffer>);
  }
  const whole = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** What a field must be. A trailing `?` makes it optional. */
type Kind = 'string' | 'number' | 'strings' | 'values';
export type Shape = Readonly<Record<string, Kind | `${Kind}?`>>;

/**
 * Reads a JSON object whose fields are exactly those of `shape`.
 * @throws Refused invalid_input that names the field
 */
export async function readFields(
  request: Request,
  shape: Shape,
): Promise<Readonly<Record<string, unknown>>> {
  const type = request.headers.get('content-type') ?? '';
  if (!/^application\/json(?:;|$)/i.test(type)) {
    throw new Refused('invalid_input', { field: 'content-type' });
  }
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder().decode(await readLimited(request, mostJsonBytes)));
  } catch (error) {
    if (error instanceof Refused) throw error;
    throw new Refused('invalid_input', { field: 'body' });
  }
  if (value === null || typeof value !== 'object' || Array.isArray(value)) {
    throw new Refused('invalid_input', { field: 'body' });
  }
  const given = value as Record<string, unknown>;
  for (const name of Object.keys(given)) {
    if (!Object.hasOwn(shape, name)) throw new Refused('invalid_input', { field: plain(name) });
  }
  const read: Record<string, unknown> = {};
  for (const [name, rule] of Object.entries(shape)) {
    const field = Object.hasOwn(given, name) ? given[name] : undefined;
    if (field === undefined && rule.endsWith('?')) continue;
    if (!fits(rule.replace('?', '') as Kind, field)) {
      throw new Refused('invalid_input', { field: name });
    }
    read[name] = field;
  }
  return read;
}

/** A name that may be shown: a stranger's text is cut to harmless characters. */
function plain(name: string): string {
  return name.replaceAll(/[^\w.-]/g, '').slice(0, 40) || 'body';
}

function fits(kind: Kind, value: unknown): boolean {
  switch (kind) {
    case 'string':
      return typeof value === 'string';
    case 'number':
      return typeof value === 'number';
    case 'strings':
      return (
        Array.isArray(value) && value.length <= 32 && value.every((v) => typeof v === 'string')
      );
    case 'values':
      return (
        value !== null &&
        typeof value === 'object' &&
        !Array.isArray(value) &&
        Object.values(value).every((v) => ['string', 'number', 'boolean'].includes(typeof v))
      );
  }
}
