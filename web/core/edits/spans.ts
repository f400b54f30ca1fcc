/**
 * Longest run whose working values are held at a time, in pixels: they stay in the processor's
 * first cache from reading to writing.
 */
export const LONGEST_SPAN = 512;

/** Room for the spans of a stretch of `length` pixels. */
export function spanRoom(length: number): Int32Array {
  return new Int32Array(length + 1);
}

/**
 * Finds the runs of inside pixels of one stretch of a mask, such as a row of its bounding box.
 * Runs longer than `longest` come in pieces.
 *
 * @param inside 1 inside, 0 outside
 * @param from first pixel looked at; `to` is the first that is not
 * @param out receives start, end, start, end …; from `spanRoom(to - from)`
 * @returns how many numbers were written
 */
export function insideSpans(
  inside: Uint8Array,
  from: number,
  to: number,
  out: Int32Array,
  longest = LONGEST_SPAN,
): number {
  let count = 0;
  let pixel = from;
  while (pixel < to) {
    while (pixel < to && inside[pixel] === 0) pixel += 1;
    if (pixel === to) break;
    out[count] = pixel;
    const last = Math.min(to, pixel + longest);
    while (pixel < last && inside[pixel] !== 0) pixel += 1;
    out[count + 1] = pixel;
    count += 2;
  }
  return count;
}
