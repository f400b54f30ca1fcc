import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Grey, readGrey, writeGrey } from '../testing/png.ts';
import { streamOf } from './bytes.ts';
import { BadMask, convertMask, type MaskForm } from './png.ts';

const masks: fc.Arbitrary<Grey> = fc
  .record({ width: fc.integer({ min: 1, max: 17 }), height: fc.integer({ min: 1, max: 13 }) })
  .chain(({ width, height }) =>
    fc
      .uint8Array({ minLength: width * height, maxLength: width * height })
      .map((levels) => ({ width, height, levels })),
  );
const channels = fc.constantFrom(1 as const, 2 as const, 3 as const, 4 as const);

/** The file as a network delivers it: in parts of `size` bytes. */
function inParts(bytes: Uint8Array, size: number): ReadableStream<Uint8Array> {
  return streamOf(
    (async function* () {
      for (let at = 0; at < bytes.length; at += size) yield bytes.slice(at, at + size);
    })(),
  );
}

const convert = (bytes: Uint8Array, form: MaskForm = 'white', size = 100) =>
  convertMask(inParts(bytes, size), form);

describe('masks as PNG', () => {
  it('keep their shape in every form, however they are coloured and cut', async () => {
    await fc.assert(
      fc.asyncProperty(
        masks,
        channels,
        fc.integer({ min: 1, max: 200 }),
        async (mask, samples, size) => {
          const png = await writeGrey(mask, samples);
          const { width, height } = mask;
          const white = mask.levels.map((level) => (level > 127 ? 255 : 0));
          const black = white.map((level) => 255 - level);
          expect(await readGrey(await convert(png, 'white', size))).toEqual({
            ...{ width, height, levels: white, last: white },
          });
          expect((await readGrey(await convert(png, 'black', size))).levels).toEqual(black);
          expect((await readGrey(await convert(png, 'transparent', size))).last).toEqual(black);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('are refused when they are something else', async () => {
    const good = await writeGrey({ width: 4, height: 4, levels: new Uint8Array(16) });
    const sixteenBit = good.slice();
    sixteenBit[24] = 16;
    const huge = good.slice();
    new DataView(huge.buffer).setUint32(16, 100_000);
    new DataView(huge.buffer).setUint32(20, 100_000);
    const [taller, flatter, spoilt] = [good.slice(), good.slice(), good.slice()];
    new DataView(taller.buffer).setUint32(20, 5);
    new DataView(flatter.buffer).setUint32(20, 3);
    spoilt.fill(0xff, 43, 48);
    const cut = good.subarray(0, 45);
    const nothing = [new Uint8Array(0), new Uint8Array(100)];
    for (const bad of [...nothing, sixteenBit, huge, taller, flatter, spoilt, cut]) {
      await expect(convert(bad)).rejects.toThrow(BadMask);
    }
  });
});
