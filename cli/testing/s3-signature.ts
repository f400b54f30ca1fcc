import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

export interface SignedRequest {
  readonly method: string;
  /** Path and query exactly as sent. */
  readonly rawUrl: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

export interface Keys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  readonly region: string;
}

const SKEW_MS = 15 * 60 * 1000;
const sha256 = (data: Buffer | string) => createHash('sha256').update(data).digest('hex');
const hmac = (key: Buffer | string, data: string) =>
  createHmac('sha256', key).update(data).digest();
const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

/**
 * Computes Signature Version 4 of a request anew, as S3 does: the path is not encoded a second
 * time, and the payload's hash is a header.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html
 * @returns S3's error code, or null when the request is authentic
 */
export function refusal(request: SignedRequest, keys: Keys): string | null {
  const { headers, rawUrl, body, method } = request;
  const parsed =
    /^AWS4-HMAC-SHA256 Credential=([^,\s]+), ?SignedHeaders=([^,\s]+), ?Signature=([0-9a-f]{64})$/.exec(
      headers.authorization ?? '',
    );
  if (!parsed) return 'AccessDenied';
  const [, credential, signed, signature] = parsed;
  const [keyId, ...scope] = credential.split('/');
  if (keyId !== keys.accessKeyId) return 'InvalidAccessKeyId';
  if (headers['x-amz-security-token'] !== keys.sessionToken) return 'InvalidToken';
  const date = String(headers['x-amz-date']);
  const [day, region, service, end] = scope;
  if (!date.startsWith(day) || service !== 's3' || end !== 'aws4_request') return 'AccessDenied';
  if (region !== keys.region) return 'AuthorizationHeaderMalformed';
  const at = Date.parse(
    date.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'),
  );
  if (!(Math.abs(Date.now() - at) < SKEW_MS)) return 'RequestTimeTooSkewed';

  const names = signed.split(';');
  const mustSign = Object.keys(headers).filter((name) => name.startsWith('x-amz-'));
  if (![...mustSign, 'host'].every((name) => names.includes(name))) return 'AccessDenied';
  const hash = String(headers['x-amz-content-sha256']);
  if (hash !== sha256(body)) return 'XAmzContentSHA256Mismatch';

  const [path, query = ''] = rawUrl.split(/\?(.*)/s, 2);
  const canonicalQuery = query
    .split('&')
    .filter(Boolean)
    .map((pair) => (pair.includes('=') ? pair : `${pair}=`).replaceAll('+', '%20'))
    .sort((a, b) => compare(a.split('=')[0], b.split('=')[0]) || compare(a, b))
    .join('&');
  const canonical = [
    method,
    path,
    canonicalQuery,
    ...names.map((name) => `${name}:${String(headers[name]).trim()}`),
    '',
    signed,
    hash,
  ].join('\n');
  const toSign = ['AWS4-HMAC-SHA256', date, scope.join('/'), sha256(canonical)].join('\n');
  const key = scope.reduce<Buffer | string>(
    (last, part) => hmac(last, part),
    `AWS4${keys.secretAccessKey}`,
  );
  const isSame = timingSafeEqual(hmac(key, toSign), Buffer.from(signature, 'hex'));
  return isSame ? null : 'SignatureDoesNotMatch';
}
