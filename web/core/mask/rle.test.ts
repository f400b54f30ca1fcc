import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createMask, type Mask } from './mask.ts';
import { decodeRle, encodeRle } from './rle.ts';
import { rleFromText, rleToText } from './rle-text.ts';
import { blockMask, drawnMask } from './testing/masks.ts';

const side = fc.integer({ min: 1, max: 14 });
const anyMask = fc
  .record({
    width: side,
    height: side,
    block: fc.integer({ min: 1, max: 4 }),
    bits: fc.array(fc.boolean(), { minLength: 1, maxLength: 200, size: 'max' }),
  })
  .map(blockMask);

/** An ellipse with regular pinholes, which the C code below was given too. */
function pinholedEllipse(width: number, height: number): Mask {
  const mask = createMask(width, height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const dx = (2 * x - width + 1) * height;
      const dy = (2 * y - height + 1) * width;
      const hole = x % 7 === 3 && y % 5 === 2;
      const inside = dx * dx + dy * dy <= width * width * height * height && !hole;
      mask.data[y * width + x] = inside ? 1 : 0;
    }
  }
  return mask;
}

// Made by compiling cocodataset/cocoapi's common/maskApi.c and calling rleEncode, rleToString.
const FROM_COCO = [
  { width: 5, height: 4, counts: [1, 2, 1, 10, 1, 1, 1, 2, 1], text: '12180G010' },
  { width: 1, height: 7, counts: [0, 7], text: '07' },
  {
    width: 64,
    height: 48,
    text: 'd08U16K4LBUO000000Nh0f0N2N2N2N2N2NoND3000000000000;P1O2N2O0O2O00jNK00000000000000N4Z1O000O2O0000cNO300000000000000001Z1OT60bH00000000000000000l80QG0300000000000000001Z10000001N101hNL00000000000000O4W110001N101N2kNF3000000000000;P11N2N2N2N2N3ZOYO000000Oh0c03L4L5J_O',
  },
];

test.each(FROM_COCO)('$width × $height: the same runs and text as COCO', (known) => {
  const counts = encodeRle(pinholedEllipse(known.width, known.height));
  if (known.counts) expect(counts).toEqual(known.counts);
  expect(rleToText(counts)).toBe(known.text);
});

test('runs up to a hundred million pixels are written as COCO writes them', () => {
  const counts = [0, 100_000_000, 5, 1, 70_000_000, 99_999_999, 0, 3];
  const text = '0PXh[o25QhWdPMk[WhR2nWh[o2PdhWmMThWdPM';
  expect(rleToText(counts)).toBe(text);
  expect(rleFromText(text)).toEqual({ ok: true, value: counts });
});

test('runs go down the columns and start outside', () => {
  expect(encodeRle(drawnMask('##.', '.#.'))).toEqual([0, 1, 1, 2, 2]);
  expect(encodeRle(createMask(3, 2))).toEqual([6]);
});

test('any mask survives runs and text, and runs are as few as possible', () => {
  fc.assert(
    fc.property(anyMask, (mask) => {
      const counts = encodeRle(mask);
      expect(counts.slice(1).every((run) => run > 0)).toBe(true);
      const read = rleFromText(rleToText(counts));
      expect(read).toEqual({ ok: true, value: counts });
      expect(decodeRle(counts, mask)).toEqual({ ok: true, value: mask });
    }),
  );
});

test('runs that do not fill the image exactly are refused', () => {
  const size = { width: 3, height: 2 };
  const refused = (counts: readonly number[]) => {
    const result = decodeRle(counts, size);
    return result.ok ? null : result.problem;
  };
  expect(refused([1, 2])).toEqual({ kind: 'wrong-total', total: 3, expected: 6 });
  expect(refused([1, 2, 1e9])).toEqual({ kind: 'wrong-total', total: 1e9 + 3, expected: 6 });
  expect(refused([7, -1])).toEqual({ kind: 'wrong-total', total: 7, expected: 6 });
  expect(refused([1, -1, 6])).toEqual({ kind: 'bad-run', index: 1, value: -1 });
  expect(refused([1.5, 4.5])).toEqual({ kind: 'bad-run', index: 0, value: 1.5 });
});

test('text that is not run lengths is refused, never misread', () => {
  const problem = (text: string) => {
    const result = rleFromText(text);
    return result.ok ? null : result.problem;
  };
  expect(problem('1 2')).toEqual({ kind: 'bad-character', index: 1 });
  expect(problem('oooooooooo0')).toEqual({ kind: 'bad-character', index: 7 });
  expect(problem('1P')).toEqual({ kind: 'cut-off' });
  expect(problem('O')).toEqual({ kind: 'bad-run', index: 0, value: -1 });
  fc.assert(
    fc.property(fc.string(), (text) => {
      const result = rleFromText(text);
      if (result.ok) expect(rleFromText(rleToText(result.value))).toEqual(result);
    }),
  );
});
