import { createMask, type Mask } from '../mask.ts';

/** A mask drawn with `#` inside and anything else outside, one string a row. */
export function drawnMask(...rows: readonly string[]): Mask {
  const inside = rows.join('').split('');
  return createMask(
    rows[0].length,
    rows.length,
    Uint8Array.from(inside, (character) => (character === '#' ? 1 : 0)),
  );
}

/** What a property test chooses of a mask. */
export interface BlockPlan {
  readonly width: number;
  readonly height: number;
  /** Side of the squares that the mask is made of: 1 is noise. */
  readonly block: number;
  /** Inside or outside, block after block, repeated as needed. */
  readonly bits: readonly boolean[];
}

/** A mask made of square blocks: from single pixels, holes and diagonals to large parts. */
export function blockMask({ width, height, block, bits }: BlockPlan): Mask {
  const mask = createMask(width, height);
  const blocksAcross = Math.ceil(width / block);
  for (let i = 0; i < mask.data.length; i += 1) {
    const row = Math.floor(Math.floor(i / width) / block);
    const column = Math.floor((i % width) / block);
    mask.data[i] = bits[(row * blocksAcross + column) % bits.length] ? 1 : 0;
  }
  return mask;
}
