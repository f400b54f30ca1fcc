import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import fc from 'fast-check';
import type * as Ort from 'onnxruntime-node';
import { beforeAll, expect, test } from 'vitest';
import { sourcePath } from './derive.ts';
import { cutAt, graphOf, readModel, writeModel } from './graph.ts';
import { type GraphParts, graphParts } from './graph-parts.ts';
import { attendWithoutProjecting } from './image-attention.ts';
import type { Model } from './onnx.ts';
import { permute } from './permute.ts';
import { DECODER_OUTPUTS } from './recipes.ts';
import { upscaleInRows } from './upscaling.ts';

const ort: typeof Ort = createRequire(import.meta.url)('onnxruntime-node');
let ours: Ort.InferenceSession;
let packaged: Ort.InferenceSession;

const readPackaged = () => readModel(readFileSync(sourcePath('dist/sam.onnx')));

/** Both in full precision: what is compared is the way of computing, not half floats. */
async function open(change: (parts: GraphParts) => void): Promise<Ort.InferenceSession> {
  const model = readPackaged();
  const parts = graphParts(model);
  change(parts);
  parts.apply();
  cutAt(model, DECODER_OUTPUTS);
  return ort.InferenceSession.create(writeModel(model));
}

beforeAll(async () => {
  packaged = await open(() => {});
  ours = await open((parts) => {
    attendWithoutProjecting(parts);
    upscaleInRows(parts);
  });
}, 60_000);

function floats(sides: readonly number[], valueAt: (i: number) => number): Ort.Tensor {
  const data = Float32Array.from({ length: sides.reduce((a, b) => a * b, 1) }, (_, i) =>
    valueAt(i),
  );
  return new ort.Tensor('float32', data, sides);
}

/** One point, more of them, a box, more points than heads have channels; with a mask or without. */
test.each([
  { labels: [1, -1], hasMask: false },
  { labels: [1, 0, -1], hasMask: true },
  { labels: [2, 3], hasMask: false },
  { labels: [2, 3, 1, 0, 1], hasMask: true },
  { labels: [...Array(24).fill(1), -1], hasMask: true },
])('computes what the packaged decoder does: $labels, mask $hasMask', async (prompts) => {
  const { labels, hasMask } = prompts;
  const feeds = {
    image_embeddings: floats([1, 256, 64, 64], (i) => Math.sin(i / 77 + (i >> 12)) / 5),
    point_coords: floats([1, labels.length, 2], (i) => (397 * i) % 1000),
    point_labels: floats([1, labels.length], (i) => labels[i]),
    mask_input: floats([1, 1, 256, 256], (i) => 5 * Math.sin(i / 3000)),
    has_mask_input: floats([1], () => (hasMask ? 1 : 0)),
  };
  const [a, b] = await Promise.all([ours.run(feeds), packaged.run(feeds)]);
  expect(a.masks4.dims).toEqual(b.masks4.dims);
  const theirs = b.masks4.data as Float32Array;
  const largest = theirs.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  expect(furthest(a.masks4, b.masks4) / largest).toBeLessThan(1e-5);
  expect(furthest(a.iou4, b.iou4)).toBeLessThan(1e-5);
});

function furthest(a: Ort.Tensor, b: Ort.Tensor): number {
  const theirs = b.data as Float32Array;
  return (a.data as Float32Array).reduce((m, v, i) => Math.max(m, Math.abs(v - theirs[i])), 0);
}

test.each([
  [
    'a layer',
    attendWithoutProjecting,
    '/transformer/layers.1/cross_attn_image_to_token/out_proj/Add',
  ],
  ['the places of cells', attendWithoutProjecting, '/pe_layer/Concat'],
  ['a step', upscaleInRows, '/output_upscaling/output_upscaling.3/ConvTranspose'],
])('a graph without %s is refused by name', (_, change, name) => {
  const model = without(readPackaged(), name);
  expect(() => change(graphParts(model))).toThrow(`The graph has no node ${name}.`);
});

function without(model: Model, name: string): Model {
  const graph = graphOf(model);
  graph.node = (graph.node ?? []).filter((node) => node.name !== name);
  return model;
}

test('a weight that is not there is named', () => {
  const parts = graphParts(readPackaged());
  expect(() => parts.weight('other.weight')).toThrow('The graph has no float weight other.weight.');
});

test('permuting axes and permuting them back gives the same tensor', () => {
  const shape = fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 4 });
  const order = shape.chain((sides) =>
    fc.tuple(
      fc.constant(sides),
      fc.shuffledSubarray(
        sides.map((_, axis) => axis),
        { minLength: sides.length },
      ),
    ),
  );
  fc.assert(
    fc.property(order, ([sides, axes]) => {
      const values = Float32Array.from({ length: sides.reduce((a, b) => a * b, 1) }, (_, i) => i);
      const turned = permute(values, sides, axes);
      const back = axes.map((_, axis) => axes.indexOf(axis));
      expect(
        permute(
          turned,
          axes.map((axis) => sides[axis]),
          back,
        ),
      ).toEqual(values);
      // The first step along an axis goes as far as it did.
      const first = axes.findIndex((axis) => sides[axis] > 1);
      if (first >= 0) {
        const stride = axes.slice(first + 1).reduce((size, axis) => size * sides[axis], 1);
        const before = sides.slice(axes[first] + 1).reduce((size, side) => size * side, 1);
        expect(turned[stride]).toBe(before);
      }
    }),
  );
});
