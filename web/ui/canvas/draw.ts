import type { ImageBox, Size } from '../../core/geometry/spaces.ts';
import { toScreen, type Viewport } from '../../core/geometry/viewport.ts';
import type { Overlay } from './overlay.ts';

/** Everything on the canvas. Pictures may be smaller than the photo; they are stretched to it. */
export interface Scene {
  readonly size: Size;
  readonly viewport: Viewport;
  readonly photo: ImageBitmap | null;
  readonly result: ImageBitmap | null;
  /** Share of the photo's width left of which the original shows instead of the result. */
  readonly split: number;
  readonly overlays: readonly Overlay[];
  /** A box being drawn, and the box of the component. */
  readonly box: ImageBox | null;
  readonly kept: ImageBox | null;
}

/** Draws the scene in the canvas's own pixels. Showing only: nothing is ever read back. */
export function draw(canvas: HTMLCanvasElement, room: Size, scene: Scene): void {
  const ratio = devicePixelRatio;
  const width = Math.round(room.width * ratio);
  const height = Math.round(room.height * ratio);
  if (width === 0 || height === 0) return;
  if (canvas.width !== width || canvas.height !== height) {
    canvas.width = width;
    canvas.height = height;
  }
  const context = canvas.getContext('2d');
  if (!context) return;
  const { viewport, size } = scene;
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.clearRect(0, 0, width, height);
  context.setTransform(
    viewport.scale * ratio,
    0,
    0,
    viewport.scale * ratio,
    viewport.x * ratio,
    viewport.y * ratio,
  );
  // Enlarged pixels are shown as they are; reduced ones are smoothed.
  context.imageSmoothingEnabled = viewport.scale * ratio < 2;
  context.imageSmoothingQuality = 'high';

  if (scene.photo) context.drawImage(scene.photo, 0, 0, size.width, size.height);
  if (scene.result) {
    const edge = scene.split * size.width;
    context.save();
    context.beginPath();
    context.rect(edge, 0, size.width - edge, size.height);
    context.clip();
    context.drawImage(scene.result, 0, 0, size.width, size.height);
    context.restore();
  }
  for (const overlay of scene.overlays) drawOverlay(context, overlay, size);

  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  if (scene.kept) strokeBox(context, viewport, scene.kept, false);
  if (scene.box) strokeBox(context, viewport, scene.box, true);
}

function drawOverlay(
  context: CanvasRenderingContext2D,
  { bitmap, part: { x0, y0, x1, y1 }, mask }: Overlay,
  photo: Size,
): void {
  const across = photo.width / mask.width;
  const down = photo.height / mask.height;
  context.drawImage(bitmap, x0 * across, y0 * down, (x1 - x0) * across, (y1 - y0) * down);
}

function strokeBox(
  context: CanvasRenderingContext2D,
  viewport: Viewport,
  box: ImageBox,
  isMoving: boolean,
): void {
  const from = toScreen(viewport, { x: box.x0, y: box.y0 });
  const to = toScreen(viewport, { x: box.x1, y: box.y1 });
  const rectangle = [from.x, from.y, to.x - from.x, to.y - from.y] as const;
  context.lineWidth = 3;
  context.strokeStyle = 'rgb(0 0 0 / 0.55)';
  context.setLineDash([]);
  context.strokeRect(...rectangle);
  context.lineWidth = 1.5;
  context.strokeStyle = '#fff';
  context.setLineDash(isMoving ? [] : [6, 4]);
  context.strokeRect(...rectangle);
}
