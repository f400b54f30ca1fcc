import { env } from 'cloudflare:workers';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { vendors } from '../../contract.ts';
import { keepResults } from '../results/keep.ts';
import { control } from '../testing/client.ts';
import { originOf, resultUrl } from './hosts.ts';
import { urlOf } from './wire.ts';

const live = { ...env, LOOPBACK_HOSTS: '' } as Env;

/** Spellings that have fooled allow-lists before, around a host that is on the list. */
function spellings(good: string, evil: string): string[] {
  const encoded = [...evil].map((c) => `%${c.charCodeAt(0).toString(16)}`).join('');
  return [
    `https://${good}.${evil}/x`,
    `https://${good}@${evil}/x`,
    `https://${evil}#@${good}/x`,
    `https://${evil}?@${good}/x`,
    `https://${evil}/${good}/x`,
    `https://${evil}\\@${good}/x`,
    `https:${evil}/x`,
    `https:///${evil}/x`,
    `https:\\\\${evil}\\x`,
    `http://${good}/x`,
    `ftp://${good}/x`,
    `//${evil}/x`,
    `https://${good}:8443/x`,
    `https://user:pw@${good}/x`,
    `https://${good}%00.${evil}/x`,
    `https://${good}%2f@${evil}/x`,
    `https://${good}\t.${evil}/x`,
    `https://${good}\n/x`,
    ` https://${good}/x`,
    `https://${encoded}/x`,
    `https://x${good}/x`,
    `https://${good}x/x`,
    `https://${good}./x`,
    `https://${good.toUpperCase()}/x`,
    `https://${good.replace('.', '。')}/x`,
    `javascript:fetch('https://${good}/')`,
    `data:text/html,${good}`,
    `file:///${good}/x`,
  ];
}

const evils = [
  ...['evil.test', '127.0.0.1', '2130706433', '0x7f.1', '0177.0.0.1', '[::1]', '169.254.169.254'],
  ...['[::ffff:169.254.169.254]', '10.0.0.1', 'localhost', 'metadata.google.internal'],
];
const goods = [
  ...['replicate.delivery', 'bfldeliveryprod.blob.core.windows.net', 'bfl.ai'],
  ...['img.recraft.ai', 'generativelanguage.googleapis.com'],
];

describe('where requests may go', () => {
  it('opens nothing for a thousand hostile spellings', async () => {
    await control.reset();
    const hostile = goods.flatMap((good) => evils.flatMap((evil) => spellings(good, evil)));
    expect(hostile.length).toBeGreaterThan(1000);
    const real = globalThis.fetch;
    let opened = 0;
    globalThis.fetch = (...given) => {
      opened += 1;
      return real(...given);
    };
    try {
      for (const [i, url] of hostile.entries()) {
        const vendor = vendors[i % vendors.length]!;
        expect(resultUrl(live, vendor, url), url).toBeNull();
        const kept = keepResults(live, vendor, crypto.randomUUID(), [{ at: 'url', url }]);
        await expect(kept).rejects.toThrow();
      }
    } finally {
      globalThis.fetch = real;
    }
    expect(opened).toBe(0);
  });

  it('fetches results of a vendor from that vendor’s own hosts only', () => {
    expect(resultUrl(live, 'replicate', 'https://x.replicate.delivery/a/out.png')).not.toBeNull();
    expect(resultUrl(live, 'bfl', 'https://x.replicate.delivery/a/out.png')).toBeNull();
    expect(resultUrl(live, 'openai', 'https://api.openai.com/v1/files/x')).toBeNull();
  });

  it('does not follow a result that redirects', async () => {
    await control.reset();
    await control.fault({
      host: 'replicateDelivery',
      times: 0,
      fault: { kind: 'redirect', status: 302, to: `${env.OUTSIDE}/steal` },
    });
    const { replicateResults } = JSON.parse(env.LOOPBACK_HOSTS!) as { replicateResults: string };
    const source = { at: 'url', url: `${replicateResults}/x.png` } as const;
    await expect(keepResults(env, 'replicate', crypto.randomUUID(), [source])).rejects.toThrow();
    expect(await control.requests('outside')).toHaveLength(0);
  });

  it('lets only loopback addresses replace a host', () => {
    fc.assert(
      fc.property(fc.webUrl(), (url) => {
        const replaced = {
          ...env,
          LOOPBACK_HOSTS: JSON.stringify({ openai: new URL(url).origin }),
        };
        expect(originOf(replaced as Env, 'openai')).toBe('https://api.openai.com');
      }),
    );
  });

  it('never leaves the origin, whatever the path', () => {
    fc.assert(
      fc.property(fc.string(), (path) => {
        let url: URL;
        try {
          url = urlOf('https://api.openai.com', path);
        } catch {
          return;
        }
        expect(url.origin).toBe('https://api.openai.com');
      }),
    );
  });
});
