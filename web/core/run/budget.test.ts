import { expect, test } from 'vitest';
import { budgetFor, weightOf } from './budget.ts';

test('every core gets a worker as far as memory goes, and there is always one', () => {
  expect(budgetFor({ cores: 2, memory: 8e9 }).workers).toBe(2);
  expect(budgetFor({ cores: 16, memory: 8e9 }).workers).toBe(5);
  expect(budgetFor({ cores: 32, memory: 64e9 }).workers).toBe(8);
  expect(budgetFor({ cores: 8, memory: 0.5e9 }).workers).toBe(1);
  expect(budgetFor({ cores: 8, memory: null }).workers).toBe(2);
});

test('large photos are worked on one at a time, ordinary ones side by side', () => {
  const { bytes } = budgetFor({ cores: 8, memory: 8e9 });
  const large = weightOf({ width: 10_000, height: 10_000 }, 1);
  const ordinary = weightOf({ width: 4000, height: 3000 }, 1);
  expect(2 * large).toBeGreaterThan(bytes);
  expect(4 * ordinary).toBeLessThan(bytes);
});
