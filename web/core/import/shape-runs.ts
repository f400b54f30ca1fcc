import { fail, ok, type Result } from '../flow/result.ts';
import type { Size } from '../geometry/spaces.ts';
import { cocoPolygonRuns } from '../mask/coco-polygon.ts';
import { fillRings } from '../mask/fill.ts';
import { createMask } from '../mask/mask.ts';
import { encodeRle, type RunLengths } from '../mask/rle.ts';
import { rleFromText } from '../mask/rle-text.ts';
import { unionOfAll } from '../mask/rle-union.ts';
import type { FoundShape } from './found-mask.ts';

/**
 * Draws what a file says on a picture of `size`.
 * @returns COCO's run lengths, or what is wrong, as the end of a sentence
 */
export function shapeRuns(shape: FoundShape, size: Size): Result<RunLengths, string> {
  switch (shape.kind) {
    case 'rle-text': {
      const counts = rleFromText(shape.counts);
      return counts.ok ? checkedRuns(counts.value, size) : fail('the run lengths are damaged');
    }
    case 'rle':
      return checkedRuns(shape.counts, size);
    case 'box-rle':
      return boxRuns(shape, size);
    case 'polygons': {
      const isDrawable = shape.rings.length > 0 && shape.rings.every(isRing);
      if (!isDrawable) return fail('a polygon needs three corners or more');
      const drawn = shape.rings.map((ring) =>
        shape.rule === 'coco'
          ? cocoPolygonRuns(withinReach(ring, size), size)
          : encodeRle(fillRings([ring], size.width, size.height)),
      );
      return ok(unionOfAll(drawn));
    }
    case 'unit-polygon': {
      if (!isRing(shape.ring)) return fail('a polygon needs three corners or more');
      const ring = shape.ring.map((value, i) => value * (i % 2 === 0 ? size.width : size.height));
      return ok(encodeRle(fillRings([ring], size.width, size.height)));
    }
    case 'bitmap':
      return ok(encodeRle(shape.mask));
  }
}

function isRing(ring: readonly number[]): boolean {
  return ring.length >= 6 && ring.length % 2 === 0 && ring.every(Number.isFinite);
}

/** Corners far outside would be walked to step by step; one picture beyond the edge is far enough. */
function withinReach(ring: readonly number[], { width, height }: Size): readonly number[] {
  return ring.map((value, i) => {
    const side = i % 2 === 0 ? width : height;
    return Math.min(Math.max(value, -side), side * 2);
  });
}

function checkedRuns(
  counts: readonly number[],
  { width, height }: Size,
): Result<RunLengths, string> {
  let total = 0;
  for (const run of counts) {
    if (!Number.isSafeInteger(run) || run < 0) return fail(`${run} is no run length`);
    total += run;
  }
  return total === width * height
    ? ok(counts)
    : fail(`the run lengths fill ${total} of ${width * height} pixels`);
}

function boxRuns(
  { counts, left, top, width, height }: Extract<FoundShape, { kind: 'box-rle' }>,
  size: Size,
): Result<RunLengths, string> {
  const sides = [left, top, width, height];
  if (!sides.every((side) => Number.isSafeInteger(side) && side >= 0)) {
    return fail('the box of the mask is not in whole pixels');
  }
  if (left + width > size.width || top + height > size.height) {
    return fail('the box of the mask leaves the picture');
  }
  const checked = checkedRuns(counts, { width, height });
  if (!checked.ok) return checked;
  const mask = createMask(size.width, size.height);
  let at = 0;
  counts.forEach((run, index) => {
    for (let i = 0; index % 2 === 1 && i < run; i += 1) {
      const x = left + ((at + i) % width);
      const y = top + Math.floor((at + i) / width);
      mask.data[y * size.width + x] = 1;
    }
    at += run;
  });
  return ok(encodeRle(mask));
}
