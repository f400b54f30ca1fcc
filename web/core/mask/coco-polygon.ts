import type { Size } from '../geometry/spaces.ts';
import type { RunLengths } from './rle.ts';

/** Borders are drawn this much larger, then read where they pass the middle of a pixel. */
const SCALE = 5;

/**
 * Run lengths of a polygon as COCO's own tools fill it: its border is walked on a grid five times
 * as fine, and each pixel column changes sides where the border passes its middle.
 * Source: cocodataset/cocoapi, `common/maskApi.c`, `rleFrPoly`.
 *
 * @param ring x, y, x, y … in image coordinates, at least three corners
 */
export function cocoPolygonRuns(ring: readonly number[], { width, height }: Size): RunLengths {
  const changes: number[] = [];
  const onGrid = (value: number) => Math.trunc(SCALE * value + 0.5);
  const corners = ring.length / 2;
  let lastU: number | null = null;
  let lastV = 0;
  for (let i = 0; i < corners; i += 1) {
    const next = ((i + 1) % corners) * 2;
    const line = {
      x: onGrid(ring[i * 2]),
      y: onGrid(ring[i * 2 + 1]),
      toX: onGrid(ring[next]),
      toY: onGrid(ring[next + 1]),
    };
    walk(line, (u, v) => {
      if (lastU !== null && u !== lastU) {
        const change = changeAt(Math.min(u, lastU), Math.min(v, lastV), width, height);
        if (change !== null) changes.push(change);
      }
      lastU = u;
      lastV = v;
    });
  }
  return runsBetween(changes, width * height);
}

/** Where column `u` (fine) changes sides at row `v` (fine): a pixel's number, column by column. */
function changeAt(u: number, v: number, width: number, height: number): number | null {
  const column = (u + 0.5) / SCALE - 0.5;
  if (!Number.isInteger(column) || column < 0 || column > width - 1) return null;
  const row = Math.ceil(Math.min(Math.max((v + 0.5) / SCALE - 0.5, 0), height));
  return column * height + row;
}

interface Line {
  readonly x: number;
  readonly y: number;
  readonly toX: number;
  readonly toY: number;
}

/** Every grid point of a line, both ends included, one a step of its longer direction. */
function walk({ x, y, toX, toY }: Line, visit: (u: number, v: number) => void): void {
  const dx = Math.abs(toX - x);
  const dy = Math.abs(toY - y);
  const isFlat = dx >= dy;
  const steps = isFlat ? dx : dy;
  // The shorter coordinate is always reckoned from the lower end, so both directions agree.
  const isTurned = isFlat ? x > toX : y > toY;
  const [x0, y0, x1, y1] = isTurned ? [toX, toY, x, y] : [x, y, toX, toY];
  const slope = steps === 0 ? 0 : isFlat ? (y1 - y0) / steps : (x1 - x0) / steps;
  for (let step = 0; step <= steps; step += 1) {
    const t = isTurned ? steps - step : step;
    if (isFlat) visit(x0 + t, Math.trunc(y0 + slope * t + 0.5));
    else visit(Math.trunc(x0 + slope * t + 0.5), y0 + t);
  }
}

/** Runs that change sides at each of `changes`; two at one place are none. */
function runsBetween(changes: number[], total: number): number[] {
  changes.sort((a, b) => a - b);
  const runs = [0];
  let last = 0;
  for (const change of [...changes, total]) {
    const at = Math.min(change, total);
    runs[runs.length - 1] += at - last;
    last = at;
    runs.push(0);
  }
  const joined: number[] = [runs[0]];
  for (let i = 1; i < runs.length; i += 1) {
    if (runs[i] === 0 && i + 1 < runs.length) {
      joined[joined.length - 1] += runs[i + 1];
      i += 1;
    } else joined.push(runs[i]);
  }
  while (joined.length > 1 && joined.at(-1) === 0) joined.pop();
  return joined;
}
