import { TIER_GRIDS, type Tier } from '../../web/core/segmentation/tiers.ts';
import { createOverlay } from '../../web/ui/canvas/overlay.ts';
import { createDecoderClient, type DecoderClient } from '../../web/workers/decoder/client.ts';
import { createEncoderClient } from '../../web/workers/encoder/client.ts';
import { connectWorkers } from '../../web/workers/engine/connect.ts';
import { engineSource } from '../../web/workers/engine/source.ts';
import { createPixelsClient } from '../../web/workers/pixels/client.ts';
import { openBare } from './bare.ts';

/** What a phone takes, and a large window on a laptop. */
const PHOTO = { width: 4000, height: 3000 };
const VIEW = { width: 1280, height: 960 };
/** Against the padded reference, which the bars are about. */
const TIER: Tier = 'reference';

/** Milliseconds of every round; medians are taken by whoever asks. */
export interface PathTimes {
  readonly encodePath: readonly number[];
  readonly encodeBare: readonly number[];
  readonly clickPath: readonly number[];
  readonly decodeBare: readonly number[];
  readonly reopenPath: readonly number[];
  readonly threads: number;
}

async function largeJpeg(): Promise<Blob> {
  const sample = await createImageBitmap(await (await fetch('/samples/cow.jpg')).blob());
  const canvas = new OffscreenCanvas(PHOTO.width, PHOTO.height);
  canvas.getContext('2d')?.drawImage(sample, 0, 0, PHOTO.width, PHOTO.height);
  return canvas.convertToBlob({ type: 'image/jpeg', quality: 0.9 });
}

async function timed(job: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await job();
  return performance.now() - begun;
}

/** From a click to a picture that can be drawn, as the app does it. */
async function showMask(decoder: DecoderClient, photo: string, x: number): Promise<void> {
  const reply = await decoder.segment({
    photo,
    size: PHOTO,
    tier: TIER,
    prompts: { points: [{ x, y: 1500, include: true }], box: null },
    kind: 'click',
  });
  if (reply.kind !== 'segmented') throw new Error(reply.kind);
  const mask = await decoder.viewMask(reply.answer, reply.chosen, VIEW);
  if (!mask.ok) throw new Error(mask.problem.kind);
  (await createOverlay(mask.value, [0, 120, 255]))?.bitmap.close();
}

async function measure(rounds: number): Promise<PathTimes> {
  const source = engineSource();
  const pixels = createPixelsClient();
  const encoder = createEncoderClient();
  const decoder = createDecoderClient();
  await connectWorkers(encoder, decoder);
  const report = await encoder.prepare(source, () => {});
  if (!report.ok) throw new Error(report.problem.kind);
  await decoder.prepare(source, () => {});
  const bareEncoder = await openBare(source, 'encoder');
  const bareDecoder = await openBare(source, 'decoder');

  const blob = await largeJpeg();
  const photos = Array.from({ length: rounds + 1 }, (_, i) => String(i).padStart(64, '0'));
  const encodePath: number[] = [];
  const encodeBare: number[] = [];
  for (const [round, hash] of photos.entries()) {
    await pixels.release();
    const path = await timed(async () => {
      const input = await pixels.modelInput({ hash, blob }, TIER_GRIDS[TIER].longSide);
      if (!input.ok) throw new Error(input.problem.kind);
      const reply = await encoder.encode({
        photo: hash,
        size: PHOTO,
        tier: TIER,
        input: input.value,
      });
      if (reply.kind !== 'encoded') throw new Error(reply.kind);
    });
    const bare = await bareEncoder.bare.time();
    // The first round warms caches and compilers.
    if (round > 0) {
      encodePath.push(path);
      encodeBare.push(bare);
    }
  }

  const clickPath: number[] = [];
  const decodeBare: number[] = [];
  for (let round = 0; round <= rounds * 3; round++) {
    // Another place each time, so that no answer is remembered.
    const path = await timed(() => showMask(decoder, photos[0], 1500 + 10 * round));
    const bare = await bareDecoder.bare.time();
    if (round > 0) {
      clickPath.push(path);
      decodeBare.push(bare);
    }
  }

  // A page opened anew: nothing in memory, embeddings on the device.
  decoder.dispose();
  const reopened = createDecoderClient();
  await connectWorkers(createEncoderClient(), reopened);
  await reopened.prepare(source, () => {});
  const reopenPath: number[] = [];
  for (const [round, hash] of photos.entries()) {
    const path = await timed(() => showMask(reopened, hash, 2000));
    if (round > 0) reopenPath.push(path);
  }
  return {
    encodePath,
    encodeBare,
    clickPath,
    decodeBare,
    reopenPath,
    threads: report.value.threads,
  };
}

Object.assign(globalThis, { measure });
