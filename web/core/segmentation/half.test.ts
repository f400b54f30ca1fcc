import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fromHalf, fromHalves, toHalf, toHalves } from './half.ts';

const ALL = Uint16Array.from({ length: 65536 }, (_, half) => half);
const isNaNHalf = (half: number) => (half & 0x7c00) === 0x7c00 && (half & 0x3ff) !== 0;

test('every half float survives the way to a number and back', () => {
  const back = toHalves(fromHalves(ALL));
  for (const half of ALL) {
    if (isNaNHalf(half)) expect(isNaNHalf(back[half])).toBe(true);
    else if (back[half] !== half) expect.fail(`half ${half.toString(16)} became ${back[half]}`);
  }
});

test('landmarks', () => {
  expect(fromHalf(0x3c00)).toBe(1);
  expect(fromHalf(0x7bff)).toBe(65504);
  expect(fromHalf(0x0001)).toBe(2 ** -24);
  expect(fromHalf(0xc000)).toBe(-2);
  expect(Object.is(fromHalf(0x8000), -0)).toBe(true);
  expect(toHalf(65519.99)).toBe(0x7bff);
  expect(toHalf(65520)).toBe(0x7c00);
  expect(toHalf(2 ** -25)).toBe(0);
  expect(toHalf(2 ** -25 * 1.0001)).toBe(1);
  expect(toHalf(Number.NEGATIVE_INFINITY)).toBe(0xfc00);
});

test('a number between two halves goes to the nearer one, a tie to the even one', () => {
  for (let half = 0; half < 0x7bff; half++) {
    const low = fromHalf(half);
    const high = fromHalf(half + 1);
    const middle = (low + high) / 2;
    if (toHalf(middle) !== half + (half & 1)) expect.fail(`tie above ${half.toString(16)}`);
    if (toHalf(-middle) !== (0x8000 | (half + (half & 1)))) expect.fail(`tie below -${half}`);
    if (toHalf(low + (high - low) * 0.49) !== half) expect.fail(`just above ${half}`);
    if (toHalf(low + (high - low) * 0.51) !== half + 1) expect.fail(`just below ${half + 1}`);
  }
});

test('conversion keeps order', () => {
  const value = fc.float({ noNaN: true });
  fc.assert(
    fc.property(value, value, (a, b) => {
      const [low, high] = a < b ? [a, b] : [b, a];
      expect(fromHalf(toHalf(low))).toBeLessThanOrEqual(fromHalf(toHalf(high)));
    }),
  );
});
