import { describe, expect, test } from 'vitest';
import { createMask, fullMask } from '../mask/mask.ts';
import { encodeRle } from '../mask/rle.ts';
import { remarkOnMask } from './health-mask.ts';

const PICTURE = { width: 640, height: 480 };

/** A filled rectangle of PICTURE as run lengths. */
function box(x0: number, y0: number, x1: number, y1: number): number[] {
  const mask = createMask(PICTURE.width, PICTURE.height);
  for (let y = y0; y < y1; y++) mask.data.fill(1, y * 640 + x0, y * 640 + x1);
  return encodeRle(mask);
}

const remark = (counts: number[], parts = [{ area: 1 }]) =>
  remarkOnMask(counts, PICTURE, 'same-place', parts);

describe('a mask', () => {
  test('in the middle, of a fair size, is fine', () => {
    expect(remark(box(100, 100, 300, 300))).toBeNull();
  });
  test('without a pixel is empty', () => {
    expect(remark([640 * 480])).toBe('empty');
    expect(remark([])).toBe('empty');
  });
  test('with a part that found nothing says so', () => {
    expect(remark(box(100, 100, 300, 300), [{ area: 9 }, { area: 0 }])).toBe('part-missing');
  });
  test('is tiny below 8 × 8 pixels of a picture of 640', () => {
    expect(remark(box(100, 100, 108, 108))).toBeNull();
    expect(remark(box(100, 100, 108, 107))).toBe('tiny');
    const large = { width: 6400, height: 4800 };
    expect(remarkOnMask([999, 80 * 79, 999], large, 'same-place', [])).toBe('tiny');
    expect(remarkOnMask([999_999, 80 * 80, 999], large, 'same-place', [])).toBeNull();
  });
  test('is huge above nine tenths', () => {
    expect(remark(box(10, 10, 630, 470))).toBe('huge');
    expect(remark(box(40, 20, 610, 470))).toBeNull();
  });
  test('touches the border when it does so for more than a stray pixel or two', () => {
    expect(remark(box(0, 100, 100, 200))).toBe('border');
    expect(remark(box(0, 100, 100, 105))).toBeNull();
  });
  test('may fill the picture where that was asked for', () => {
    const whole = encodeRle(fullMask(PICTURE.width, PICTURE.height));
    expect(remark(whole)).toBe('huge');
    expect(remarkOnMask(whole, PICTURE, 'whole-image', [{ area: 1 }])).toBeNull();
  });
});
