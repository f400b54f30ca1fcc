/**
 * Coordinates live in exactly one space, kept apart by the type system.
 *
 * - image: pixels of the decoded, upright photo; continuous, so pixel (i, j) covers
 *   [i, i+1) × [j, j+1) and its centre is (i + 0.5, j + 0.5).
 * - unit: image coordinates divided by the image's width and height, 0…1. What recipes store.
 * - screen: CSS pixels relative to the canvas element.
 */
declare const space: unique symbol;

export interface Point<Space extends string> {
  readonly x: number;
  readonly y: number;
  readonly [space]?: Space;
}

export interface Box<Space extends string> {
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
  readonly [space]?: Space;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

export type ImagePoint = Point<'image'>;
export type UnitPoint = Point<'unit'>;
export type ScreenPoint = Point<'screen'>;
export type ImageBox = Box<'image'>;

export function toUnit(point: ImagePoint, size: Size): UnitPoint {
  return { x: point.x / size.width, y: point.y / size.height };
}
