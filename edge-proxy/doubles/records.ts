import { createHash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { Credentials, HostName } from './types.ts';

/** A credential or planted canary that reached a host. */
interface Sighting {
  name: string;
  where: 'header' | 'url' | 'body';
  /** Header name in lower case; null elsewhere. */
  header: string | null;
}

/** A request as tests may see it: every known secret is replaced by its name in angle brackets. */
export interface RequestRecord {
  n: number;
  host: HostName;
  method: string;
  /** Path and query. */
  url: string;
  headers: Record<string, string>;
  bodyBytes: number;
  bodySha256: string;
  /** First 4,096 characters when the body is JSON, a form or text; empty for binary bodies. */
  bodyText: string;
  sightings: Sighting[];
  /** Status answered, or null when the connection was dropped. */
  status: number | null;
  /** True when the call was charged. */
  charged: boolean;
}

export interface RecordBook {
  add(
    host: HostName,
    method: string,
    url: string,
    headers: IncomingHttpHeaders,
    body: Buffer,
  ): RequestRecord;
  list(host?: HostName): RequestRecord[];
  /** Hosts that were shown the named credential or canary, each once. */
  hostsThatSaw(name: string): HostName[];
  clear(): void;
}

const TEXT_TYPES = /json|text|x-www-form-urlencoded/;

/** @param canaries further named strings to look for (session tokens, prompts …). */
export function createRecordBook(
  credentials: Credentials,
  canaries: Readonly<Record<string, string>>,
): RecordBook {
  const secrets = Object.entries({ ...credentials, ...canaries }).filter(([, v]) => v !== '');
  const needles = secrets.map(([name, value]) => ({ name, value, raw: Buffer.from(value) }));
  const redact = (text: string): string =>
    needles.reduce((t, s) => t.replaceAll(s.value, `<${s.name}>`), text);
  let records: RequestRecord[] = [];
  let next = 1;
  return {
    add(host, method, url, headers, body) {
      const sightings: Sighting[] = [];
      const shown: Record<string, string> = {};
      for (const [name, value] of Object.entries(headers)) {
        const text = Array.isArray(value) ? value.join(', ') : (value ?? '');
        for (const s of needles)
          if (text.includes(s.value))
            sightings.push({ name: s.name, where: 'header', header: name });
        shown[name] = redact(text);
      }
      for (const s of needles) {
        if (url.includes(s.value) || url.includes(encodeURIComponent(s.value)))
          sightings.push({ name: s.name, where: 'url', header: null });
        if (body.includes(s.raw)) sightings.push({ name: s.name, where: 'body', header: null });
      }
      const readable = TEXT_TYPES.test(headers['content-type'] ?? '');
      const record: RequestRecord = {
        n: next++,
        host,
        method,
        url: redact(url),
        headers: shown,
        bodyBytes: body.length,
        bodySha256: createHash('sha256').update(body).digest('hex'),
        bodyText: readable ? redact(body.toString('utf8')).slice(0, 4096) : '',
        sightings,
        status: null,
        charged: false,
      };
      records.push(record);
      return record;
    },
    list: (host) => records.filter((r) => host === undefined || r.host === host),
    hostsThatSaw: (name) => [
      ...new Set(
        records.filter((r) => r.sightings.some((s) => s.name === name)).map((r) => r.host),
      ),
    ],
    clear() {
      records = [];
    },
  };
}
