/** Reading what vendors say: bodies with a ceiling, delays in five spellings, statuses as answers. */
import { fromBase64 } from '../http/base64.ts';
import { chunksOf } from '../http/chunks.ts';
import type { Answer, Source } from './adapter.ts';
import { newMark } from './bodies.ts';
import { type FileSink, LongStrings, type TakenFile } from './long-strings.ts';

export type Json =
  | null
  | boolean
  | number
  | string
  | readonly Json[]
  | { readonly [key: string]: Json };

/** Answers without files; a list of predictions repeats their inputs. */
const mostJson = 64 * 1024 * 1024;

/** @throws when the body is too long, breaks off, or is no JSON. */
export async function readJson(response: Response): Promise<Json> {
  const length = Number(response.headers.get('content-length') ?? 0);
  if (length > mostJson) throw new Error('answer too long');
  if (response.headers.has('content-length')) return (await response.json()) as Json;
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of response.body ?? []) {
    size += part.length;
    if (size > mostJson) throw new Error('answer too long');
    parts.push(part);
  }
  return JSON.parse(await new Blob(parts).text()) as Json;
}

/** The text of an answer without the files in it, which are on their way to the bucket already. */
export interface Taken {
  readonly text: string;
  /**
   * The file behind a string of the parsed text, undefined where there is none.
   * @param type media type; absent: told by the file's first bytes
   */
  source(value: Json | undefined, type?: string): Source | undefined;
}

/** @throws when the answer breaks off or holds a long string that is no file. */
export async function takeFiles(response: Response, sink: FileSink): Promise<Taken> {
  const mark = newMark();
  const strings = new LongStrings(sink, mark);
  if (response.body !== null) {
    for await (const chunk of chunksOf(response.body)) await strings.feed(chunk);
  }
  return {
    text: strings.end(),
    source(value, type) {
      const base64 = text(value);
      if (base64 === undefined) return undefined;
      const file = base64.startsWith(mark)
        ? strings.files[Number(base64.slice(mark.length))]!
        : held(fromBase64(base64));
      return { at: 'file', file, type: type ?? sniffed(file.head) };
    },
  };
}

export interface Unpacked extends Pick<Taken, 'source'> {
  readonly body: Json;
}

/** @throws as `takeFiles`, and for text that is no JSON. */
export async function unpack(response: Response, sink: FileSink): Promise<Unpacked> {
  const { text: json, source } = await takeFiles(response, sink);
  return { body: JSON.parse(json) as Json, source };
}

function sniffed(head: Uint8Array): string {
  if (head[0] === 0xff) return 'image/jpeg';
  return head[0] === 0x52 ? 'image/webp' : 'image/png';
}

/** Bytes made or decoded here, as a file. */
export function held(bytes: Uint8Array<ArrayBuffer>): TakenFile {
  return { parts: [bytes], bytes: bytes.length, head: bytes.slice(0, 4) };
}

/** A field of an object, or undefined for anything else. */
export function at(
  value: Json | undefined,
  ...path: readonly (string | number)[]
): Json | undefined {
  let here: Json | undefined = value;
  for (const step of path) {
    if (here === null || typeof here !== 'object' || !Object.hasOwn(here, step)) return undefined;
    here = (here as Readonly<Record<string | number, Json>>)[step];
  }
  return here;
}

export function text(value: Json | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

export function number(value: Json | undefined): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

export function list(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : [];
}

/** Ms to wait from `Retry-After`, `resets in ~30s`, `retryDelay: "7s"` or `retry_after: 7`. */
function retryDelayOf(response: Response, body: Json | undefined, now: number): number | undefined {
  const header = response.headers.get('retry-after');
  if (header !== null && /^\d+$/.test(header)) return Number(header) * 1000;
  if (header !== null && !Number.isNaN(Date.parse(header))) {
    return Math.max(0, Date.parse(header) - now);
  }
  const after = number(at(body, 'retry_after'));
  if (after !== undefined) return after * 1000;
  const spoken = /"retryDelay":"(\d+(?:\.\d+)?)s"|~(\d+)s/.exec(JSON.stringify(body ?? null));
  return spoken ? Number(spoken[1] ?? spoken[2]) * 1000 : undefined;
}

/** @returns the body as JSON, or undefined: an error's body is only ever a hint. */
export async function readHint(response: Response): Promise<Json | undefined> {
  try {
    return await readJson(response);
  } catch {
    return undefined;
  }
}

/**
 * What a status other than 2xx says about a paid call. 4xx: refused before anything was made.
 * 5xx, 408 and redirects: it may have been made.
 */
export function statusAnswer(response: Response, body: Json | undefined, now: number): Answer {
  const { status } = response;
  if (status === 429) {
    const wait = retryDelayOf(response, body, now);
    return {
      kind: 'refused',
      code: 'rate_limited',
      ...(wait === undefined ? {} : { retryAfterMs: wait }),
    };
  }
  if (status === 401 || status === 403) return { kind: 'refused', code: 'provider_auth' };
  if (status === 402) return { kind: 'refused', code: 'provider_billing' };
  if (status === 404 || status === 410) return { kind: 'refused', code: 'model_gone' };
  if (status === 408 || status < 400 || status >= 500) return { kind: 'lost' };
  return { kind: 'refused', code: 'invalid_input' };
}
