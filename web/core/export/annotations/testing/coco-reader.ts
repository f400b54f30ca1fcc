import { createMask, type Mask } from '../../../mask/mask.ts';

/*
 * What pycocotools does when it reads a segmentation, written from cocodataset/cocoapi
 * `common/maskApi.c` without any of the product's code, so that both cannot err together.
 */

/** `rleFrString` and `rleDecode`. */
export function readCompressedRle(text: string, height: number, width: number): Mask {
  const counts: number[] = [];
  let at = 0;
  while (at < text.length) {
    let value = 0;
    let shift = 0;
    let character = 0;
    do {
      character = text.charCodeAt(at++) - 48;
      value |= (character & 31) << shift;
      shift += 5;
    } while (character & 32);
    if (character & 16) value |= -1 << shift;
    counts.push(counts.length > 2 ? value + counts[counts.length - 2] : value);
  }
  const columns = counts.flatMap((count, i) => new Array<number>(count).fill(i % 2));
  if (columns.length !== width * height) throw new Error('The runs do not fill the picture.');
  const mask = createMask(width, height);
  columns.forEach((value, i) => {
    mask.data[(i % height) * width + Math.floor(i / height)] = value;
  });
  return mask;
}

/** `rleFrPoly`: borders drawn five times as large, then the rows where a column changes sides. */
function readPolygon(polygon: readonly number[], height: number, width: number): number[] {
  const scale = 5;
  const corners = polygon.length / 2;
  const X = Array.from({ length: corners }, (_, i) => Math.trunc(scale * polygon[i * 2] + 0.5));
  const Y = Array.from({ length: corners }, (_, i) => Math.trunc(scale * polygon[i * 2 + 1] + 0.5));
  X.push(X[0]);
  Y.push(Y[0]);
  const u: number[] = [];
  const v: number[] = [];
  for (let j = 0; j < corners; j += 1) {
    let [xs, xe, ys, ye] = [X[j], X[j + 1], Y[j], Y[j + 1]];
    const dx = Math.abs(xe - xs);
    const dy = Math.abs(ys - ye);
    const flip = (dx >= dy && xs > xe) || (dx < dy && ys > ye);
    if (flip) [xs, xe, ys, ye] = [xe, xs, ye, ys];
    const slope = dx >= dy ? (ye - ys) / dx : (xe - xs) / dy;
    for (let d = 0; d <= Math.max(dx, dy); d += 1) {
      const t = flip ? Math.max(dx, dy) - d : d;
      u.push(dx >= dy ? t + xs : Math.trunc(xs + slope * t + 0.5));
      v.push(dx >= dy ? Math.trunc(ys + slope * t + 0.5) : t + ys);
    }
  }
  const changes: number[] = [];
  for (let j = 1; j < u.length; j += 1) {
    if (u[j] === u[j - 1]) continue;
    const xd = (Math.min(u[j], u[j - 1]) + 0.5) / scale - 0.5;
    if (Math.floor(xd) !== xd || xd < 0 || xd > width - 1) continue;
    const yd = (Math.min(v[j], v[j - 1]) + 0.5) / scale - 0.5;
    changes.push(xd * height + Math.ceil(Math.min(Math.max(yd, 0), height)));
  }
  return changes.sort((a, b) => a - b);
}

/** `frPyObjects` and `merge`: every polygon filled by itself, then joined. */
export function readPolygons(
  polygons: readonly (readonly number[])[],
  height: number,
  width: number,
): Mask {
  const mask = createMask(width, height);
  for (const polygon of polygons) {
    const changes = readPolygon(polygon, height, width);
    for (let i = 0; i + 1 < changes.length; i += 2) {
      for (let at = changes[i]; at < changes[i + 1]; at += 1) {
        mask.data[(at % height) * width + Math.floor(at / height)] = 1;
      }
    }
  }
  return mask;
}
