/**
 * Every host this Worker may speak to. Nothing else in the program builds an origin.
 * `LOOPBACK_HOSTS` may replace rows, with loopback addresses only: that is how tests run offline.
 */
import type { Vendor } from '../../contract.ts';

export type HostName =
  | Exclude<Vendor, 'self-hosted'>
  | 'self-hosted'
  | 'bflRegion'
  | 'bedrockControl'
  | 'cognito'
  | 's3'
  | 'ses';

const constant: Readonly<Partial<Record<HostName, string>>> = {
  replicate: 'https://api.replicate.com',
  openai: 'https://api.openai.com',
  gemini: 'https://generativelanguage.googleapis.com',
  stability: 'https://api.stability.ai',
  bfl: 'https://api.bfl.ai',
  recraft: 'https://external.api.recraft.ai',
};

/** Where vendors leave results. Fetched without any key. */
const resultHosts: Readonly<Record<Vendor, readonly RegExp[]>> = {
  replicate: [/^(?:[a-z0-9-]+\.)*replicate\.delivery$/],
  bfl: [/^(?:[a-z0-9-]+\.)*bfl\.ai$/, /^bfldeliveryprod\.blob\.core\.windows\.net$/],
  recraft: [/^img\.recraft\.ai$/],
  gemini: [/^generativelanguage\.googleapis\.com$/, /^storage\.googleapis\.com$/],
  'self-hosted': [],
  bedrock: [],
  openai: [],
  stability: [],
};

const loopback = /^http:\/\/(?:127\.0\.0\.1|localhost|\[::1\]):\d{1,5}$/;
const region = /^[a-z]{2}(?:-[a-z]+){1,3}-\d$/;

/** Loopback replacements; `<vendor>Results` names a further origin for results. */
function replacements(env: Env): Readonly<Record<string, string>> {
  if (!env.LOOPBACK_HOSTS) return {};
  const table = JSON.parse(env.LOOPBACK_HOSTS) as Record<string, string>;
  return Object.fromEntries(Object.entries(table).filter(([, origin]) => loopback.test(origin)));
}

/** @returns the origin of a host, or null when the deployment has not configured it. */
export function originOf(env: Env, host: HostName, bflRegion?: string): string | null {
  const replaced = replacements(env)[host];
  if (replaced !== undefined) return replaced;
  const aws = region.test(env.AWS_REGION ?? '') ? env.AWS_REGION : 'us-west-2';
  switch (host) {
    case 'bedrock':
      return `https://bedrock-runtime.${aws}.amazonaws.com`;
    case 'bedrockControl':
      return `https://bedrock.${aws}.amazonaws.com`;
    case 'ses':
      return `https://email.${aws}.amazonaws.com`;
    case 'cognito':
      return region.test(env.COGNITO_REGION ?? '')
        ? `https://cognito-idp.${env.COGNITO_REGION}.amazonaws.com`
        : null;
    case 'bflRegion':
      return bflRegion && /^[a-z]{2}\d?$/.test(bflRegion)
        ? `https://api.${bflRegion}.bfl.ai`
        : null;
    case 's3':
      return ownOrigin(env.S3_ENDPOINT);
    case 'self-hosted':
      return ownOrigin(env.SELF_HOSTED_ORIGIN);
    default:
      return constant[host] ?? null;
  }
}

/** An origin from the deployment's own settings: https, no credentials, no path. */
function ownOrigin(setting: string | undefined): string | null {
  if (!setting || !URL.canParse(setting)) return null;
  const url = new URL(setting);
  return url.protocol === 'https:' && url.href === `${url.origin}/` ? url.origin : null;
}

/**
 * @returns the URL of a result if this vendor may leave results there, else null. The string must
 * be what its parse says: other spellings of a host are refused rather than understood.
 */
export function resultUrl(env: Env, vendor: Vendor, text: string): URL | null {
  if (text.length > 4096 || /[\s\\]/.test(text) || !URL.canParse(text)) return null;
  const url = new URL(text);
  if (url.username !== '' || url.password !== '' || url.hash !== '') return null;
  if (!text.startsWith(`${url.origin}/`)) return null;
  const table = replacements(env);
  const own = Object.entries(table).some(
    ([name, origin]) => name.startsWith(`${vendor}Results`) && origin === url.origin,
  );
  if (own) return url;
  if (url.protocol !== 'https:' || url.port !== '') return null;
  if (vendor === 'self-hosted' && url.origin === ownOrigin(env.SELF_HOSTED_ORIGIN)) return url;
  return resultHosts[vendor].some((host) => host.test(url.hostname)) ? url : null;
}
