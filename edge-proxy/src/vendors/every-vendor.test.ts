import { describe, expect, it } from 'vitest';
import type { GenerationRequest } from '../../contract.ts';
import { catalogue } from '../catalogue/catalogue.ts';
import { call, control, generate, upload } from '../testing/client.ts';
import { writeGrey } from '../testing/png.ts';

const side = 512;

async function grey(level: (x: number, y: number) => number): Promise<Uint8Array<ArrayBuffer>> {
  const levels = new Uint8Array(side * side);
  for (let i = 0; i < levels.length; i += 1) levels[i] = level(i % side, Math.floor(i / side));
  return writeGrey({ width: side, height: side, levels });
}

const words: Readonly<Record<string, string>> = {
  search_prompt: 'the kite',
  select_prompt: 'the kite',
};

/** A request that fills what the row asks for and nothing else. */
async function requestFor(id: string): Promise<GenerationRequest> {
  const model = catalogue.find((row) => row.id === id)!;
  const task = model.tasks[0]!;
  const inputs =
    task === 'edit' || task === 'inpaint' ? Math.max(1, model.inputs.min) : model.inputs.min;
  const picture = inputs > 0 ? await upload(await grey((x) => x % 256)) : '';
  const mask =
    model.mask === 'required' ? await upload(await grey((x) => (x < 200 ? 255 : 0))) : '';
  const needed = Object.keys(model.parameters).filter((name) => name in words);
  return {
    model: id,
    task,
    ...(model.promptMaxLength > 0 && { prompt: 'a red kite over dunes' }),
    ...(inputs > 0 && { inputs: Array.from({ length: inputs }, () => picture) }),
    ...(mask !== '' && { mask }),
    parameters: {
      ...Object.fromEntries(needed.map((name) => [name, words[name]!])),
      ...(id.endsWith('outpaint') && { left: 100 }),
    },
  };
}

const alive = catalogue.filter((row) => row.status !== 'retired' && row.output !== 'text');

/** What is wrong with one model's call; empty when it went as it should. */
async function tryModel(id: string): Promise<string[]> {
  const { generation, error } = await generate(await requestFor(id), { wait: 45 });
  if (error !== undefined) return [`${id}: ${JSON.stringify(error)}`];
  if (generation.state !== 'succeeded' || generation.payment !== 'settled') {
    return [
      `${id}: ${generation.state}, ${generation.payment}, ${JSON.stringify(generation.error)}`,
    ];
  }
  const wrong =
    generation.settledMicros > generation.reservedMicros ? ['settled above reserved'] : [];
  for (const output of generation.outputs) {
    const bytes = await (await call(output.url)).arrayBuffer();
    if (bytes.byteLength !== output.bytes || output.bytes === 0) wrong.push('wrong bytes');
  }
  return wrong.map((what) => `${id}: ${what}`);
}

describe('every living model', () => {
  it('takes a call, is refused nothing, and delivers', { timeout: 90_000 }, async () => {
    await control.reset();
    const wrong: string[] = [];
    const left = [...alive];
    const lane = async (): Promise<void> => {
      for (let row = left.pop(); row !== undefined; row = left.pop()) {
        wrong.push(...(await tryModel(row.id)));
      }
    };
    await Promise.all(Array.from({ length: 12 }, lane));
    const refused = (await control.requests()).filter((r) => (r.status ?? 500) >= 400);
    const told = refused.map((r) => `${r.host} ${r.url} ${r.status} ${r.bodyText.slice(0, 200)}`);
    expect([...wrong, ...told]).toEqual([]);
    const charges = await control.charges();
    expect(charges.filter((charge) => charge.voided === null)).toHaveLength(alive.length);
  });
});
