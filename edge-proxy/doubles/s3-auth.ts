import { timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { canonicalPair, compare, encodeRfc3986, parseAmzDate, sha256, signature } from './sigv4.ts';

interface S3Request {
  method: string;
  /** Path and query exactly as sent. */
  rawUrl: string;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

interface Identity {
  accessKeyId: string;
  secretAccessKey: string;
  /** Milliseconds since the epoch. */
  now: number;
}

const SKEW_MS = 15 * 60 * 1000;
const LONGEST_SECONDS = 604_800;
const UNSIGNED = 'UNSIGNED-PAYLOAD';

/**
 * Signature Version 4 as S3 takes it: the path is not encoded a second time, the payload hash is a
 * header, and the whole signature may lie in the query.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html and
 * …/sigv4-query-string-auth.html
 * @returns S3's error code, or null when the request is authentic.
 */
export function refusedByS3(request: S3Request, identity: Identity): string | null {
  const [path = '/', query = ''] = request.rawUrl.split(/\?(.*)/s, 2);
  const pairs = query === '' ? [] : query.split('&').map(canonicalPair);
  const asked = new URLSearchParams(query);
  const presigned = asked.has('X-Amz-Signature');
  const header = /^AWS4-HMAC-SHA256 Credential=(\S+), ?SignedHeaders=(\S+), ?Signature=(\S+)$/.exec(
    request.headers.authorization ?? '',
  );
  if (presigned === (header !== null)) return 'AccessDenied';
  const given = presigned
    ? ['', 'X-Amz-Credential', 'X-Amz-SignedHeaders', 'X-Amz-Signature'].map((name) =>
        asked.get(name),
      )
    : [...header!];
  const [, credential, signed, told] = given as [string, string, string, string];
  const [keyId, ...scope] = (credential ?? '').split('/');
  const date = presigned ? asked.get('X-Amz-Date') : request.headers['x-amz-date'];
  const at = parseAmzDate(String(date));
  if (Number.isNaN(at) || scope[0] !== String(date).slice(0, 8)) return 'AccessDenied';
  if (keyId !== identity.accessKeyId) return 'InvalidAccessKeyId';
  if (scope.length !== 4 || scope[2] !== 's3' || scope[3] !== 'aws4_request') return 'AccessDenied';
  if (presigned) {
    const seconds = Number(asked.get('X-Amz-Expires'));
    if (asked.get('X-Amz-Algorithm') !== 'AWS4-HMAC-SHA256') return 'AccessDenied';
    if (!(seconds >= 1 && seconds <= LONGEST_SECONDS)) return 'AuthorizationQueryParametersError';
    if (identity.now > at + seconds * 1000) return 'AccessDenied';
  } else if (Math.abs(identity.now - at) > SKEW_MS) return 'RequestTimeTooSkewed';

  const names = signed.split(';');
  const mustSign = Object.keys(request.headers).filter((name) => name.startsWith('x-amz-'));
  if (![...mustSign, 'host'].every((name) => names.includes(name))) return 'AccessDenied';
  const hash = presigned ? UNSIGNED : String(request.headers['x-amz-content-sha256']);
  if (hash !== UNSIGNED && hash !== sha256(request.body)) return 'XAmzContentSHA256Mismatch';
  const canonical = [
    request.method,
    path
      .split('/')
      .map((part) => encodeRfc3986(decodeURIComponent(part)))
      .join('/'),
    pairs
      .filter(([name]) => name !== 'X-Amz-Signature')
      .sort((a, b) => compare(a[0], b[0]) || compare(a[1], b[1]))
      .map((pair) => pair.join('='))
      .join('&'),
    ...names.map((name) => `${name}:${String(request.headers[name]).trim()}`),
    '',
    signed,
    hash,
  ].join('\n');
  const toSign = ['AWS4-HMAC-SHA256', date, scope.join('/'), sha256(canonical)].join('\n');
  const expected = signature(identity.secretAccessKey, scope, toSign);
  const mine = Buffer.from(told, 'hex');
  const same = mine.length === expected.length && timingSafeEqual(mine, expected);
  return same ? null : 'SignatureDoesNotMatch';
}
