import { expect, test } from 'vitest';
import { createRandom } from './random.ts';
import { fitSoftmax, meanIou } from './softmax.ts';

test('finds the direction that IoU grows in', () => {
  const random = createRandom(3);
  const samples = Array.from({ length: 60 }, () => ({
    weight: 1,
    candidates: Array.from({ length: 4 }, () => {
      const terms = [random(), 100 * random(), random()];
      return { terms, iou: 0.5 + 0.4 * terms[0] - 0.003 * terms[1] };
    }),
  }));
  const best = samples.map(({ candidates }) => Math.max(...candidates.map(({ iou }) => iou)));
  const weights = fitSoftmax(samples);
  expect(weights[0]).toBeGreaterThan(0);
  expect(weights[1]).toBeLessThan(0);
  expect(Math.abs(weights[2])).toBeLessThan(weights[0] / 4);
  const oracle = best.reduce((a, b) => a + b, 0) / best.length;
  expect(meanIou(samples, weights)).toBeGreaterThan(oracle - 0.01);
});
