import { createScheduledController, runInDurableObject } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { beforeEach, describe, expect, it } from 'vitest';
import { resetBreakers } from '../http/breaker.ts';
import worker from '../index.ts';
import { call, control, generate, upload } from '../testing/client.ts';
import { writeGrey } from '../testing/png.ts';
import { expireFiles } from './expire.ts';

const day = 86_400_000;
const replicate = { model: 'replicate-qwen-image', task: 'create', prompt: 'a kite' } as const;

const keys = async (prefix: string): Promise<string[]> =>
  (await env.FILES.list({ prefix })).objects.map(({ key }) => key);

beforeEach(async () => {
  await control.reset();
  resetBreakers();
});

describe('results', () => {
  it('outlive the vendor’s own copy', async () => {
    const { generation } = await generate(replicate);
    const [output] = generation.outputs;
    const before = await (await call(output!.url)).arrayBuffer();
    await control.expireOutputs();
    const after = await call(output!.url);
    expect(new Uint8Array(await after.arrayBuffer())).toEqual(new Uint8Array(before));
    expect(after.headers.get('content-type')).toBe(output!.type);
  });

  it('and uploads go when their time is over, and not before', async () => {
    const { generation } = await generate(replicate);
    const grey = { width: 64, height: 64, levels: new Uint8Array(64 * 64) };
    const id = await upload(await writeGrey(grey));
    await env.FILES.put('spool/left-behind', 'x');
    const settings = { ...env, RESULT_DAYS: '3' } as Env;
    const result = `results/${generation.id}/0`;

    await expireFiles(settings, Date.now() + day - 60_000);
    expect(await keys('uploads/')).toContain(`uploads/${id}`);
    expect(await keys('spool/')).toEqual(['spool/left-behind']);

    await expireFiles(settings, Date.now() + day + 60_000);
    expect([await keys('uploads/'), await keys('spool/')]).toEqual([[], []]);
    expect(await keys('results/')).toContain(result);

    await expireFiles(settings, Date.now() + 3 * day + 60_000);
    expect(await keys('results/')).toEqual([]);
    const gone = await call(generation.outputs[0]!.url);
    expect([gone.status, ((await gone.json()) as { error: { code: string } }).error.code]).toEqual([
      404,
      'not_found',
    ]);
  });

  it('are looked after by the daily job', async () => {
    const { generation } = await generate(replicate);
    const daily = createScheduledController({ cron: '17 4 * * *' });
    await worker.scheduled(daily, { ...env, RESULT_DAYS: '30' });
    expect(await keys('results/')).toContain(`results/${generation.id}/0`);
  });
});

describe('feedback', () => {
  const stored = (): Promise<unknown[]> =>
    runInDurableObject(env.HOUSE.getByName('house'), (_object, { storage }) =>
      storage.sql.exec('SELECT subject, text, page FROM feedback').toArray(),
    );

  it('is stored with who wrote it and where', async () => {
    const json = { text: '  More kites, please.  ', page: '/edit' };
    expect((await call('/api/feedback', { method: 'POST', json })).status).toBe(204);
    expect(await stored()).toContainEqual({
      subject: 'local',
      text: 'More kites, please.',
      page: '/edit',
    });
  });

  it.each(['', '   ', 'x'.repeat(5001)])(
    'is refused when it says nothing or too much',
    async (text) => {
      const before = await stored();
      const answer = await call('/api/feedback', { method: 'POST', json: { text } });
      expect(answer.status).toBe(422);
      expect(await stored()).toEqual(before);
    },
  );
});
