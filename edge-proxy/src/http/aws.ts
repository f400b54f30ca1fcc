/** Requests to AWS's own API hosts, signed (SigV4) or with the bearer key where the service takes it. */
import { AwsClient } from 'aws4fetch';
import { awsRegion } from '../settings.ts';
import { originOf } from './hosts.ts';
import { awsKey } from './keys.ts';
import { urlOf } from './wire.ts';

/** Signing names of the services, and whether they know Bedrock's API keys. */
const services = {
  ses: { name: 'ses', bearer: false },
  bedrockControl: { name: 'bedrock', bearer: true },
} as const;

/**
 * @param path starts with `/`; joined to the constant origin of `host`
 * @returns the request to send once, or null when no key fits
 */
export async function awsRequest(
  env: Env,
  host: keyof typeof services,
  path: string,
  init: { readonly method: 'GET' | 'POST'; readonly body?: string },
): Promise<Request | null> {
  const { name: service, bearer } = services[host];
  const origin = originOf(env, host);
  const key = awsKey(env, bearer);
  if (origin === null || key === null) return null;
  const url = urlOf(origin, path);
  const headers: Record<string, string> = init.body ? { 'content-type': 'application/json' } : {};
  if (key.kind === 'bearer') {
    headers.authorization = `Bearer ${key.token}`;
    return new Request(url, { ...init, headers, redirect: 'manual' });
  }
  const client = new AwsClient({ ...key, region: awsRegion(env), service, retries: 0 });
  return client.sign(url, { ...init, headers, redirect: 'manual' });
}
