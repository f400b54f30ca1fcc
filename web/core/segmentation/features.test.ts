import { expect, test } from 'vitest';
import { EMBEDDING_LENGTH } from './embedding.ts';
import { maskFeatures } from './features.ts';
import { frameOf, LOW_RES_SIDE } from './model-space.ts';

const SQUARE = { width: 256, height: 256 };

function features(logits: Float32Array, size = SQUARE, previousMask: Float32Array | null = null) {
  return maskFeatures(logits, {
    frame: frameOf(size, 'best'),
    embedding: twoSidedEmbedding(),
    previousMask,
  });
}

function logitsOf(value: (x: number, y: number) => number): Float32Array {
  return Float32Array.from({ length: LOW_RES_SIDE ** 2 }, (_, i) =>
    value(i % LOW_RES_SIDE, Math.floor(i / LOW_RES_SIDE)),
  );
}

/** Every cell has one of two unit vectors: the left half along channel 0, the right along 1. */
function twoSidedEmbedding(): Float32Array {
  const embedding = new Float32Array(EMBEDDING_LENGTH);
  for (let cell = 0; cell < 4096; cell++) embedding[(cell % 64 < 32 ? 0 : 4096) + cell] = 1;
  return embedding;
}

test('area, border and stability of a simple mask', () => {
  // Left quarter sure, a column beside it inside but not sure, one more outside but close.
  const logits = logitsOf((x) => (x < 64 ? 5 : x === 64 ? 0.5 : x === 65 ? -0.5 : -5));
  const found = features(logits);
  expect(found.areaShare).toBeCloseTo(65 / 256, 9);
  expect(found.stability).toBeCloseTo(64 / 66, 9);
  expect(found.borderShare).toBeCloseTo((256 + 64 * 2) / (4 * 255), 9);
});

test('padding is not part of the photo', () => {
  const wide = { width: 512, height: 128 };
  expect(
    features(
      logitsOf((_, y) => (y < 32 ? 5 : -5)),
      wide,
    ).areaShare,
  ).toBe(0.5);
});

test('a mask along the change of the embedding is unlike its surroundings, another is not', () => {
  const along = features(logitsOf((x) => (x < 128 ? 5 : -5)));
  const across = features(logitsOf((_, y) => (y < 128 ? 5 : -5)));
  expect(along.likeness).toBeCloseTo(0, 6);
  expect(across.likeness).toBeCloseTo(1, 6);
});

test('an empty mask has no area, is stable and like everything', () => {
  expect(features(logitsOf(() => -9))).toEqual({
    areaShare: 0,
    stability: 1,
    borderShare: 0,
    likeness: 1,
    agreement: 1,
  });
});

test('agreement is the overlap with the mask before', () => {
  const left = logitsOf((x) => (x < 128 ? 5 : -5));
  const most = logitsOf((x) => (x < 192 ? 5 : -5));
  expect(features(left, SQUARE, most).agreement).toBeCloseTo(128 / 192, 9);
  expect(
    features(
      left,
      SQUARE,
      logitsOf(() => -5),
    ).agreement,
  ).toBe(0);
});
