import { env } from 'cloudflare:workers';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { catalogue } from '../catalogue/catalogue.ts';
import { call, control, generate } from '../testing/client.ts';
import { resetBreakers } from './breaker.ts';

const secrets = [
  ...[env.REPLICATE_API_TOKEN, env.OPENAI_API_KEY, env.GEMINI_API_KEY, env.STABILITY_API_KEY],
  ...[env.BFL_API_KEY, env.BFL_WEBHOOK_SECRET, env.RECRAFT_API_TOKEN, env.AWS_SECRET_ACCESS_KEY],
  ...[env.SELF_HOSTED_KEY, env.SELF_HOSTED_SECRET, env.SELF_HOSTED_WEBHOOK_SECRET],
] as string[];
const prompt = 'canary prompt 7f3a1c';

/** One model of each vendor that takes only words. */
const models = [
  'replicate',
  'openai',
  'gemini',
  'stability',
  'bedrock',
  'bfl',
  'recraft',
  'self-hosted',
].map(
  (vendor) =>
    catalogue.find(
      (row) => row.vendor === vendor && row.status === 'active' && row.tasks.includes('create'),
    )!,
);

const logged: string[] = [];
const answers: string[] = [];

async function remember(response: Response): Promise<void> {
  answers.push(JSON.stringify([...response.headers]), await response.text());
}

describe('keys', () => {
  beforeAll(async () => {
    await control.reset();
    for (const level of ['log', 'info', 'warn', 'error', 'debug'] as const) {
      vi.spyOn(console, level).mockImplementation((...line) => {
        logged.push(line.map(String).join(' '));
      });
    }
    for (const status of [null, 400, 401, 402, 403, 404, 422, 429, 500] as const) {
      resetBreakers();
      await control.clearFaults();
      if (status !== null) {
        for (const host of [
          'replicate',
          'openai',
          'gemini',
          'stability',
          'bedrock',
          'bfl',
          'recraft',
          'modal',
        ] as const) {
          await control.fault({
            host,
            method: 'POST',
            times: 0,
            fault: { kind: 'status', when: 'before', status },
          });
        }
      }
      const wait = status === null ? 15 : 1;
      await Promise.all(
        models.map(async ({ id }) => {
          const made = await generate({ model: id, task: 'create', prompt }, { wait });
          answers.push(JSON.stringify(made));
        }),
      );
    }
    for (const path of ['/api/health', '/api/models', '/api/usage', '/api/generations', '/api/x']) {
      await remember(await call(path));
    }
  }, 90_000);
  afterAll(() => {
    vi.restoreAllMocks();
  });

  it('appear in no answer and in no line of the log', () => {
    const all = [...answers, ...logged].join('\n');
    for (const secret of secrets) expect(all.includes(secret)).toBe(false);
    expect(all).toContain('provider_auth');
  });

  it('reach the host of their own vendor and no other', async () => {
    const owners: Record<string, string[]> = {
      replicate: ['replicate'],
      openai: ['openai'],
      gemini: ['gemini'],
      stability: ['stability'],
      bfl: ['bfl', 'bflRegion'],
      recraft: ['recraft'],
      modalKey: ['modal'],
      modalSecret: ['modal'],
      awsSecretAccessKey: [],
    };
    for (const [name, hosts] of Object.entries(owners)) {
      const seen = await control.hostsThatSaw(name);
      expect(
        seen.filter((host) => !hosts.includes(host)),
        name,
      ).toEqual([]);
      if (hosts.length > 0) expect(seen.length, name).toBeGreaterThan(0);
    }
  });

  it('prompts are in no line of the log, and vendor text in no answer', () => {
    expect(logged.join('\n')).not.toContain(prompt);
    const all = answers.join('\n');
    for (const words of ['insufficient credit', 'Incorrect API key', 'quota']) {
      expect(all).not.toContain(words);
    }
  });
});
