import type { Mask } from '../../../mask/mask.ts';
import { encodeRle } from '../../../mask/rle.ts';
import { rleToText } from '../../../mask/rle-text.ts';
import { drawnMask } from '../../../mask/testing/masks.ts';
import type { AnnotatedImage } from '../annotated-image.ts';

/** Class names that break what is not escaped. */
export const HOSTILE_NAMES = [
  'plain',
  'it’s "quoted" \'twice\' \\n \\',
  '<a href="x">&amp;</a> ]]> <!-- -->',
  'two\nlines\r\nand\ttab',
  ': # - ? | > & * ! % @ ` {}[], yes no null ~',
  'Ünï\u0301cödé 猫 🐱 \u202eright to left',
  '  white space\u00a0\u2028\u2029\u0085\ufeff ',
] as const;

/** One mask of each kind that a format may stumble over. */
export const SHAPES: Readonly<Record<string, Mask>> = {
  'one pixel': drawnMask('....', '..#.', '....'),
  'a full picture': drawnMask('###', '###'),
  empty: drawnMask('....', '....'),
  'parts that touch all four borders': drawnMask('..#..', '#...#', '..#..'),
  'parts that meet at corners': drawnMask('#.#.', '.#.#', '#.#.'),
  'a part with two holes': drawnMask('#######', '#.##..#', '####..#', '#######'),
  'a ring with an island with a hole': drawnMask(
    '#######.',
    '#.....#.',
    '#.###.#.',
    '#.#.#.##',
    '#.###.#.',
    '#.....#.',
    '#######.',
  ),
};

/** A picture whose object is `mask`. */
export function pictureOf(mask: Mask, change: Partial<AnnotatedImage> = {}): AnnotatedImage {
  return {
    id: 1,
    key: 'k',
    sha256: 's',
    file: 'variants/t/a.png',
    name: 't_a',
    format: 'png',
    width: mask.width,
    height: mask.height,
    className: 'cat',
    classIndex: 0,
    rle: rleToText(encodeRle(mask)),
    split: 'train',
    ...change,
  };
}
