import { env } from 'cloudflare:workers';
import { beforeEach, describe, expect, it } from 'vitest';
import { resetBreakers } from '../http/breaker.ts';
import { call, control, generate, upload } from '../testing/client.ts';
import { writeGrey } from '../testing/png.ts';
import { forgetParts, partsOf, Spool } from './spool.ts';

const large = 3_400_000;
const words = { task: 'create', prompt: 'a red kite' } as const;

const spooled = async (): Promise<number> =>
  (await env.FILES.list({ prefix: 'spool/' })).objects.length;

/** A picture of 512 × 512 with bytes after its end, which vendors do not mind. */
async function largePicture(): Promise<Uint8Array<ArrayBuffer>> {
  const png = await writeGrey({ width: 512, height: 512, levels: new Uint8Array(512 * 512) });
  const bytes = new Uint8Array(large).map((_, i) => (i * i) % 251);
  bytes.set(png);
  return bytes;
}

beforeEach(async () => {
  await control.reset();
  resetBreakers();
});

describe('large results', () => {
  it.each([
    ['gpt-image-2', 2],
    ['gemini-3.1-flash-image', 1],
    ['bedrock-core', 1],
    ['self-hosted-qwen-image', 1],
    ['stability-core', 1],
  ])('of %s arrive whole and leave nothing behind', async (model, n) => {
    await control.setPictureBytes(large);
    const { generation } = await generate({
      ...{ model, ...words },
      ...(n > 1 && { parameters: { n } }),
    });
    expect(generation.state).toBe('succeeded');
    for (const { url, bytes, type } of generation.outputs) {
      expect([bytes, type.split('/')[0]]).toEqual([large, 'image']);
      const kept = await (await call(url)).arrayBuffer();
      expect(kept.byteLength).toBe(large);
    }
    expect(generation.outputs.length).toBe(n);
    expect(await spooled()).toBe(0);
  });

  it('of unknown length become one file again', async () => {
    const bytes = await largePicture();
    const file = await new Spool(env).take(new Response(bytes).body!);
    expect([file.bytes, [...file.head]]).toEqual([large, [0x89, 0x50, 0x4e, 0x47]]);
    expect(await spooled()).toBeGreaterThan(0);
    const whole = new Uint8Array(await new Response(partsOf(env, file)).arrayBuffer());
    expect(whole.length).toBe(large);
    expect(whole.findIndex((byte, i) => byte !== bytes[i])).toBe(-1);
    await forgetParts(env, file);
    expect(await spooled()).toBe(0);
    await expect(new Response(partsOf(env, file)).arrayBuffer()).rejects.toThrow();
  });
});

describe('large inputs', () => {
  it.each([
    ['self-hosted-qwen-image', 'modal', 'edit'],
    ['gemini-3.1-flash-image', 'gemini', 'edit'],
    ['bedrock-remove-background', 'bedrock', 'remove-background'],
    ['stability-remove-background', 'stability', 'remove-background'],
  ] as const)('reach %s whole, with their length stated', async (model, host, task) => {
    const inputs = [await upload(await largePicture())];
    const prompt = task === 'edit' ? { prompt: 'a red kite' } : {};
    const { generation } = await generate({ model, task, inputs, ...prompt });
    expect(generation.error).toBeUndefined();
    expect(generation.state).toBe('succeeded');
    const asked = (await control.requests(host)).find(({ method }) => method === 'POST')!;
    expect(asked.bodyBytes).toBeGreaterThan(large);
    expect(asked.headers['content-length']).toBe(String(asked.bodyBytes));
  });

  it('that are gone from the bucket are named, and nothing is sent', async () => {
    const id = await upload(await largePicture());
    await env.FILES.delete(`uploads/${id}`);
    const { generation } = await generate({
      model: 'self-hosted-qwen-image',
      task: 'edit',
      prompt: 'a red kite',
      inputs: [id],
    });
    expect(generation).toMatchObject({ state: 'failed', payment: 'released' });
    expect(generation.error).toMatchObject({ code: 'invalid_input', field: 'inputs' });
    expect(await control.requests('modal')).toEqual([]);
  });
});
