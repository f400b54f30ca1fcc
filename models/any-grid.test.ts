import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type * as Ort from 'onnxruntime-node';
import { beforeAll, expect, test } from 'vitest';
import { BLANK_CELL } from '../web/core/segmentation/blank-cell.ts';
import { fromHalves } from '../web/core/segmentation/half.ts';
import { acceptAnyGrid } from './any-grid.ts';
import { blankCell } from './blank.ts';
import { ensureModels, sourcePath } from './derive.ts';
import { readModel, writeModel } from './graph.ts';

const ort: typeof Ort = createRequire(import.meta.url)('onnxruntime-node');
let anyGrid: Ort.InferenceSession;
let original: Ort.InferenceSession;

beforeAll(async () => {
  const source = readFileSync(sourcePath('dist/encoder.onnx'));
  const model = readModel(source);
  acceptAnyGrid(model);
  anyGrid = await ort.InferenceSession.create(writeModel(model));
  original = await ort.InferenceSession.create(source);
}, 60_000);

/** Smooth in both directions, different in every channel. */
function pattern(width: number, height: number): Ort.Tensor {
  const data = Float32Array.from({ length: 3 * width * height }, (_, i) => {
    const x = i % width;
    const y = Math.floor(i / width) % height;
    return 2 * Math.sin(x / 37 + (3 * i) / (width * height)) * Math.cos(y / 23);
  });
  return new ort.Tensor('float32', data, [1, 3, height, width]);
}

async function encode(session: Ort.InferenceSession, width: number, height: number) {
  const { output } = await session.run({ input: pattern(width, height) });
  return { shape: output.dims, data: output.data as Float32Array };
}

test('at 1024 × 1024 it computes what the packaged encoder does', async () => {
  const ours = await encode(anyGrid, 1024, 1024);
  const theirs = await encode(original, 1024, 1024);
  const furthest = ours.data.reduce((m, v, i) => Math.max(m, Math.abs(v - theirs.data[i])), 0);
  expect(ours.shape).toEqual(theirs.shape);
  expect(furthest).toBeLessThan(2e-6);
}, 60_000);

// Whole windows and part of one, wide and tall, down to a single cell.
test.each([
  [896, 608],
  [224, 448],
  [16, 16],
  [1024, 16],
])(
  'takes %i × %i',
  async (width, height) => {
    const { shape, data } = await encode(anyGrid, width, height);
    expect(shape).toEqual([1, 256, height / 16, width / 16]);
    expect(data.every(Number.isFinite)).toBe(true);
  },
  60_000,
);

test('a graph without the nodes is refused by name', () => {
  const model = readModel(readFileSync(sourcePath('dist/sam.onnx')));
  expect(() => acceptAnyGrid(model)).toThrow('/layers.1/downsample/Reshape');
});

test('the blank cell is what the encoder in use makes of nothing', async () => {
  const [encoder] = ensureModels();
  const made = fromHalves(await blankCell(encoder.path));
  const hex = BLANK_CELL.join('');
  made.forEach((value, channel) => {
    const kept = Number.parseInt(hex.slice(4 * channel, 4 * channel + 4), 16);
    expect(fromHalves(Uint16Array.of(kept))[0]).toBeCloseTo(value, 3);
  });
}, 60_000);
