import { Failure } from '../problem.ts';

/** A place in an object store: `s3://bucket/key`. */
export interface S3Address {
  readonly bucket: string;
  /** Without a slash at its start; '' for the whole bucket. */
  readonly key: string;
}

const BUCKET = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;

export function isS3(text: string): boolean {
  return text.startsWith('s3://');
}

/**
 * Reads `s3://bucket/key`.
 * @throws Failure when the bucket's name cannot be one, or the key has a `..` between slashes,
 * which HTTP clients would resolve
 */
export function parseS3(text: string): S3Address {
  const [bucket, ...rest] = text.slice('s3://'.length).split('/');
  const key = rest.join('/').replace(/^\/+/, '');
  if (!BUCKET.test(bucket) || key.split('/').some((part) => part === '.' || part === '..')) {
    throw new Failure('usage', `${text} is no address of a bucket.`, 'Write s3://bucket/prefix.');
  }
  return { bucket, key };
}

export function formatS3({ bucket, key }: S3Address): string {
  return `s3://${bucket}/${key}`;
}

/** Where requests go. */
export interface S3Endpoint {
  /** Of an S3-compatible service (MinIO, Ceph, R2…); null for Amazon itself. */
  readonly url: string | null;
  readonly region: string;
}

/**
 * The URL of an object. A service of its own is addressed with the bucket in the path, Amazon with
 * the bucket in the host name, except for names with dots, which its certificate does not cover.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/VirtualHosting.html
 */
export function urlOf({ bucket, key }: S3Address, { url, region }: S3Endpoint): URL {
  const path = key.split('/').map(encodeRfc3986).join('/');
  if (url !== null) return new URL(`${url.replace(/\/+$/, '')}/${bucket}/${path}`);
  const host = `s3.${region}.amazonaws.com`;
  return bucket.includes('.')
    ? new URL(`https://${host}/${bucket}/${path}`)
    : new URL(`https://${bucket}.${host}/${path}`);
}

/** Percent-encodes everything but letters, digits and `-._~`, as signatures want it. */
function encodeRfc3986(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
