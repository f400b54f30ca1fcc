/** Bytes out of the bucket, whole or in ranges (RFC 9110 §14). */
import { Refused } from '../http/problem.ts';

/** @throws Refused not_found */
export async function serveObject(env: Env, key: string, request: Request): Promise<Response> {
  const head = await env.FILES.head(key);
  if (head === null) throw new Refused('not_found');
  const headers = new Headers({
    'content-type': head.httpMetadata?.contentType ?? 'application/octet-stream',
    'accept-ranges': 'bytes',
    'cache-control': 'private, max-age=31536000, immutable',
    etag: head.httpEtag,
    // A file from a vendor is a file: it may not act as a page of ours.
    'content-security-policy': "default-src 'none'; sandbox",
    'x-content-type-options': 'nosniff',
  });
  if (request.headers.get('if-none-match') === head.httpEtag) {
    return new Response(null, { status: 304, headers });
  }
  const range = rangeOf(request.headers.get('range'), head.size);
  if (range === 'unsatisfiable') {
    headers.set('content-range', `bytes */${head.size}`);
    return new Response(null, { status: 416, headers });
  }
  const object = await env.FILES.get(key, range === null ? {} : { range });
  if (object === null) throw new Refused('not_found');
  const { offset, length } = range ?? { offset: 0, length: head.size };
  headers.set('content-length', String(length));
  if (range !== null) {
    headers.set('content-range', `bytes ${offset}-${offset + length - 1}/${head.size}`);
  }
  return new Response(object.body, { status: range === null ? 200 : 206, headers });
}

interface ByteRange {
  readonly offset: number;
  readonly length: number;
}

/** One range; several, or units other than bytes, mean the whole file. */
export function rangeOf(header: string | null, size: number): ByteRange | null | 'unsatisfiable' {
  const found = /^bytes=(\d*)-(\d*)$/.exec(header ?? '');
  if (found === null || (found[1] === '' && found[2] === '')) return null;
  if (found[1] === '') {
    const length = Math.min(size, Number(found[2]));
    return length === 0 ? 'unsatisfiable' : { offset: size - length, length };
  }
  const offset = Number(found[1]);
  const end = found[2] === '' ? size - 1 : Math.min(size - 1, Number(found[2]));
  if (offset >= size) return 'unsatisfiable';
  if (found[2] !== '' && Number(found[2]) < offset) return null;
  return { offset, length: end - offset + 1 };
}
