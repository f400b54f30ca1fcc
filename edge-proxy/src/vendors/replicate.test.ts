import { beforeEach, describe, expect, it } from 'vitest';
import { call, control, generate } from '../testing/client.ts';

const request = { model: 'replicate-nano-banana-2', task: 'create', prompt: 'a red kite' } as const;

describe('Replicate', () => {
  beforeEach(() => control.reset());

  it('makes a picture and settles what the vendor charged', async () => {
    const { status, generation } = await generate(request);
    expect(status).toBe(202);
    expect(generation).toMatchObject({ state: 'succeeded', payment: 'settled' });
    expect(generation.settledMicros).toBe(await control.total('replicate'));
    const output = await call(generation.outputs[0]!.url);
    expect(output.headers.get('content-type')).toBe('image/png');
    expect((await output.arrayBuffer()).byteLength).toBe(generation.outputs[0]!.bytes);
  });
});
