import type { Size } from '../geometry/spaces.ts';
import { createRaster, type Raster } from '../raster/raster.ts';
import type { ImagePrompts } from './prompts.ts';
import type { Tier } from './tiers.ts';

/** Stands for the golden picture where photos go by their hash. */
export const GOLDEN_PHOTO = 'golden';

/** Size of the golden picture; not square. */
export const GOLDEN_SIZE: Size = { width: 1024, height: 768 };

/** Size at which the golden mask is kept: that of the logits. */
export const GOLDEN_MASK_SIZE: Size = { width: 256, height: 192 };

/**
 * The tier in which a backend proves itself: the same operations as in the others, in a fraction
 * of their time.
 */
export const GOLDEN_TIER: Tier = 'quick';

/** One click on the ball. The candidate is named, so that another choice does not move it. */
export const GOLDEN_PROMPTS: ImagePrompts = {
  points: [{ x: 610.5, y: 350.5, include: true, candidate: 1 }],
  box: null,
};

const BALL = { x: 620, y: 360, radius: 190 };
const CRATE = { x0: 110, y0: 420, x1: 330, y1: 650 };

/**
 * The picture on which a backend proves itself: a shaded ball and a crate before a wall. Made by
 * integer arithmetic, so it has the same bytes everywhere.
 */
export function goldenPicture(): Raster {
  const picture = createRaster(GOLDEN_SIZE.width, GOLDEN_SIZE.height);
  const { data, width, height } = picture;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      data.set(colourAt(x, y), (y * width + x) * 4);
    }
  }
  return picture;
}

function colourAt(x: number, y: number): [number, number, number, number] {
  const dx = x - BALL.x;
  const dy = y - BALL.y;
  if (dx * dx + dy * dy < BALL.radius * BALL.radius) {
    const lit = Math.max(0, 90 - ((dx + dy) >> 2));
    return [120 + (lit >> 1), 30 + (lit >> 2), 34, 255];
  }
  if (x >= CRATE.x0 && x < CRATE.x1 && y >= CRATE.y0 && y < CRATE.y1) {
    const plank = (y - CRATE.y0) % 46 < 4 ? 60 : 0;
    return [150 - plank, 110 - plank, 62 - (plank >> 1), 255];
  }
  const wall = 150 + (y >> 4) + (((x * 7) ^ (y * 13)) & 7);
  return y > 590 ? [wall - 60, wall - 56, wall - 50, 255] : [wall, wall + 6, wall + 12, 255];
}

/** IoU that a backend must reach with the golden mask. */
export const GOLDEN_IOU = 0.99;
