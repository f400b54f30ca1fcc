/** A link to one output in an S3-compatible bucket (AWS SigV4 query signing). */
import { AwsClient } from 'aws4fetch';
import { originOf } from '../http/hosts.ts';
import { urlOf } from '../http/wire.ts';
import type { Kept } from '../ledger/job.ts';

/**
 * Copies the output to the configured bucket and signs a GET for it.
 * @returns null when no such bucket is configured: our own link is used instead.
 */
export async function presignedShare(
  env: Env,
  kept: Kept,
  seconds: number,
): Promise<string | null> {
  const { S3_BUCKET, S3_ACCESS_KEY_ID, S3_SECRET_ACCESS_KEY } = env;
  const origin = originOf(env, 's3');
  if (origin === null || !S3_BUCKET || !S3_ACCESS_KEY_ID || !S3_SECRET_ACCESS_KEY) return null;
  const client = new AwsClient({
    accessKeyId: S3_ACCESS_KEY_ID,
    secretAccessKey: S3_SECRET_ACCESS_KEY,
    region: env.S3_REGION || 'auto',
    service: 's3',
    retries: 0,
  });
  const object = await env.FILES.get(kept.key);
  if (object === null) return null;
  const address = urlOf(origin, `/${S3_BUCKET}/shares/${kept.key}`);
  const put = await client.sign(address, {
    method: 'PUT',
    headers: { 'content-type': kept.type, 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' },
  });
  const fixed = new FixedLengthStream(object.size);
  const sending = object.body.pipeTo(fixed.writable);
  const stored = await fetch(put.url, {
    method: 'PUT',
    headers: put.headers,
    body: fixed.readable,
    redirect: 'manual',
  });
  await sending;
  if (!stored.ok) return null;
  address.searchParams.set('X-Amz-Expires', String(seconds));
  return (await client.sign(address, { method: 'GET', aws: { signQuery: true } })).url;
}
