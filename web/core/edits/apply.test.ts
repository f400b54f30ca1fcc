import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createMask, fullMask, type Mask } from '../mask/mask.ts';
import { blockMask, drawnMask } from '../mask/testing/masks.ts';
import { isGrayscale } from '../raster/grayscale.ts';
import { createRaster, type Raster } from '../raster/raster.ts';
import { applyEdits, applyLayer } from './apply.ts';
import { type Edits, NEUTRAL_EDITS } from './edits.ts';
import { applyEditsReference } from './reference.ts';
import { layerSeed } from './seed.ts';
import { LONGEST_SPAN } from './spans.ts';
import { anyEdits, POINTWISE } from './testing/any-edits.ts';
import { colourChart, pictureOf } from './testing/pictures.ts';

const imageHash = 'c0ffee';
const seed = { high: 0x01234567, low: 0x89abcdef };

const EVERY_EDIT = [...POINTWISE, 'sharpen', 'noise'] as const;

const side = fc.integer({ min: 1, max: 13 });
/** A picture with a mask on it. */
const anyScene: fc.Arbitrary<{ raster: Raster; mask: Mask }> = fc
  .record({
    width: side,
    height: side,
    bytes: fc.uint8Array({ minLength: 1, maxLength: 300, size: 'max' }),
    gray: fc.boolean(),
    block: fc.integer({ min: 1, max: 4 }),
    bits: fc.array(fc.boolean(), { minLength: 1, maxLength: 100, size: 'max' }),
  })
  .map(({ width, height, bytes, gray, block, bits }) => ({
    raster: pictureOf(width, height, bytes, gray),
    mask: blockMask({ width, height, block, bits }),
  }));

function edit(raster: Raster, mask: Mask, edits: Partial<Edits>): Raster {
  const result = createRaster(raster.width, raster.height, raster.data.slice());
  const bytes = new Uint8Array(result.data.buffer);
  const grayscale = isGrayscale(raster);
  applyLayer(bytes, mask, { ...NEUTRAL_EDITS, ...edits }, { seed, grayscale });
  return result;
}

describe('equal to the reference, byte for byte', () => {
  test.each([
    ['pointwise edits', POINTWISE],
    ['hue and saturation', ['hue', 'saturation'] as const],
    ['sharpen', ['sharpen', 'brightness', 'opacity'] as const],
    ['all eight', EVERY_EDIT],
  ])('%s', (_, names) => {
    fc.assert(
      fc.property(anyScene, anyEdits(names), ({ raster, mask }, edits) => {
        const grayscale = isGrayscale(raster);
        const expected = applyEditsReference(raster, mask, edits, { seed, grayscale });
        expect(edit(raster, mask, edits).data).toEqual(expected.data);
      }),
      { numRuns: 400 },
    );
  });

  test('in every hue, also where sums fall exactly between two levels', () => {
    const chart = colourChart(96, 32);
    const mask = fullMask(96, 32);
    for (const edits of [
      { hue: 180, brightness: 0.1 },
      { hue: -30, saturation: -0.5 },
      { hue: 120, saturation: 3 },
      { saturation: 0.5, opacity: 0.5 },
      { sharpen: 1, opacity: 0.5 },
      { sharpen: 2, brightness: 0.1, hue: 60 },
    ]) {
      const context = { seed, grayscale: false };
      const full = { ...NEUTRAL_EDITS, ...edits };
      const expected = applyEditsReference(chart, mask, full, context);
      expect(edit(chart, mask, edits).data, JSON.stringify(edits)).toEqual(expected.data);
    }
  });

  test('in a flat picture, where brightness 0.1 puts every pixel between two levels', () => {
    const flat = createRaster(40, 12);
    flat.data.fill(255);
    for (let i = 0; i < flat.data.length; i += 4) flat.data.fill(i < 960 ? 0 : 130, i, i + 3);
    const full = { ...NEUTRAL_EDITS, sharpen: 1, brightness: 0.1 };
    const expected = applyEditsReference(flat, fullMask(40, 12), full, { seed, grayscale: true });
    expect(edit(flat, fullMask(40, 12), full).data).toEqual(expected.data);
  });

  test('in a mask in the middle, where the blur reads four rows and columns around it', () => {
    const chart = colourChart(96, 32);
    const mask = createMask(96, 32);
    for (let y = 11; y < 17; y += 1) mask.data.fill(1, y * 96 + 9, y * 96 + 80);
    const full = { ...NEUTRAL_EDITS, sharpen: 2, contrast: 0.1 };
    const expected = applyEditsReference(chart, mask, full, { seed, grayscale: false });
    expect(edit(chart, mask, full).data).toEqual(expected.data);
  });

  test('in a mask wider than the pixels that are handled at a time', () => {
    const chart = colourChart(2 * LONGEST_SPAN + 7, 3);
    const mask = fullMask(chart.width, 3);
    mask.data[chart.width + 5] = 0;
    for (const edits of [
      { hue: 70, saturation: 0.4 },
      { sharpen: 1.5, gamma: 0.4, opacity: 0.5 },
      { noise: 0.1, hue: 20 },
      { sharpen: 0.5, noise: 0.2, saturation: -0.3 },
    ]) {
      const full = { ...NEUTRAL_EDITS, ...edits };
      const expected = applyEditsReference(chart, mask, full, { seed, grayscale: false });
      expect(edit(chart, mask, edits).data, JSON.stringify(edits)).toEqual(expected.data);
    }
  });

  test('layer after layer, each on the result of the one before', () => {
    const layer = fc.tuple(anyEdits(EVERY_EDIT), fc.integer({ min: 1, max: 3 }), fc.string());
    fc.assert(
      fc.property(anyScene, fc.array(layer, { maxLength: 3 }), ({ raster, mask }, drawn) => {
        const { width, height } = raster;
        const layers = drawn.map(([edits, block, componentId]) => ({
          edits,
          componentId,
          mask: blockMask({ width, height, block, bits: [true, false, true, true] }),
        }));
        layers.push({ edits: NEUTRAL_EDITS, componentId: 'neutral', mask });
        const grayscale = isGrayscale(raster);
        let expected = raster;
        for (const { edits, mask: where, componentId } of layers) {
          const area = where.data.reduce((sum, value) => sum + value, 0);
          const own = layerSeed(componentId, area, imageHash);
          expected = applyEditsReference(expected, where, edits, { seed: own, grayscale });
        }
        expect(applyEdits(raster, layers, { imageHash }).data).toEqual(expected.data);
      }),
    );
  });
});

describe('promises', () => {
  test('nothing outside the mask changes, no alpha changes, the source stays', () => {
    fc.assert(
      fc.property(anyScene, anyEdits(EVERY_EDIT), ({ raster, mask }, edits) => {
        const before = raster.data.slice();
        const layers = [{ mask, edits, componentId: 'a' }];
        const { data } = applyEdits(raster, layers, { imageHash });
        expect(raster.data).toEqual(before);
        expect(data).not.toBe(raster.data);
        data.forEach((byte, i) => {
          const free = mask.data[Math.floor(i / 4)] === 1 && i % 4 < 3;
          if (!free && byte !== before[i]) throw new Error(`Byte ${i} changed.`);
        });
      }),
      { numRuns: 300 },
    );
  });

  test('neutral edits and opacity 0 give the source', () => {
    fc.assert(
      fc.property(anyScene, anyEdits(EVERY_EDIT), ({ raster, mask }, edits) => {
        expect(edit(raster, mask, NEUTRAL_EDITS).data).toEqual(raster.data);
        expect(edit(raster, mask, { ...edits, opacity: 0 }).data).toEqual(raster.data);
      }),
    );
  });

  test('two tiles give the bytes of one, for pointwise edits and noise', () => {
    const names = [...POINTWISE, 'noise'] as const;
    fc.assert(
      fc.property(anyScene, anyEdits(names), side, ({ raster, mask }, edits, cut) => {
        const part = (left: boolean) => {
          const half = createMask(mask.width, mask.height, mask.data.slice());
          half.data.forEach((_, i) => {
            if (i % mask.width < cut !== left) half.data[i] = 0;
          });
          return half;
        };
        // One context for both tiles: the seed belongs to the component, not to the tile.
        const tiles = createRaster(raster.width, raster.height, raster.data.slice());
        const context = { seed, grayscale: isGrayscale(raster) };
        for (const tile of [part(true), part(false)]) {
          applyLayer(new Uint8Array(tiles.data.buffer), tile, edits, context);
        }
        expect(tiles.data).toEqual(edit(raster, mask, edits).data);
      }),
    );
  });

  test('masks and pixels of different sizes are a mistake', () => {
    const layers = [{ mask: fullMask(2, 3), edits: NEUTRAL_EDITS, componentId: 'a' }];
    expect(() => applyEdits(createRaster(3, 2), layers, { imageHash })).toThrow('2 × 3');
  });
});

describe('single edits do what they say', () => {
  const one = (rgb: readonly [number, number, number], edits: Partial<Edits>) => {
    const raster = createRaster(1, 1);
    raster.data.set([...rgb, 200]);
    const colour = { seed, grayscale: false };
    applyLayer(
      new Uint8Array(raster.data.buffer),
      fullMask(1, 1),
      { ...NEUTRAL_EDITS, ...edits },
      colour,
    );
    return [...raster.data.subarray(0, 3)];
  };

  test.each<[readonly [number, number, number], Partial<Edits>, number[]]>([
    [[0, 100, 250], { brightness: 0.2 }, [51, 151, 255]],
    [[0, 100, 250], { brightness: -1 }, [0, 0, 0]],
    [[0, 100, 250], { contrast: -1 }, [128, 128, 128]],
    [[10, 100, 250], { contrast: 1 }, [0, 73, 255]],
    [[0, 64, 255], { gamma: 1 }, [0, 128, 255]],
    [[0, 64, 255], { gamma: -0.5 }, [0, 16, 255]],
    [[255, 0, 0], { hue: 120 }, [0, 255, 0]],
    [[255, 0, 0], { hue: -120 }, [0, 0, 255]],
    [[255, 0, 0], { hue: 30 }, [255, 128, 0]],
    [[200, 100, 50], { saturation: -1 }, [200, 200, 200]],
    [[200, 100, 50], { saturation: 3 }, [200, 67, 0]],
    [[120, 120, 120], { hue: 77, saturation: 3 }, [120, 120, 120]],
    [[0, 100, 200], { brightness: 1, opacity: 0.25 }, [64, 139, 214]],
  ])('%j with %j is %j', (rgb, edits, expected) => {
    expect(one(rgb, edits)).toEqual(expected);
  });

  test('hue −180° and 180° are the same turn; three turns of 120° come back', () => {
    const chart = colourChart(48, 16);
    const all = fullMask(48, 16);
    expect(edit(chart, all, { hue: -180 }).data).toEqual(edit(chart, all, { hue: 180 }).data);
    const once = edit(chart, all, { hue: 120 });
    expect(once.data).not.toEqual(chart.data);
    expect(edit(edit(once, all, { hue: 120 }), all, { hue: 120 }).data).toEqual(chart.data);
  });

  test('a grayscale source keeps R = G = B whatever the edits', () => {
    fc.assert(
      fc.property(anyScene, anyEdits(EVERY_EDIT), ({ raster, mask }, edits) => {
        fc.pre(isGrayscale(raster));
        const layers = [{ mask, edits, componentId: 'a' }];
        expect(isGrayscale(applyEdits(raster, layers, { imageHash }))).toBe(true);
      }),
    );
  });

  test('sharpen steepens an edge, leaves flat parts alone, reads what lies outside the mask', () => {
    const step = createRaster(12, 1);
    for (let x = 0; x < 12; x += 1) step.data.fill(x < 6 ? 100 : 150, x * 4, x * 4 + 3);
    const reds = (raster: Raster) => [...raster.data].filter((_, i) => i % 4 === 0);
    const sharp = reds(edit(step, fullMask(12, 1), { sharpen: 1 }));
    expect(sharp.slice(0, 2)).toEqual([100, 100]);
    expect(sharp[5]).toBeLessThan(90);
    expect(sharp[6]).toBeGreaterThan(160);
    const left = reds(edit(step, drawnMask('######......'), { sharpen: 1 }));
    expect(left).toEqual([...sharp.slice(0, 6), 150, 150, 150, 150, 150, 150]);
  });

  test('noise differs by seed, and its spread is the one asked for', () => {
    const gray = createRaster(200, 200);
    gray.data.fill(128);
    const mask = fullMask(200, 200);
    const noisy = (componentId: string) =>
      applyEdits(gray, [{ mask, componentId, edits: { ...NEUTRAL_EDITS, noise: 0.05 } }], {
        imageHash,
      });
    expect(noisy('a').data).toEqual(noisy('a').data);
    expect(noisy('a').data).not.toEqual(noisy('b').data);
    const reds = [...noisy('a').data].filter((_, i) => i % 4 === 0);
    const mean = reds.reduce((sum, red) => sum + red, 0) / reds.length;
    const variance = reds.reduce((sum, red) => sum + (red - mean) ** 2, 0) / reds.length;
    expect(Math.abs(mean - 128)).toBeLessThan(0.3);
    // σ = 0.05 · 255 = 12.75 levels.
    expect(Math.abs(Math.sqrt(variance) - 12.75)).toBeLessThan(0.3);
  });
});
