/** HMAC over our own tokens. The secret is made once per installation and lives in the house object. */
import type { House } from '../house.ts';
import { fromBase64, toBase64Url } from './base64.ts';

/** What a token is for; a token of one purpose is nothing for another. */
export type Purpose = 'session' | 'webhook' | 'upload' | 'share';

/** One import of the key per isolate. */
const keys = new WeakMap<DurableObjectNamespace, Promise<CryptoKey>>();

export function house(env: Env): DurableObjectStub<House> {
  return env.HOUSE.get(env.HOUSE.idFromName('house'));
}

function keyOf(env: Env): Promise<CryptoKey> {
  let key = keys.get(env.HOUSE);
  if (key === undefined) {
    key = house(env)
      .secret()
      .then((secret) =>
        crypto.subtle.importKey(
          'raw',
          fromBase64(secret),
          { name: 'HMAC', hash: 'SHA-256' },
          false,
          ['sign', 'verify'],
        ),
      );
    key.catch(() => keys.delete(env.HOUSE));
    keys.set(env.HOUSE, key);
  }
  return key;
}

const bytesOf = (purpose: Purpose, text: string): Uint8Array =>
  new TextEncoder().encode(`${purpose}\n${text}`);

/** @returns base64url of the MAC. */
export async function sign(env: Env, purpose: Purpose, text: string): Promise<string> {
  const mac = await crypto.subtle.sign('HMAC', await keyOf(env), bytesOf(purpose, text));
  return toBase64Url(new Uint8Array(mac));
}

/** Constant-time, by WebCrypto. */
export async function isSigned(
  env: Env,
  purpose: Purpose,
  text: string,
  mac: string,
): Promise<boolean> {
  if (!/^[\w-]{43}$/.test(mac)) return false;
  const bytes = fromBase64(`${mac.replaceAll('-', '+').replaceAll('_', '/')}=`);
  return crypto.subtle.verify('HMAC', await keyOf(env), bytes, bytesOf(purpose, text));
}
