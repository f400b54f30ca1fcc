import { blockMask } from '../../mask/testing/masks.ts';
import type { Raster } from '../../raster/raster.ts';
import { applyEdits } from '../apply.ts';
import { type Edits, NEUTRAL_EDITS } from '../edits.ts';
import { colourChart } from '../testing/pictures.ts';

/** Small pictures whose bytes are kept, so a change of meaning cannot pass unseen. */
export const GOLDEN_CASES: Readonly<Record<string, Partial<Edits>>> = {
  brightness: { brightness: 0.1 },
  contrast: { contrast: 0.35 },
  'gamma up': { gamma: 0.8 },
  'gamma down': { gamma: -0.45 },
  hue: { hue: 40 },
  'hue back': { hue: -135.5 },
  'saturation up': { saturation: 0.7 },
  'saturation down': { saturation: -0.6 },
  sharpen: { sharpen: 1.3 },
  noise: { noise: 0.08 },
  opacity: { brightness: 0.5, opacity: 0.3 },
  'chain of six': {
    brightness: 0.05,
    contrast: 0.2,
    gamma: 0.3,
    hue: 25,
    saturation: 0.3,
    opacity: 0.8,
  },
  'all eight': {
    brightness: -0.05,
    contrast: 0.15,
    gamma: -0.2,
    hue: -70,
    saturation: 0.4,
    sharpen: 0.8,
    noise: 0.03,
    opacity: 0.9,
  },
};

const WIDTH = 14;
const HEIGHT = 9;

/** The edits on a chart of all hues, under a mask with holes that touches two borders. */
export function editGolden(edits: Partial<Edits>): Raster {
  const raster = colourChart(WIDTH, HEIGHT);
  const mask = blockMask({
    width: WIDTH,
    height: HEIGHT,
    block: 2,
    bits: [true, true, true, false, true, true],
  });
  const layer = { mask, edits: { ...NEUTRAL_EDITS, ...edits }, componentId: 'golden' };
  return applyEdits(raster, [layer], { imageHash: '0123456789abcdef' });
}

/** Bytes as hexadecimal digits, one pixel row a line: what the golden file holds. */
export function hexRows({ width, height, data }: Raster): string[] {
  return Array.from({ length: height }, (_, y) =>
    Array.from(data.subarray(y * width * 4, (y + 1) * width * 4), (byte) =>
      byte.toString(16).padStart(2, '0'),
    ).join(''),
  );
}
