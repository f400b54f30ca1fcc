import type { ImagePoint, ScreenPoint, Size } from './spaces.ts';

/** How an image lies on the canvas: screen = image · scale + (x, y), in CSS pixels. */
export interface Viewport {
  readonly scale: number;
  readonly x: number;
  readonly y: number;
}

const MIN_SCALE = 0.02;
const MAX_SCALE = 32;

export function toScreen(viewport: Viewport, point: ImagePoint): ScreenPoint {
  return {
    x: point.x * viewport.scale + viewport.x,
    y: point.y * viewport.scale + viewport.y,
  };
}

export function toImage(viewport: Viewport, point: ScreenPoint): ImagePoint {
  return {
    x: (point.x - viewport.x) / viewport.scale,
    y: (point.y - viewport.y) / viewport.scale,
  };
}

/** CSS pixels around a photo that is shown whole. */
const FIT_MARGIN = 16;
/** Above it stands the toolbar; a very low canvas has no room to spare for it. */
const FIT_TOP = { most: 72, share: 0.3 };

/** The whole image, in the middle of the canvas below its toolbar. Never enlarged beyond 4:1. */
export function fitInto(image: Size, canvas: Size): Viewport {
  const top = Math.max(FIT_MARGIN, Math.min(FIT_TOP.most, canvas.height * FIT_TOP.share));
  const room = {
    width: Math.max(1, canvas.width - 2 * FIT_MARGIN),
    height: Math.max(1, canvas.height - top - FIT_MARGIN),
  };
  const scale = clampScale(Math.min(room.width / image.width, room.height / image.height, 4));
  return {
    scale,
    x: (canvas.width - image.width * scale) / 2,
    y: top + (room.height - image.height * scale) / 2,
  };
}

/** Zooms by `factor` so that what is under `at` stays there. */
export function zoomAt(viewport: Viewport, at: ScreenPoint, factor: number): Viewport {
  const scale = clampScale(viewport.scale * factor);
  const under = toImage(viewport, at);
  return { scale, x: at.x - under.x * scale, y: at.y - under.y * scale };
}

/** Moves by CSS pixels; at least `keep` of them of the image stay on the canvas. */
export function pan(
  viewport: Viewport,
  by: ScreenPoint,
  image: Size,
  canvas: Size,
  keep = 64,
): Viewport {
  const limit = (value: number, length: number, room: number) =>
    Math.min(room - keep, Math.max(keep - length, value));
  return {
    scale: viewport.scale,
    x: limit(viewport.x + by.x, image.width * viewport.scale, canvas.width),
    y: limit(viewport.y + by.y, image.height * viewport.scale, canvas.height),
  };
}

export function isInside(point: ImagePoint, image: Size): boolean {
  return point.x >= 0 && point.y >= 0 && point.x < image.width && point.y < image.height;
}

export function clampToImage(point: ImagePoint, image: Size): ImagePoint {
  return {
    x: Math.min(image.width, Math.max(0, point.x)),
    y: Math.min(image.height, Math.max(0, point.y)),
  };
}

function clampScale(scale: number): number {
  return Math.min(MAX_SCALE, Math.max(MIN_SCALE, scale));
}
