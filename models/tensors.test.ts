import { createRequire } from 'node:module';
import type * as Ort from 'onnxruntime-node';
import { beforeAll, expect, test } from 'vitest';
import { EMBEDDING_SHAPE } from '../web/core/segmentation/embedding.ts';
import { candidateLogits } from '../web/core/segmentation/features.ts';
import { GOLDEN_PROMPTS, goldenPicture } from '../web/core/segmentation/golden.ts';
import { promptTensors } from '../web/core/segmentation/prompt-tensors.ts';
import { type DerivedFile, ensureModels, sourcePath } from './derive.ts';
import manifest from './manifest.json' with { type: 'json' };
import { openNodeSam } from './node-sam.ts';
import { createNodeDecoder } from './node-session.ts';

const ort: typeof Ort = createRequire(import.meta.url)('onnxruntime-node');
const [model] = manifest.models;
let encoder: DerivedFile;
let decoder: DerivedFile;

beforeAll(() => {
  [encoder, decoder] = ensureModels();
});

test('the manifest names the tensors that the files have', async () => {
  for (const [file, row] of [
    [encoder, model.encoder],
    [decoder, model.decoder],
  ] as const) {
    const session = await ort.InferenceSession.create(file.path);
    const described = (metadata: readonly Ort.InferenceSession.ValueMetadata[]) =>
      metadata.map((value) =>
        value.isTensor ? { name: value.name, type: value.type, shape: value.shape } : value,
      );
    expect(described(session.inputMetadata)).toEqual(row.inputs);
    expect(described(session.outputMetadata)).toEqual(row.outputs);
  }
}, 60_000);

test('the four masks are those between which the packaged decoder chooses', async () => {
  const packaged = await ort.InferenceSession.create(sourcePath('dist/sam.onnx'));
  const { embedding, frame } = await (await openNodeSam()).encode(goldenPicture(), 'reference');
  const { coords, labels } = promptTensors(GOLDEN_PROMPTS, frame);
  const theirs = await packaged.run({
    image_embeddings: new ort.Tensor('float32', embedding, EMBEDDING_SHAPE),
    point_coords: new ort.Tensor('float32', coords, [1, labels.length, 2]),
    point_labels: new ort.Tensor('float32', labels, [1, labels.length]),
    mask_input: new ort.Tensor('float32', new Float32Array(256 * 256), [1, 1, 256, 256]),
    has_mask_input: new ort.Tensor('float32', Float32Array.of(0), [1]),
    orig_im_size: new ort.Tensor('float32', Float32Array.of(768, 1024), [2]),
  });
  const cut = await createNodeDecoder(decoder.path);
  const ours = await cut.run(embedding, {
    coords,
    labels,
    previousMask: null,
  });
  const best = [1, 2, 3].reduce((a, b) => (ours.iou[b] > ours.iou[a] ? b : a));
  const logits = theirs.low_res_masks.data as Float32Array;
  const mine = candidateLogits(ours.masks, best);
  // Weights stored as halves move logits, of which the largest are near 30, a little.
  const furthest = mine.reduce((most, value, i) => Math.max(most, Math.abs(value - logits[i])), 0);
  expect(furthest).toBeLessThan(0.5);
  expect(ours.iou[best]).toBeCloseTo(Number(theirs.iou_predictions.data[0]), 2);
}, 60_000);
