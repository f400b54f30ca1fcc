import { env } from 'cloudflare:workers';
import { beforeEach, describe, expect, it } from 'vitest';
import { control } from '../testing/client.ts';
import { admit, failed, mayRetry, resetBreakers, succeeded } from './breaker.ts';
import { Unsent, wireTo } from './wire.ts';

const settings = { region: 'us-west-2', webhookSecret: null };

describe('the breaker', () => {
  beforeEach(async () => {
    resetBreakers();
    await control.reset();
  });

  it('opens after five failures, lets one probe through, closes when it succeeds', () => {
    for (let n = 0; n < 5; n += 1) {
      expect(admit('v', 0)).toBe(0);
      failed('v', 0);
    }
    expect(admit('v', 1)).toBeGreaterThan(0);
    expect(admit('v', 30_001)).toBe(0);
    expect(admit('v', 30_001)).toBeGreaterThan(0);
    succeeded('v');
    expect(admit('v', 30_002)).toBe(0);
  });

  it('retries at most a tenth of the requests in a long outage that looks like slowness', () => {
    let retries = 0;
    for (let n = 0; n < 1000; n += 1) {
      admit('v', n);
      if (mayRetry('v', n)) retries += 1;
      succeeded('v');
    }
    expect((1000 + retries) / 1000).toBeLessThanOrEqual(1.1);
  });

  it('sends hardly more than was asked for while a vendor is down', async () => {
    await control.fault({
      host: 'replicate',
      times: 0,
      fault: { kind: 'status', when: 'before', status: 503 },
    });
    const wire = wireTo(env, 'replicate', settings);
    const asked = 200;
    let unsent = 0;
    for (let n = 0; n < asked; n += 1) {
      try {
        await (await wire.ask({ method: 'GET', path: '/v1/predictions/x' })).body?.cancel();
      } catch (error) {
        if (error instanceof Unsent) unsent += 1;
      }
    }
    const sent = (await control.requests('replicate')).length;
    expect(sent / asked).toBeLessThanOrEqual(1.1);
    expect(unsent).toBeGreaterThan(asked / 2);
  });

  it('repeats a GET that failed once', async () => {
    await control.fault({
      host: 'replicate',
      fault: { kind: 'status', when: 'before', status: 503 },
    });
    const wire = wireTo(env, 'replicate', settings);
    expect((await wire.ask({ method: 'GET', path: '/v1/account' })).status).toBe(200);
    expect(await control.requests('replicate')).toHaveLength(2);
  });
});
