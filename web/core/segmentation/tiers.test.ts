import { expect, test } from 'vitest';
import { embeddingModel, isTier, modelKey, TIER_GRIDS, TIERS } from './tiers.ts';

test('embeddings of two tiers, and masks made with them, are never taken for each other', () => {
  expect(new Set(TIERS.map((tier) => embeddingModel('e', tier))).size).toBe(TIERS.length);
  expect(new Set(TIERS.map((tier) => modelKey('e', 'd', tier))).size).toBe(TIERS.length);
});

test('no tier needs more than the decoder’s square', () => {
  for (const tier of TIERS) expect(TIER_GRIDS[tier].longSide).toBeLessThanOrEqual(1024);
});

test('only the four names are tiers', () => {
  expect([...TIERS, 'fast', '', null].filter(isTier)).toEqual(TIERS);
});
