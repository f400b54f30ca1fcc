import { randomBytes } from 'node:crypto';
import { bytes, text } from './reply.ts';
import type { Double, HostName, Reply, World } from './types.ts';

interface Stored {
  type: string;
  body: Buffer;
  expiresAt: number;
}

/** Files behind result links; each link dies after its vendor's lifetime. */
export interface OutputStore {
  /** Keeps `body` at `origin + prefix + random + name` and answers that address. */
  put(file: {
    host: HostName;
    name: string;
    type: string;
    body: Buffer;
    lifetimeMs: number;
    /** Path before the random part; must start and end with `/`. */
    prefix?: string;
    /** Query of the link; part of its address as a signature is. */
    query?: string;
  }): string;
  /** The file at this host, path and query; null when unknown, `expired` when too late. */
  find(host: HostName, rawUrl: string): { type: string; body: Buffer } | 'expired' | null;
  expireAll(): void;
  clear(): void;
}

export function createOutputStore(
  origin: (host: HostName) => string,
  now: () => number,
): OutputStore {
  const files = new Map<string, Stored>();
  return {
    put({ host, name, type, body, lifetimeMs, prefix = '/', query }) {
      const path = `${prefix}${randomBytes(12).toString('hex')}/${name}${query ? `?${query}` : ''}`;
      files.set(`${host}${path}`, { type, body, expiresAt: now() + lifetimeMs });
      return origin(host) + path;
    },
    find(host, rawUrl) {
      const file = files.get(`${host}${rawUrl}`);
      if (!file) return null;
      return file.expiresAt > now() ? { type: file.type, body: file.body } : 'expired';
    },
    expireAll() {
      for (const file of files.values()) file.expiresAt = Number.NEGATIVE_INFINITY;
    },
    clear() {
      files.clear();
    },
  };
}

/** How a delivery host words a dead or foreign link. */
interface LinkRefusals {
  unknown: number;
  expired: number;
}

/** A read-only host of result files with byte ranges, as object stores answer them. */
export function createDeliveryHost(
  world: World,
  host: HostName,
  refusals: LinkRefusals,
  admits: (authorization: string | undefined) => boolean = () => true,
): Double {
  const refuse = (status: number): Reply => text(status, `status ${status}`);
  return {
    refuse,
    handle(call) {
      if (call.method !== 'GET' && call.method !== 'HEAD') return refuse(405);
      if (!admits(call.headers.authorization)) return refuse(401);
      const file = world.outputs.find(host, call.rawUrl);
      if (file === null) return refuse(refusals.unknown);
      if (file === 'expired') return refuse(refusals.expired);
      const range = /^bytes=(\d+)-(\d*)$/.exec(call.headers.range ?? '');
      if (!range) return bytes(200, file.type, file.body);
      const from = Number(range[1]);
      const to = Math.min(
        range[2] === '' ? file.body.length - 1 : Number(range[2]),
        file.body.length - 1,
      );
      if (from > to) return refuse(416);
      return bytes(206, file.type, file.body.subarray(from, to + 1), {
        'content-range': `bytes ${from}-${to}/${file.body.length}`,
      });
    },
  };
}
