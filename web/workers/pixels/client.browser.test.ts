import { afterEach, describe, expect, test } from 'vitest';
import { DEFAULT_LIMITS } from '../../core/dataset/limits.ts';
import { NEUTRAL_EDITS } from '../../core/edits/edits.ts';
import { fullMask } from '../../core/mask/mask.ts';
import { loadWasmInBrowser } from '../../files/codecs/browser-wasm.ts';
import { createCodecs } from '../../files/codecs/codecs.ts';
import { gradient } from '../../files/testing/pictures.ts';
import { createPixelsClient, type PixelsClient } from './client.ts';
import type { PhotoSource } from './contract.ts';

const codecs = createCodecs(loadWasmInBrowser);
const open: PixelsClient[] = [];

function client(start?: () => Worker, patience?: number): PixelsClient {
  const made = createPixelsClient(start, patience);
  open.push(made);
  return made;
}

afterEach(() => {
  for (const made of open.splice(0)) made.dispose();
});

async function photo(width: number, height: number): Promise<PhotoSource> {
  const blob = new Blob([await codecs.png.encode(gradient(width, height))]);
  return { hash: `${width} ${height}`, blob };
}

describe('the pixels worker in a browser', () => {
  test('inspects a file and refuses what is none', async () => {
    const pixels = client();
    const { blob } = await photo(400, 300);
    const found = await pixels.inspect('a.png', blob, DEFAULT_LIMITS);
    expect(found).toMatchObject({ ok: true, value: { width: 400, height: 300, format: 'png' } });
    if (!found.ok) return;
    const thumbnail = await createImageBitmap(found.value.thumbnail);
    expect([thumbnail.width, thumbnail.height]).toEqual([320, 240]);
    expect(await pixels.inspect('a.png', new Blob(['text']), DEFAULT_LIMITS)).toEqual({
      ok: false,
      problem: { kind: 'not-an-image', found: 'text' },
    });
  });

  test('hands over pictures to show and pixels for the model', async () => {
    const pixels = client();
    const source = await photo(400, 300);
    const shown = await pixels.bitmap(source, 200);
    expect(shown).toMatchObject({ ok: true, value: { width: 400, height: 300 } });
    if (shown.ok) expect(shown.value.bitmap.width).toBe(200);
    const input = await pixels.modelInput(source, 1024);
    expect(input).toMatchObject({ ok: true, value: { width: 1024, height: 768 } });
    if (input.ok) expect(input.value.data.length).toBe(1024 * 768 * 4);
  });

  test('of a burst of previews only the newest is made', async () => {
    const pixels = client();
    const source = await photo(400, 300);
    const mask = fullMask(400, 300);
    // The worker starts with the first call, so all of them wait for it when it comes to look.
    const answers = await Promise.all(
      [0.1, 0.2, 0.3, 0.4, 0.5].map((brightness) =>
        pixels.preview(
          source,
          [{ mask, edits: { ...NEUTRAL_EDITS, brightness }, componentId: 'a' }],
          400,
        ),
      ),
    );
    expect(answers.at(-1)).toMatchObject({ ok: true });
    expect(answers.slice(0, -1).every((answer) => !answer.ok)).toBe(true);
  });
});

describe('a worker that dies', () => {
  const broken = () => {
    const url = URL.createObjectURL(new Blob(['throw new Error("dead on arrival")']));
    const worker = new Worker(url);
    // The death is the point of the test, not an error of it.
    worker.addEventListener('error', (event) => event.preventDefault());
    return worker;
  };

  test('answers every open call, and the next call gets a new worker', async () => {
    let starts = 0;
    const pixels = client(() => {
      starts += 1;
      return starts === 1
        ? broken()
        : new Worker(new URL('./pixels.worker.ts', import.meta.url), { type: 'module' });
    });
    const source = await photo(20, 10);
    const first = await Promise.all([pixels.bitmap(source, 20), pixels.modelInput(source, 20)]);
    const crashed = { ok: false, problem: { kind: 'worker-crashed' } };
    expect(first).toEqual([crashed, crashed]);
    expect(await pixels.bitmap(source, 20)).toMatchObject({ ok: true });
    expect(starts).toBe(2);
  });

  test('disposing answers open calls too', async () => {
    const pixels = client();
    const asked = pixels.bitmap(await photo(20, 10), 20);
    pixels.dispose();
    expect(await asked).toEqual({ ok: false, problem: { kind: 'worker-crashed' } });
  });
});

test('a file that keeps its worker busy is given up, and the next one gets another', async () => {
  const { blob } = await photo(40, 30);
  let isFirst = true;
  const start = () => {
    const stuck = URL.createObjectURL(new Blob(['for (;;);'], { type: 'text/javascript' }));
    const own = new URL('./pixels.worker.ts', import.meta.url);
    const worker = isFirst ? new Worker(stuck) : new Worker(own, { type: 'module' });
    isFirst = false;
    return worker;
  };
  const pixels = client(start, 5000);
  expect(await pixels.inspect('bomb.png', blob, DEFAULT_LIMITS)).toEqual({
    ok: false,
    problem: { kind: 'worker-crashed' },
  });
  expect(await pixels.inspect('a.png', blob, DEFAULT_LIMITS)).toMatchObject({ ok: true });
});
