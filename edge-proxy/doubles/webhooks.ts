import { createHmac, randomBytes } from 'node:crypto';
import type { WebhookMode } from './faults.ts';
import type { Vendor } from './types.ts';

/** One attempt to deliver a webhook. */
export interface Delivery {
  vendor: Vendor;
  jobId: string;
  url: string;
  mode: WebhookMode;
  /** Event told (`start`, `completed` …). */
  event: string;
  /** Status answered, or null when nothing answered. */
  status: number | null;
}

export interface WebhookMessage {
  vendor: Vendor;
  jobId: string;
  /** As the caller gave it; sent to the loopback address behind it. */
  url: string;
  event: string;
  body: string;
  /** Headers that carry the vendor's signature over `body`, made per attempt. */
  sign(attempt: {
    body: string;
    id: string;
    seconds: number;
    forged: boolean;
  }): Record<string, string>;
}

export interface WebhookSender {
  /** Sends one message in the given manner; resolves when all its attempts were answered. */
  send(message: WebhookMessage, mode: WebhookMode): Promise<Delivery[]>;
  deliveries(): Delivery[];
  /** Resolves when nothing is under way. */
  idle(): Promise<void>;
  clear(): void;
}

/** Older than the 300 s that Standard Webhooks allows. */
const STALE_SECONDS = 600;
const ATTEMPTS = 3;
const BACKOFF_MS = 20;
const TIMEOUT_MS = 10_000;

/**
 * Signature headers of the Standard Webhooks scheme: HMAC-SHA256 over `id.timestamp.body` with the
 * base64 key behind `whsec_` (https://www.standardwebhooks.com, as Replicate documents it).
 */
export function standardWebhookHeaders(
  secret: string,
  id: string,
  seconds: number,
  body: string,
): Record<string, string> {
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  const mac = createHmac('sha256', key).update(`${id}.${seconds}.${body}`).digest('base64');
  return {
    'webhook-id': id,
    'webhook-timestamp': String(seconds),
    'webhook-signature': `v1,${mac}`,
  };
}

/** BFL's header: hex HMAC-SHA256 of the raw body, keyed with the secret as UTF-8. */
export function bflSignature(secret: string, body: string): string {
  return `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;
}

/** A secret of the right form that is not the right one. */
export const FORGED_SECRET = `whsec_${Buffer.from('a forged webhook secret').toString('base64')}`;

export function createWebhookSender(
  now: () => number,
  route: (url: string) => string | null,
): WebhookSender {
  let log: Delivery[] = [];
  const busy = new Set<Promise<unknown>>();
  const abort = new AbortController();

  async function attempt(m: WebhookMessage, mode: WebhookMode, id: string): Promise<Delivery> {
    const seconds = Math.floor(now() / 1000) - (mode === 'stale' ? STALE_SECONDS : 0);
    const headers = m.sign({ body: m.body, id, seconds, forged: mode === 'forged' });
    const delivery: Delivery = {
      vendor: m.vendor,
      jobId: m.jobId,
      url: m.url,
      mode,
      event: m.event,
      status: null,
    };
    log.push(delivery);
    const target = route(m.url);
    if (target === null) return delivery;
    try {
      const response = await fetch(target, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: m.body,
        redirect: 'manual',
        signal: AbortSignal.any([abort.signal, AbortSignal.timeout(TIMEOUT_MS)]),
      });
      await response.arrayBuffer();
      delivery.status = response.status;
    } catch {
      delivery.status = null; // Nobody listening is one of the things under test.
    }
    return delivery;
  }

  async function sendNow(m: WebhookMessage, mode: WebhookMode): Promise<Delivery[]> {
    if (mode === 'lost') return [];
    const id = `msg_${randomBytes(12).toString('hex')}`;
    const sent = [await attempt(m, mode, id)];
    if (mode === 'duplicate') sent.push(await attempt(m, mode, id));
    // A refused forgery is no reason to try again; a receiver that is down or failing is.
    const refusedForGood = (d: Delivery): boolean => d.status !== null && d.status < 500;
    while (sent.length < ATTEMPTS && mode === 'normal' && !refusedForGood(sent.at(-1)!)) {
      if (route(m.url) === null || abort.signal.aborted) break;
      await new Promise((r) => setTimeout(r, BACKOFF_MS * 2 ** sent.length));
      sent.push(await attempt(m, mode, id));
    }
    return sent;
  }

  return {
    send(message, mode) {
      const work = sendNow(message, mode);
      busy.add(work);
      void work.finally(() => busy.delete(work));
      return work;
    },
    deliveries: () => log.map((d) => ({ ...d })),
    async idle() {
      abort.abort();
      while (busy.size > 0) await Promise.allSettled(busy);
    },
    clear() {
      log = [];
    },
  };
}
