import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

export interface SignedRequest {
  method: string;
  /** Path and query exactly as sent. */
  rawUrl: string;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

interface SigningIdentity {
  accessKeyId: string;
  secretAccessKey: string;
  /** Signing name, e.g. `bedrock`. */
  service: string;
  /** Milliseconds since the epoch. */
  now: number;
}

type SignatureFailure =
  | { kind: 'missing' }
  | { kind: 'incomplete'; message: string }
  | { kind: 'unknownKey' }
  | { kind: 'expired'; message: string }
  | { kind: 'mismatch'; message: string };

/** AWS refuses a request whose date is more than five minutes off. */
const MAX_SKEW_MS = 5 * 60 * 1000;
const ALGORITHM = 'AWS4-HMAC-SHA256';

export const sha256 = (data: Buffer | string): string =>
  createHash('sha256').update(data).digest('hex');
const hmac = (key: Buffer | string, data: string): Buffer =>
  createHmac('sha256', key).update(data).digest();

/** RFC 3986 encoding: everything but letters, digits and `-._~`. */
export function encodeRfc3986(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/**
 * The canonical request of Signature Version 4 for services other than S3: the path as sent is
 * encoded once more, so `%3A` becomes `%253A`.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
function canonicalRequest(
  request: SignedRequest,
  signedHeaders: readonly string[],
  payloadHash: string,
): string {
  const [path = '/', query = ''] = request.rawUrl.split(/\?(.*)/s, 2);
  const uri = path.split('/').map(encodeRfc3986).join('/');
  const pairs = query === '' ? [] : query.split('&').map(canonicalPair);
  pairs.sort((a, b) => compare(a[0], b[0]) || compare(a[1], b[1]));
  const headerLines = signedHeaders.map((name) => {
    const value = request.headers[name];
    const joined = Array.isArray(value) ? value.join(',') : (value ?? '');
    return `${name}:${joined.trim().replace(/ +/g, ' ')}\n`;
  });
  return [
    request.method,
    uri,
    pairs.map((p) => `${p[0]}=${p[1]}`).join('&'),
    headerLines.join(''),
    signedHeaders.join(';'),
    payloadHash,
  ].join('\n');
}

export function canonicalPair(text: string): [string, string] {
  const at = text.indexOf('=');
  const name = at < 0 ? text : text.slice(0, at);
  const value = at < 0 ? '' : text.slice(at + 1);
  return [encodeRfc3986(decoded(name)), encodeRfc3986(decoded(value))];
}

/** A broken escape stays as it is: its signature cannot match anyway. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

export const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** `YYYYMMDDTHHMMSSZ` to milliseconds, or NaN. */
export function parseAmzDate(text: string): number {
  const m = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text);
  return m ? Date.parse(`${m[1]}-${m[2]}-${m[3]}T${m[4]}:${m[5]}:${m[6]}Z`) : Number.NaN;
}

/** @param scope day, region, service, `aws4_request` */
export function signature(secret: string, scope: readonly string[], toSign: string): Buffer {
  const key = scope.reduce<Buffer | string>((last, part) => hmac(last, part), `AWS4${secret}`);
  return hmac(key, toSign);
}

/**
 * Recomputes the signature of a header-signed request.
 * @returns the region of the credential scope, or why AWS would refuse.
 */
export function verifySigV4(
  request: SignedRequest,
  identity: SigningIdentity,
): { ok: true; region: string } | { ok: false; failure: SignatureFailure } {
  const no = (failure: SignatureFailure) => ({ ok: false as const, failure });
  const header = request.headers.authorization;
  if (header === undefined) return no({ kind: 'missing' });
  const parsed =
    /^AWS4-HMAC-SHA256 +Credential=([^,\s]+), *SignedHeaders=([^,\s]+), *Signature=([0-9a-f]{64})$/.exec(
      header,
    );
  if (!parsed) return no({ kind: 'incomplete', message: 'Authorization header is malformed.' });
  const scope = parsed[1]!.split('/');
  const signed = parsed[2]!.split(';');
  const [keyId, day, region, service, terminator] = scope as [
    string,
    string,
    string,
    string,
    string,
  ];
  const date = String(request.headers['x-amz-date'] ?? '');
  const at = parseAmzDate(date);
  if (Number.isNaN(at))
    return no({ kind: 'incomplete', message: 'X-Amz-Date is missing or malformed.' });
  if (scope.length !== 5 || terminator !== 'aws4_request' || service !== identity.service) {
    return no({
      kind: 'mismatch',
      message: `Credential should be scoped to correct service: '${identity.service}'.`,
    });
  }
  if (!date.startsWith(day))
    return no({ kind: 'mismatch', message: 'Date in Credential scope does not match X-Amz-Date.' });
  if (keyId !== identity.accessKeyId) return no({ kind: 'unknownKey' });
  if (Math.abs(identity.now - at) > MAX_SKEW_MS)
    return no({ kind: 'expired', message: `Signature expired: ${date}` });

  const mustSign = Object.keys(request.headers)
    .filter((h) => h.startsWith('x-amz-'))
    .concat('host');
  const unsigned = mustSign.filter((h) => !signed.includes(h));
  if (unsigned.length > 0) {
    return no({ kind: 'mismatch', message: `Headers must be signed: ${unsigned.join(', ')}.` });
  }
  if (signed.some((h, i) => h !== h.toLowerCase() || (i > 0 && signed[i - 1]! >= h))) {
    return no({ kind: 'mismatch', message: 'SignedHeaders must be lower-case and sorted.' });
  }
  const payloadHash = sha256(request.body);
  const told = request.headers['x-amz-content-sha256'];
  if (told !== undefined && told !== payloadHash) {
    return no({ kind: 'mismatch', message: 'x-amz-content-sha256 does not match the body.' });
  }
  const canonical = canonicalRequest(request, signed, payloadHash);
  const credentialScope = scope.slice(1).join('/');
  const toSign = [ALGORITHM, date, credentialScope, sha256(canonical)].join('\n');
  const expected = signature(identity.secretAccessKey, scope.slice(1), toSign);
  if (!timingSafeEqual(expected, Buffer.from(parsed[3]!, 'hex'))) {
    return no({
      kind: 'mismatch',
      message:
        'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method.',
    });
  }
  return { ok: true, region };
}
