import sharp from 'sharp';
import { ensureModels } from '../../models/derive.ts';
import { createNodeDecoder, createNodeEncoder } from '../../models/node-session.ts';
import { createRaster } from '../../web/core/raster/raster.ts';
import { resizeBilinear } from '../../web/core/raster/resize.ts';
import { chooseByLook } from '../../web/core/segmentation/choose.ts';
import { embedPhoto } from '../../web/core/segmentation/embed.ts';
import { candidateLogits } from '../../web/core/segmentation/features.ts';
import { goldenPicture } from '../../web/core/segmentation/golden.ts';
import { fromHalves } from '../../web/core/segmentation/half.ts';
import { maskFromLogits } from '../../web/core/segmentation/logits.ts';
import { frameOf } from '../../web/core/segmentation/model-space.ts';
import { imageTensor } from '../../web/core/segmentation/preprocess.ts';
import { promptTensors } from '../../web/core/segmentation/prompt-tensors.ts';
import { replay } from '../../web/core/segmentation/replay.ts';
import { type BenchTable, benchRow, formatTable } from '../table.ts';
import { medians } from './ratio.ts';

/** 12 megapixels, what a phone takes. */
const PHOTO = { width: 4000, height: 3000 };
/** A large window on a laptop. */
const VIEW = { width: 1600, height: 1200 };

/** Whole paths against the bare session runs inside them, in Node, in one process. */
export async function runPathsBench(rounds = 7): Promise<BenchTable> {
  const [encoderFile, decoderFile] = ensureModels();
  const encoder = await createNodeEncoder(encoderFile.path);
  const decoder = await createNodeDecoder(decoderFile.path);
  const picture = resizeBilinear(goldenPicture(), PHOTO.width, PHOTO.height, { antialias: false });
  const file = await sharp(picture.data, { raw: { ...PHOTO, channels: 4 } })
    .jpeg()
    .toBuffer();
  const frame = frameOf(PHOTO, 'reference');
  const { input, grid } = frame;
  const tensor = imageTensor(goldenPicture(), frame);
  const stored = new Map<string, Uint16Array>();

  const encode = await medians(
    {
      bare: () => encoder.run(tensor, grid),
      path: async () => {
        const { data, info } = await sharp(file)
          .ensureAlpha()
          .raw()
          .toBuffer({ resolveWithObject: true });
        const raster = createRaster(info.width, info.height, new Uint8ClampedArray(data));
        const small = resizeBilinear(raster, input.width, input.height, { antialias: true });
        stored.set('photo', await embedPhoto(encoder, small, frame));
      },
    },
    rounds,
  );

  const halves = stored.get('photo') ?? new Uint16Array(0);
  const embedding = fromHalves(halves);
  const prompts = { points: [{ x: 2400, y: 1400, include: true }], box: null };
  const inputs = { ...promptTensors(prompts, frame), previousMask: null };
  const click = async () => {
    const outcome = await replay({
      frame,
      prompts,
      embedding,
      choose: chooseByLook,
      memory: new Map(),
      decode: (asked) => decoder.run(embedding, asked),
    });
    if (outcome.kind !== 'done') throw new Error(outcome.kind);
    return candidateLogits(outcome.step.masks, outcome.chosen);
  };
  const decode = await medians(
    {
      bare: () => decoder.run(embedding, inputs),
      view: async () => maskFromLogits(await click(), frame, VIEW),
      full: async () => maskFromLogits(await click(), frame, PHOTO),
      reopen: async () => {
        const again = fromHalves(halves);
        return decoder.run(again, inputs);
      },
    },
    rounds * 3,
  );

  return {
    title: `Segmentation in Node ${process.versions.node}, native engine, a 12 MP JPEG`,
    rows: [
      benchRow(
        {
          what: 'JPEG bytes → embedding as half floats',
          against: 'bare encoder run',
          kind: 'cost',
        },
        { ours: encode.path, other: encode.bare },
      ),
      benchRow(
        { what: 'click → mask at 1600 × 1200', against: 'bare decoder run', kind: 'cost' },
        { ours: decode.view, other: decode.bare },
      ),
      benchRow(
        { what: 'click → mask in all 12 MP', against: 'bare decoder run', kind: 'cost' },
        { ours: decode.full, other: decode.bare },
      ),
      benchRow(
        { what: 'stored embedding → first mask', against: 'bare encoder run', kind: 'cost' },
        { ours: decode.reopen, other: encode.bare },
      ),
    ],
    notes: [
      'The native engine is several times faster than WebAssembly, so what is around it weighs more here than in the browser, for which the bars are.',
    ],
  };
}

/** `node scripts/run.mjs bench/segmentation/encode.ts [ROUNDS]` */
export async function main([rounds]: readonly string[]): Promise<void> {
  console.log(formatTable(await runPathsBench(rounds ? Number(rounds) : undefined)));
}
