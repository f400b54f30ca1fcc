import { expect, test } from 'vitest';
import { type ChoiceContext, chooseByLook, chooseLikeSam } from './choose.ts';
import type { DecoderOutputs } from './decode.ts';
import { EMBEDDING_LENGTH } from './embedding.ts';
import { frameOf, LOW_RES_SIDE } from './model-space.ts';

const AREA = LOW_RES_SIDE ** 2;

/** A square of this side from (x, y), sure of itself: logits jump from −8 to 8. */
function square(x: number, y: number, side: number, level = 8): Float32Array {
  return Float32Array.from({ length: AREA }, (_, i) => {
    const column = i % LOW_RES_SIDE;
    const row = Math.floor(i / LOW_RES_SIDE);
    return column >= x && column < x + side && row >= y && row < y + side ? level : -level;
  });
}

function outputs(masks: readonly Float32Array[], iou: readonly number[]): DecoderOutputs {
  const all = new Float32Array(4 * AREA);
  masks.forEach((mask, k) => {
    all.set(mask, k * AREA);
  });
  return { masks: all, iou: Float32Array.from(iou) };
}

const oneClick: ChoiceContext = {
  frame: frameOf({ width: 1024, height: 1024 }, 'best'),
  prompts: { points: [{ x: 400, y: 400, include: true }], box: null },
  previousMask: null,
  embedding: new Float32Array(EMBEDDING_LENGTH).fill(1),
};

const speck = square(100, 100, 4);
const object = square(80, 80, 90);
const almostAll = square(0, 0, 250);

test('one click takes an object rather than a speck or the whole photo', () => {
  const answer = outputs([speck, speck, object, almostAll], [0.99, 0.99, 0.5, 0.99]);
  expect(chooseByLook(answer, oneClick).automatic).toBe(2);
});

test('one click takes the mask that is sure of itself', () => {
  const shaky = square(80, 80, 90, 0.5);
  const answer = outputs([shaky, shaky, shaky, object], [1, 1, 1, 0.5]);
  expect(chooseByLook(answer, oneClick).automatic).toBe(3);
});

test('a box alone takes mask 0', () => {
  const prompts = { points: [], box: { x0: 0, y0: 0, x1: 9, y1: 9 } };
  const answer = outputs([speck, object, object, object], [0.1, 1, 1, 1]);
  expect(chooseByLook(answer, { ...oneClick, prompts }).automatic).toBe(0);
});

test('a refinement takes mask 0 unless it forgets the mask before', () => {
  const refining = { ...oneClick, previousMask: object };
  const same = outputs([object, object, object, object], [0.9, 0.9, 0.9, 0.9]);
  expect(chooseByLook(same, refining).automatic).toBe(0);
  const lost = outputs([speck, object, object, object], [0.5, 0.95, 0.9, 0.9]);
  expect(chooseByLook(lost, refining).automatic).toBe(1);
});

test('SAM’s own rule: best estimate of 1–3 for one point, mask 0 from two on', () => {
  const answer = outputs([object, object, object, object], [0.99, 0.5, 0.8, 0.7]);
  expect(chooseLikeSam(answer, oneClick).automatic).toBe(2);
  const points = [...oneClick.prompts.points, { x: 1, y: 1, include: false }];
  expect(chooseLikeSam(answer, { ...oneClick, prompts: { points, box: null } }).automatic).toBe(0);
});

test('estimates are shown between 0 and 1 whatever the decoder says', () => {
  const answer = outputs([object, object, object, object], [1.03, -0.2, 0.4, 1]);
  const { candidates } = chooseByLook(answer, oneClick);
  expect(candidates.map(({ index }) => index)).toEqual([0, 1, 2, 3]);
  expect(candidates.map(({ predictedIou }) => predictedIou)).toEqual([
    1,
    0,
    expect.closeTo(0.4),
    1,
  ]);
});
