/**
 * The way out to one vendor. Order matters: constant origin → path check → breaker → key → fetch.
 * Redirects are not followed. A POST leaves once; a GET may be repeated, with jitter.
 */
import type { Vendor } from '../../contract.ts';
import { Spool } from '../results/spool.ts';
import type { Ask, VendorSettings, Wire } from '../vendors/adapter.ts';
import { admit, failed, mayRetry, succeeded } from './breaker.ts';
import { type HostName, originOf } from './hosts.ts';
import { keyHeaders } from './keys.ts';
import { bodyOf } from './pieces.ts';

/** Certainly nothing was sent. */
export class Unsent extends Error {
  readonly code: 'not_configured' | 'provider_unavailable';
  readonly retryAfterMs: number;
  constructor(code: Unsent['code'], retryAfterMs = 0) {
    super(code);
    this.code = code;
    this.retryAfterMs = retryAfterMs;
  }
}

const postDeadlineMs = 330_000;
const getDeadlineMs = 30_000;
const getTries = 3;

/** @throws Unsent for a path that could leave the origin or smuggle a second one. */
export function urlOf(origin: string, path: string): URL {
  const url = new URL(origin + path);
  if (!path.startsWith('/') || path.startsWith('//') || url.origin !== origin) {
    throw new Unsent('provider_unavailable');
  }
  return url;
}

/** One guarded request; every vendor's and AWS SDK's goes through here. */
export async function sendOnce(vendor: Vendor, url: URL, init: RequestInit): Promise<Response> {
  const wait = admit(vendor, Date.now());
  if (wait > 0) throw new Unsent('provider_unavailable', wait);
  try {
    const deadline = init.method === 'GET' ? getDeadlineMs : postDeadlineMs;
    const signal = AbortSignal.timeout(deadline);
    const response = await fetch(url, { ...init, redirect: 'manual', signal });
    if (response.status >= 500) failed(vendor, Date.now());
    else succeeded(vendor);
    return response;
  } catch (error) {
    failed(vendor, Date.now());
    throw error;
  }
}

async function getWithRetries(vendor: Vendor, url: URL, init: RequestInit): Promise<Response> {
  for (let attempt = 1; ; attempt += 1) {
    const last = attempt >= getTries;
    try {
      const response = await sendOnce(vendor, url, init);
      if (response.status < 500 || last || !mayRetry(vendor, Date.now())) return response;
      await response.body?.cancel();
    } catch (error) {
      if (error instanceof Unsent || last || !mayRetry(vendor, Date.now())) throw error;
    }
    await scheduler.wait(100 + Math.random() * 250 * 2 ** attempt);
  }
}

export interface TrackedWire extends Wire {
  /** True from the moment a body left. */
  posted(): boolean;
  markPosted(left: boolean): void;
}

export function wireTo(env: Env, vendor: Vendor, settings: VendorSettings): TrackedWire {
  let posted = false;
  return {
    settings,
    sink: new Spool(env),
    posted: () => posted,
    markPosted(left) {
      posted = left;
    },
    async ask(ask: Ask): Promise<Response> {
      const host: HostName = ask.host === undefined ? vendor : 'bflRegion';
      const origin = originOf(env, host, ask.host);
      const key = vendor === 'bedrock' ? null : keyHeaders(env, vendor);
      if (origin === null || key === null) throw new Unsent('not_configured');
      const url = urlOf(origin, ask.path);
      const headers = { ...ask.headers, ...key };
      const body = typeof ask.body === 'object' ? bodyOf(ask.body) : (ask.body ?? null);
      const init: RequestInit = { method: ask.method, headers, body };
      if (ask.method === 'GET') return getWithRetries(vendor, url, init);
      const waiting = sendOnce(vendor, url, init);
      posted = true;
      try {
        return await waiting;
      } catch (error) {
        if (error instanceof Unsent) posted = false;
        throw error;
      }
    },
  };
}
