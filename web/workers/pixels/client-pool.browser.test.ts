import { afterEach, expect, test } from 'vitest';
import { DEFAULT_LIMITS } from '../../core/dataset/limits.ts';
import { NEUTRAL_EDITS } from '../../core/edits/edits.ts';
import { fullMask } from '../../core/mask/mask.ts';
import { loadWasmInBrowser } from '../../files/codecs/browser-wasm.ts';
import { createCodecs } from '../../files/codecs/codecs.ts';
import { gradient } from '../../files/testing/pictures.ts';
import type { PixelsClient } from './client.ts';
import { createPixelsPool } from './client-pool.ts';
import type { PhotoSource, VariantRequest } from './contract.ts';

const codecs = createCodecs(loadWasmInBrowser);
const open: PixelsClient[] = [];

/** A pool that counts its workers. */
function pool(workers: number) {
  const started: Worker[] = [];
  const pixels = createPixelsPool(workers, () => {
    const worker = new Worker(new URL('./pixels.worker.ts', import.meta.url), { type: 'module' });
    started.push(worker);
    return worker;
  });
  open.push(pixels);
  return { pixels, started };
}

afterEach(() => {
  for (const made of open.splice(0)) made.dispose();
});

async function photo(width: number, height = 60): Promise<PhotoSource> {
  const blob = new Blob([await codecs.png.encode(gradient(width, height))]);
  return { hash: `${width} ${height}`, blob };
}

function request(source: PhotoSource): VariantRequest {
  const [width, height] = source.hash.split(' ').map(Number);
  const mask = fullMask(width, height);
  const edits = { ...NEUTRAL_EDITS, noise: 0.1, sharpen: 1, hue: 20 };
  return {
    source,
    layers: [{ mask, edits, componentId: 'c' }],
    mask,
    format: 'png',
    quality: 88,
    effort: 'balanced',
    maxSide: null,
  };
}

test('one and three workers, in either order, make the same bytes', async () => {
  const photos = await Promise.all([80, 90, 100, 110, 120, 130].map((width) => photo(width)));
  const hashes = async (workers: number, order: readonly PhotoSource[]) => {
    const { pixels, started } = pool(workers);
    const made = await Promise.all(order.map((source) => pixels.variant(request(source))));
    expect(started).toHaveLength(workers);
    return new Map(
      made.map((one, i) => [
        order[i].hash,
        one.ok ? `${one.value.imageSha256} ${one.value.maskSha256}` : one.problem.kind,
      ]),
    );
  };
  const alone = await hashes(1, photos);
  const together = await hashes(3, photos.toReversed());
  expect([...together.keys()]).toEqual([...alone.keys()].toReversed());
  for (const [hash, bytes] of alone) expect(together.get(hash)).toBe(bytes);
});

test('workers start when they are needed, and a photo stays with the one that has it', async () => {
  const { pixels, started } = pool(4);
  expect(started).toHaveLength(0);
  const source = await photo(80);
  const inspected = await pixels.inspect('a.png', source.blob, DEFAULT_LIMITS);
  if (!inspected.ok) throw new Error(inspected.problem.kind);
  const known = { hash: inspected.value.sha256, blob: source.blob };
  await pixels.modelInput(known, 64);
  await pixels.bitmap(known, 64);
  expect(started).toHaveLength(1);
  await Promise.all([pixels.variant(request(await photo(90))), pixels.modelInput(known, 64)]);
  expect(started).toHaveLength(2);
});

test('one worker that dies takes only its own work with it', async () => {
  const { pixels, started } = pool(2);
  const photos = await Promise.all([80, 90].map((width) => photo(width)));
  await Promise.all(photos.map((source) => pixels.modelInput(source, 64)));
  const answers = photos.map((source) => pixels.variant(request(source)));
  started[0].dispatchEvent(new Event('error'));
  const kinds = (await Promise.all(answers)).map((one) => (one.ok ? 'made' : one.problem.kind));
  expect(kinds.sort()).toEqual(['made', 'worker-crashed']);
  const again = await Promise.all(photos.map((source) => pixels.variant(request(source))));
  expect(again.map(({ ok }) => ok)).toEqual([true, true]);
});
