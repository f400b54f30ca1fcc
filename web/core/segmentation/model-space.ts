import type { ImagePoint, Point, Size } from '../geometry/spaces.ts';

/** Pixels of the encoder's square input. The photo lies at its top left, zeros fill the rest. */
export type ModelPoint = Point<'model'>;

/** Side of the encoder's input, in pixels. */
export const MODEL_SIDE = 1024;

/** Side of the decoder's low-resolution masks; one of their pixels is 4 × 4 of the input. */
export const LOW_RES_SIDE = 256;

/** The size to which a photo is resized for the encoder: longest side 1024, at least one pixel. */
export function modelInputSize(size: Size): Size {
  const scale = MODEL_SIDE / Math.max(size.width, size.height);
  const side = (length: number) => Math.max(1, Math.floor(length * scale + 0.5));
  return { width: side(size.width), height: side(size.height) };
}

/** The only way from photo to model; per axis, because the resized sides are whole pixels. */
export function toModel(point: ImagePoint, size: Size): ModelPoint {
  const input = modelInputSize(size);
  return { x: (point.x * input.width) / size.width, y: (point.y * input.height) / size.height };
}

/** The part of a low-resolution mask that shows the photo; a fraction of the last pixel may. */
export function lowResExtent(size: Size): Size {
  const input = modelInputSize(size);
  const factor = LOW_RES_SIDE / MODEL_SIDE;
  return { width: input.width * factor, height: input.height * factor };
}
