import { expect, test } from 'vitest';
import { describeSpeed } from './quality-text.ts';

test('nothing is said of a speed before a photo has been prepared', () => {
  expect(describeSpeed('quick', {})).toBe('');
});

test('a measured speed is said as it is, the others are worked out from it', () => {
  const speeds = { reference: 4 };
  expect(describeSpeed('reference', speeds)).toBe('4.0 s a photo on this device');
  // 1024 × 688 of 1024 × 1024 pixels.
  expect(describeSpeed('best', speeds)).toBe('about 2.7 s a photo');
});

test('long times have no decimals', () => {
  expect(describeSpeed('best', { best: 12.4 })).toBe('12 s a photo on this device');
});
