/** Is this really the vendor? Each scheme answers with the message's id, or null. */
import { Webhook } from 'standardwebhooks';

const encoder = new TextEncoder();

/** https://www.standardwebhooks.com: signature over id, time and body; five minutes of tolerance. */
export function standardMessage(secret: string, headers: Headers, body: string): string | null {
  const id = headers.get('webhook-id');
  try {
    new Webhook(secret).verify(body, {
      'webhook-id': id ?? '',
      'webhook-timestamp': headers.get('webhook-timestamp') ?? '',
      'webhook-signature': headers.get('webhook-signature') ?? '',
    });
    return id;
  } catch {
    return null;
  }
}

/**
 * BFL signs the body alone (hex HMAC-SHA256), without a time: the digest itself names the message,
 * and the job's own end makes a replay harmless.
 */
export async function bflMessage(
  secret: string,
  headers: Headers,
  body: string,
): Promise<string | null> {
  const given = /^sha256=([0-9a-f]{64})$/.exec(headers.get('x-bfl-signature') ?? '')?.[1];
  if (given === undefined) return null;
  const key = await crypto.subtle.importKey(
    'raw',
    encoder.encode(secret),
    { name: 'HMAC', hash: 'SHA-256' },
    false,
    ['verify'],
  );
  const bytes = Uint8Array.from(given.match(/../g)!, (pair) => Number.parseInt(pair, 16));
  const genuine = await crypto.subtle.verify('HMAC', key, bytes, encoder.encode(body));
  return genuine ? `bfl:${given}` : null;
}
