import type { ImagePoint, Point, Size } from '../geometry/spaces.ts';
import { TIER_GRIDS, type Tier, type TierGrid } from './tiers.ts';

/** Pixels of the decoder's square frame. The photo lies at its top left, the rest is empty. */
export type ModelPoint = Point<'model'>;

/** Side of the frame, in pixels. */
export const MODEL_SIDE = 1024;

/** Side of the decoder's low-resolution masks; one of their pixels is 4 × 4 of the frame. */
export const LOW_RES_SIDE = 256;

/** Pixels along one cell of an embedding. */
export const CELL_SIDE = 16;

/** How one photo lies in the model's square. All sides are at least 1. */
export interface ModelFrame {
  /** The photo's own size. */
  readonly photo: Size;
  /** The photo as the encoder sees it: resized with bilinear interpolation. */
  readonly input: Size;
  /** What the encoder is given: the input and zeros to the right and below. Multiples of 16. */
  readonly grid: Size;
}

export function frameOf(photo: Size, tier: Tier): ModelFrame {
  return createFrame(photo, TIER_GRIDS[tier]);
}

export function createFrame(photo: Size, { longSide, isPadded }: TierGrid): ModelFrame {
  const scale = longSide / Math.max(photo.width, photo.height);
  const side = (length: number) => Math.max(1, Math.floor(length * scale + 0.5));
  const reach = (length: number) =>
    isPadded ? MODEL_SIDE : Math.ceil(length / CELL_SIDE) * CELL_SIDE;
  const input = { width: side(photo.width), height: side(photo.height) };
  return { photo, input, grid: { width: reach(input.width), height: reach(input.height) } };
}

/** The only way from photo to model; per axis, because the resized sides are whole pixels. */
export function toModel(point: ImagePoint, { photo, input }: ModelFrame): ModelPoint {
  return { x: (point.x * input.width) / photo.width, y: (point.y * input.height) / photo.height };
}

/** The part of a low-resolution mask that shows the photo; a fraction of the last pixel may. */
export function lowResExtent({ input }: ModelFrame): Size {
  const factor = LOW_RES_SIDE / MODEL_SIDE;
  return { width: input.width * factor, height: input.height * factor };
}
