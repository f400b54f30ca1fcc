import { picture, png } from './pictures.ts';
import type { Doubles } from './server.ts';

export type Json = Record<string, unknown>;

/** What a test reads of an answer. */
interface Answer {
  status: number;
  headers: Headers;
  bytes: Buffer;
  /** Parsed body, or an empty object when it is not JSON. */
  json: Json;
}

/** One request without following redirects; rejects when the connection is dropped. */
export async function send(url: string, init: RequestInit = {}): Promise<Answer> {
  const response = await fetch(url, { redirect: 'manual', ...init });
  const bytes = Buffer.from(await response.arrayBuffer());
  let json: Json = {};
  try {
    json = JSON.parse(bytes.toString('utf8')) as Json;
  } catch {
    // Pictures and plain text are looked at as bytes.
  }
  return { status: response.status, headers: response.headers, bytes, json };
}

/** A JSON POST. */
export function postJson(
  url: string,
  headers: Record<string, string>,
  body: unknown,
): Promise<Answer> {
  return send(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
}

export interface FormFile {
  type: string;
  data: Buffer;
}

/** A multipart POST; lists repeat their field. */
export function postForm(
  url: string,
  headers: Record<string, string>,
  fields: Record<string, string | FormFile | readonly (string | FormFile)[] | undefined>,
): Promise<Answer> {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) {
    if (value === undefined) continue;
    for (const item of Array.isArray(value) ? value : [value]) {
      if (typeof item === 'string') form.append(name, item);
      else form.append(name, new Blob([new Uint8Array(item.data)], { type: item.type }), 'file');
    }
  }
  return send(url, { method: 'POST', headers, body: form });
}

export const pngFile = (width: number, height = width): FormFile => ({
  type: 'image/png',
  data: picture('png', 1, width, height),
});

/** A PNG with an alpha channel whose left half is transparent. */
export const alphaMask = (side: number): FormFile => ({
  type: 'image/png',
  data: png(side, side, 4, (x) => [0, 0, 0, x < side / 2 ? 0 : 255]),
});

/** Base64 of an RGB PNG, left half white, the rest `rest`. */
export const halfWhite = (side: number, rest = 0): string =>
  png(side, side, 3, (x) => (x < side / 2 ? [255, 255, 255] : [rest, rest, rest])).toString(
    'base64',
  );

export const pngBase64 = (side: number): string => picture('png', 1, side, side).toString('base64');
export const dataUrl = (side: number): string => `data:image/png;base64,${pngBase64(side)}`;

/** Asks again until `done` says yes; the doubles' jobs end within milliseconds. */
export async function until(
  ask: () => Promise<Answer>,
  done: (a: Answer) => boolean,
): Promise<Answer> {
  for (let i = 0; i < 400; i++) {
    const answer = await ask();
    if (done(answer)) return answer;
    await new Promise((r) => setTimeout(r, 5));
  }
  throw new Error('the job did not end');
}

/** Charges so far at one vendor: how many stand, and their sum in micro-dollars. */
export function bill(doubles: Doubles, vendor: Parameters<Doubles['control']['total']>[0]) {
  const charges = doubles.control.charges().filter((c) => c.vendor === vendor);
  return {
    accepted: charges.length,
    billed: charges.filter((c) => c.voided === null).length,
    microUsd: doubles.control.total(vendor),
  };
}
