import { basename } from 'node:path';
import { pairNames, readPair } from '../../bench/segmentation/pairs.ts';
import { iou, nextClick, type Truth } from '../../bench/segmentation/simulate.ts';
import { distanceField } from '../../web/core/mask/distance.ts';
import {
  chooseLikeSam,
  firstClickTerms,
  measureMasks,
  refinementTerms,
} from '../../web/core/segmentation/choose.ts';
import { candidateLogits } from '../../web/core/segmentation/features.ts';
import { maskFromLogits } from '../../web/core/segmentation/logits.ts';
import { promptTensors } from '../../web/core/segmentation/prompt-tensors.ts';
import type { PromptPoint } from '../../web/core/segmentation/prompts.ts';
import { type EncodedPhoto, openNodeSam } from '../node-sam.ts';
import { createRandom } from './random.ts';

/** One decode: what its four candidates look like and how good they are. */
export interface Sample {
  /** Photos of one group are left out together when testing. */
  readonly group: string;
  readonly step: number;
  readonly candidates: readonly { readonly terms: readonly number[]; readonly iou: number }[];
}

type Point = PromptPoint<'image'>;

/** Positions of the single click per photo: the deepest point and seven anywhere inside. */
const FIRST_CLICKS = 8;
const STEPS = 5;

/** Decodes simulated clicks on every pair of a folder. */
export async function collectSamples(folder: string): Promise<Sample[]> {
  const sam = await openNodeSam();
  const random = createRandom(7);
  const samples: Sample[] = [];
  for (const file of pairNames(folder)) {
    const { name, photo, truth } = await readPair(folder, file);
    const encoded = await sam.encode(photo, 'reference');
    // Photos of one subject (NAME-00, NAME-01, …) belong together; composites each stand alone.
    const group = `${basename(folder)} ${name.startsWith('composite') ? name : name.split('-')[0]}`;
    for (const point of firstClicks(truth, random)) {
      samples.push({ group, step: 1, ...(await decode(encoded, truth, [point], null)).sample });
    }
    samples.push(...(await refine(encoded, truth, group)));
  }
  return samples;
}

/** The deepest point, then points at least a quarter as deep, evenly spread by chance. */
function firstClicks({ object }: Truth, random: () => number): Point[] {
  const field = distanceField(object);
  if (!field) return [];
  const { box, squared } = field;
  const columns = box.x1 - box.x0;
  const deepest = squared.reduce((most, value) => Math.max(most, value), 0);
  const at = (i: number): Point => ({
    x: box.x0 + (i % columns) + 0.5,
    y: box.y0 + Math.floor(i / columns) + 0.5,
    include: true,
  });
  const points = [at(squared.indexOf(deepest))];
  while (points.length < FIRST_CLICKS) {
    const i = Math.floor(random() * squared.length);
    if (squared[i] * 16 >= deepest) points.push(at(i));
  }
  return points;
}

/** Clicks two to five, as SAM's own rule would go. */
async function refine(encoded: EncodedPhoto, truth: Truth, group: string): Promise<Sample[]> {
  const samples: Sample[] = [];
  const points: Point[] = [];
  let previous: Awaited<ReturnType<typeof decode>> | null = null;
  for (let step = 1; step <= STEPS; step++) {
    const click = nextClick(previous?.mask ?? null, truth);
    if (!click) break;
    points.push(click);
    previous = await decode(encoded, truth, [...points], previous?.logits ?? null);
    if (step > 1) samples.push({ group, step, ...previous.sample });
  }
  return samples;
}

async function decode(
  encoded: EncodedPhoto,
  truth: Truth,
  points: readonly Point[],
  previousMask: Float32Array<ArrayBuffer> | null,
) {
  const { frame } = encoded;
  const prompts = { points, box: null };
  const outputs = await encoded.decode({ ...promptTensors(prompts, frame), previousMask });
  const context = { frame, prompts, previousMask, embedding: encoded.embedding };
  const masks = [0, 1, 2, 3].map((k) =>
    maskFromLogits(candidateLogits(outputs.masks, k), frame, frame.photo),
  );
  const candidates = measureMasks(outputs, context).map((measured, k) => ({
    terms: Object.values(previousMask ? refinementTerms(measured) : firstClickTerms(measured)),
    iou: iou(masks[k], truth),
  }));
  const { automatic } = chooseLikeSam(outputs, context);
  return {
    sample: { candidates },
    mask: masks[automatic],
    logits: candidateLogits(outputs.masks, automatic),
  };
}
