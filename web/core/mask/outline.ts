import { maskBounds } from './bounds.ts';
import type { Mask } from './mask.ts';

/**
 * A closed polygon as x, y, x, y … in image coordinates, whole numbers because it runs along pixel
 * edges. Only corners are listed and the first is not repeated. The inside of the mask is on the
 * right of the way: outer rings run clockwise on the screen, holes the other way round.
 */
export type Ring = readonly number[];

/** One connected part of a mask: its border and the borders of its holes. */
export interface OutlinePart {
  readonly outer: Ring;
  readonly holes: readonly Ring[];
}

/** Right, down, left, up: turning right is the next one. */
const STEP_X = [1, 0, -1, 0];
const STEP_Y = [0, 1, 0, -1];
const UP = 3;

interface Tracing {
  readonly mask: Mask;
  /** Which ring passes the left edge of a pixel, by pixel index. */
  readonly ringAt: Map<number, number>;
}

function isInside({ width, height, data }: Mask, x: number, y: number): boolean {
  return x >= 0 && y >= 0 && x < width && y < height && data[y * width + x] === 1;
}

/**
 * Follows the border from the left edge of pixel (startX, startY), upwards, until it closes. Where
 * two pixels meet only at a corner it turns right, so they stay apart.
 */
function traceRing({ mask, ringAt }: Tracing, startX: number, startY: number, ring: number) {
  const corners: number[] = [];
  let x = startX;
  let y = startY + 1;
  let direction = UP;
  // Whether the ring encloses the mask or a hole is the sign of the area it runs around.
  let doubleArea = 0;
  do {
    if (direction === UP) ringAt.set((y - 1) * mask.width + x, ring);
    const nextX = x + STEP_X[direction];
    const nextY = y + STEP_Y[direction];
    doubleArea += x * nextY - nextX * y;
    x = nextX;
    y = nextY;
    // The four pixels around the corner, seen in the direction of travel.
    const aheadRight = isInsideAhead(mask, x, y, direction, true);
    const aheadLeft = isInsideAhead(mask, x, y, direction, false);
    let next = direction;
    if (!aheadRight) next = (direction + 1) % 4;
    else if (aheadLeft) next = (direction + 3) % 4;
    if (next !== direction) corners.push(x, y);
    direction = next;
  } while (x !== startX || y !== startY + 1 || direction !== UP);
  return { corners, isHole: doubleArea < 0 };
}

/** Whether the pixel ahead of corner (x, y), right or left of the line of travel, is inside. */
function isInsideAhead(
  mask: Mask,
  x: number,
  y: number,
  direction: number,
  right: boolean,
): boolean {
  const side = right ? (direction + 1) % 4 : (direction + 3) % 4;
  const dx = STEP_X[direction] + STEP_X[side];
  const dy = STEP_Y[direction] + STEP_Y[side];
  return isInside(mask, dx > 0 ? x : x - 1, dy > 0 ? y : y - 1);
}

/**
 * The border of a mask as closed rings along pixel edges, exactly: filling them again
 * (`fillRings`) gives the same mask. Parts are 4-connected (pixels that only share a corner are
 * two parts), in the order of their first pixels; holes follow the part around them.
 *
 * A new ring is met first at a left edge in its topmost row. If it is a hole, the pixels left of
 * that gap belong to the part around it, and the last left edge passed in the row is theirs.
 */
export function maskOutline(mask: Mask): readonly OutlinePart[] {
  const box = maskBounds(mask);
  if (!box) return [];
  const { width, data } = mask;
  const tracing: Tracing = { mask, ringAt: new Map() };
  const parts: { outer: Ring; holes: Ring[] }[] = [];
  const partOfRing: { outer: Ring; holes: Ring[] }[] = [];
  for (let y = box.y0; y < box.y1; y += 1) {
    let passed = -1;
    let before = 0;
    for (let x = box.x0; x < box.x1; x += 1) {
      const pixel = y * width + x;
      const value = data[pixel];
      if (value === 1 && before === 0) {
        const known = tracing.ringAt.get(pixel);
        if (known === undefined) {
          const ring = partOfRing.length;
          const { corners, isHole } = traceRing(tracing, x, y, ring);
          if (isHole) {
            partOfRing.push(partOfRing[passed]);
            partOfRing[passed].holes.push(corners);
          } else {
            const part = { outer: corners, holes: [] };
            parts.push(part);
            partOfRing.push(part);
          }
          passed = ring;
        } else passed = known;
      }
      before = value;
    }
  }
  return parts;
}
