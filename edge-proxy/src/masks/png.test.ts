import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BadMask, type GreyMask, readMask, writeGrey, writeTransparent } from './png.ts';

const masks: fc.Arbitrary<GreyMask> = fc
  .record({ width: fc.integer({ min: 1, max: 17 }), height: fc.integer({ min: 1, max: 13 }) })
  .chain(({ width, height }) =>
    fc
      .array(fc.constantFrom(0, 255), { minLength: width * height, maxLength: width * height })
      .map((levels) => ({ width, height, levels: Uint8Array.from(levels) })),
  );

describe('masks as PNG', () => {
  it('come back as they were written', async () => {
    await fc.assert(
      fc.asyncProperty(masks, async (mask) => {
        expect(await readMask(await writeGrey(mask, 'white'))).toEqual(mask);
      }),
      { numRuns: 40 },
    );
  });

  it('are inverted for vendors that change what is black or transparent', async () => {
    await fc.assert(
      fc.asyncProperty(masks, async (mask) => {
        const inverted = { ...mask, levels: mask.levels.map((level) => 255 - level) };
        expect(await readMask(await writeGrey(mask, 'black'))).toEqual(inverted);
        // Read by its red channel: opaque white where pixels are kept.
        expect(await readMask(await writeTransparent(mask))).toEqual(inverted);
      }),
      { numRuns: 40 },
    );
  });

  it('are refused when they are something else', async () => {
    const good = await writeGrey({ width: 4, height: 4, levels: new Uint8Array(16) }, 'white');
    const sixteenBit = good.slice();
    sixteenBit[24] = 16;
    const huge = good.slice();
    new DataView(huge.buffer).setUint32(16, 100_000);
    new DataView(huge.buffer).setUint32(20, 100_000);
    for (const bad of [new Uint8Array(0), new Uint8Array(100), sixteenBit, huge]) {
      await expect(readMask(bad)).rejects.toThrow(BadMask);
    }
  });
});
