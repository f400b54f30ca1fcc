/** Vendors drop results within minutes: they are copied here the moment they are known. */
import type { Vendor } from '../../contract.ts';
import { resultUrl } from '../http/hosts.ts';
import type { Kept } from '../ledger/job.ts';
import type { Source } from '../vendors/adapter.ts';
import type { TakenFile } from '../vendors/long-strings.ts';
import { forgetParts, partsOf, Spool } from './spool.ts';

const types = ['image/png', 'image/jpeg', 'image/webp', 'video/mp4', 'text/plain'];
const mostBytes = 512 * 1024 * 1024;
const tries = 3;

const prefix = (job: string): string => `results/${job}/`;

/** @throws when a source cannot be read or is not on the allow-list. */
export async function keepResults(
  env: Env,
  vendor: Vendor,
  job: string,
  sources: readonly Source[],
): Promise<readonly Kept[]> {
  const kept: Kept[] = [];
  for (const [n, source] of sources.entries()) {
    const key = prefix(job) + n;
    const { type, bytes } = await put(env, vendor, key, source, sources.length);
    kept.push({ key, type, bytes });
  }
  return kept;
}

async function put(
  env: Env,
  vendor: Vendor,
  key: string,
  source: Source,
  of: number,
): Promise<{ type: string; bytes: number }> {
  const response = source.at === 'file' ? null : await open(env, vendor, source);
  const given = source.at === 'url' ? response!.headers.get('content-type') : source.type;
  const type = (given ?? '').split(';')[0]!.trim().toLowerCase();
  if (!types.includes(type)) throw new Error('result of an unknown type');
  const body = source.at === 'file' ? source.file : await bodyOf(env, response!);
  const streamed = body instanceof ReadableStream;
  const object = await env.FILES.put(key, streamed ? body : partsOf(env, body), {
    httpMetadata: { contentType: type },
    customMetadata: { of: String(of) },
  });
  if (!streamed) await forgetParts(env, body);
  return { type, bytes: object.size };
}

/** A stream where the length is stated; else the file is taken in until it is known. */
async function bodyOf(env: Env, response: Response): Promise<ReadableStream | TakenFile> {
  const length = Number(response.headers.get('content-length') ?? Number.NaN);
  if (length > mostBytes) throw new Error('result too large');
  if (Number.isInteger(length) && !response.headers.has('content-encoding')) {
    const fixed = new FixedLengthStream(length);
    // A source that breaks off makes the put fail, which is where it is handled.
    response.body!.pipeTo(fixed.writable).catch(() => {});
    return fixed.readable;
  }
  return new Spool(env).take(response.body!);
}

async function open(
  env: Env,
  vendor: Vendor,
  source: Exclude<Source, { at: 'file' }>,
): Promise<Response> {
  if (source.at === 'response') return source.response;
  const url = resultUrl(env, vendor, source.url);
  if (url === null) throw new Error('result at an unknown host');
  for (let attempt = 1; ; attempt += 1) {
    try {
      // No key and no redirect: an allow-listed host may not send us elsewhere.
      const response = await fetch(url, {
        redirect: 'manual',
        signal: AbortSignal.timeout(120_000),
      });
      if (response.ok) return response;
      await response.body?.cancel();
      throw new Error(`result answered ${response.status}`);
    } catch (error) {
      if (attempt >= tries) throw error;
      await scheduler.wait(250 * 2 ** attempt);
    }
  }
}

/** What an earlier life already copied: all of it or nothing. */
export async function storedResults(env: Env, job: string): Promise<readonly Kept[]> {
  const { objects } = await env.FILES.list({
    prefix: prefix(job),
    include: ['httpMetadata', 'customMetadata'],
  });
  const complete = objects.length > 0 && objects.length === Number(objects[0]!.customMetadata?.of);
  if (!complete) return [];
  return objects
    .toSorted((a, b) => a.key.localeCompare(b.key, 'en', { numeric: true }))
    .map((object) => ({
      key: object.key,
      type: object.httpMetadata?.contentType ?? 'application/octet-stream',
      bytes: object.size,
    }));
}
