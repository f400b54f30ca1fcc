/** Which secrets a vendor needs, and the headers they become. The only reader of vendor keys. */
import { type Vendor, vendors } from '../../contract.ts';
import { originOf } from './hosts.ts';

type Headers = Readonly<Record<string, string>>;

/** @returns the headers that authorise a request at this vendor, or null when no key is set. */
export function keyHeaders(env: Env, vendor: Exclude<Vendor, 'bedrock'>): Headers | null {
  const bearer = (key: string | undefined): Headers | null =>
    key ? { authorization: `Bearer ${key}` } : null;
  switch (vendor) {
    case 'replicate':
      return bearer(env.REPLICATE_API_TOKEN);
    case 'openai':
      return bearer(env.OPENAI_API_KEY);
    case 'stability':
      return bearer(env.STABILITY_API_KEY);
    case 'recraft':
      return bearer(env.RECRAFT_API_TOKEN);
    case 'gemini':
      return env.GEMINI_API_KEY ? { 'x-goog-api-key': env.GEMINI_API_KEY } : null;
    case 'bfl':
      return env.BFL_API_KEY ? { 'x-key': env.BFL_API_KEY } : null;
    case 'self-hosted':
      return selfHosted(env);
  }
}

function selfHosted(env: Env): Headers | null {
  const { SELF_HOSTED_KEY: key, SELF_HOSTED_SECRET: secret, SELF_HOSTED_BEARER: bearer } = env;
  const pair: Headers = key && secret ? { 'modal-key': key, 'modal-secret': secret } : {};
  const own: Headers = bearer ? { authorization: `Bearer ${bearer}` } : {};
  const all = { ...pair, ...own };
  return Object.keys(all).length > 0 ? all : null;
}

export type AwsKey =
  | { readonly kind: 'bearer'; readonly token: string }
  | { readonly kind: 'pair'; readonly accessKeyId: string; readonly secretAccessKey: string };

/** @param bearer whether the service takes Bedrock's API keys; if so, one goes first */
export function awsKey(env: Env, bearer = true): AwsKey | null {
  const token = env.AWS_BEARER_TOKEN_BEDROCK;
  if (bearer && token) return { kind: 'bearer', token };
  const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey } = env;
  return accessKeyId && secretAccessKey ? { kind: 'pair', accessKeyId, secretAccessKey } : null;
}

/** Which vendors can be called: names only, nothing about the keys. */
export function configured(env: Env): Record<Vendor, boolean> {
  const has = (vendor: Vendor): boolean => {
    if (vendor === 'bedrock') return awsKey(env) !== null;
    return keyHeaders(env, vendor) !== null && originOf(env, vendor) !== null;
  };
  return Object.fromEntries(vendors.map((vendor) => [vendor, has(vendor)])) as Record<
    Vendor,
    boolean
  >;
}
