import { createMask, type Mask } from './mask.ts';
import type { OutlinePart, Ring } from './outline.ts';

/**
 * The pixels whose centre lies inside `rings` by the even-odd rule, so a ring within a ring is a
 * hole. Rings are closed by themselves; they may leave the image. Along an edge, a centre exactly
 * on it belongs to the right or lower side, so neighbouring polygons share no pixel.
 *
 * @param rings x, y, x, y … in image coordinates, not necessarily whole
 */
export function fillRings(rings: readonly Ring[], width: number, height: number): Mask {
  const mask = createMask(width, height);
  const crossings: number[][] = Array.from({ length: height }, () => []);
  for (const ring of rings) {
    for (let i = 0; i < ring.length; i += 2) {
      const j = (i + 2) % ring.length;
      addCrossings(crossings, ring[i], ring[i + 1], ring[j], ring[j + 1]);
    }
  }
  crossings.forEach((row, y) => {
    row.sort((a, b) => a - b);
    for (let i = 0; i + 1 < row.length; i += 2) {
      const from = Math.max(0, Math.ceil(row[i] - 0.5));
      const to = Math.min(width, Math.ceil(row[i + 1] - 0.5));
      if (from < to) mask.data.fill(1, y * width + from, y * width + to);
    }
  });
  return mask;
}

/** Notes where the line from (xa, ya) to (xb, yb) crosses the middle of each pixel row. */
function addCrossings(rows: number[][], xa: number, ya: number, xb: number, yb: number): void {
  if (ya === yb) return;
  const [topX, top, bottomX, bottom] = ya < yb ? [xa, ya, xb, yb] : [xb, yb, xa, ya];
  const slope = (bottomX - topX) / (bottom - top);
  const first = Math.max(0, Math.ceil(top - 0.5));
  const end = Math.min(rows.length, Math.ceil(bottom - 0.5));
  for (let y = first; y < end; y += 1) rows[y].push(topX + (y + 0.5 - top) * slope);
}

/** The mask of an outline. */
export function fillOutline(parts: readonly OutlinePart[], width: number, height: number): Mask {
  return fillRings(
    parts.flatMap(({ outer, holes }) => [outer, ...holes]),
    width,
    height,
  );
}
