import type { PixelRect } from '../mask/bounds.ts';
import type { Mask } from '../mask/mask.ts';
import { type Blend, blendOf } from './blend.ts';
import type { EditContext } from './context.ts';
import type { Edits } from './edits.ts';
import { noiseSource } from './noise.ts';
import { sharpener } from './sharpen.ts';
import { insideSpans, LONGEST_SPAN, spanRoom } from './spans.ts';
import { pixelEdits, readSpan, writeSpan } from './working-values.ts';

/** Above what the separable blur and the 9 × 9 sum can differ by, in 1/255 (they reach 1e-12). */
const ROUNDING_DOUBT = 1e-9;

/**
 * A layer with sharpen or noise, run by run of the mask's pixels: memory is a dozen rows of the
 * mask's bounding box, whatever the image. Changes `bytes` (RGBA) in place.
 *
 * The blur is separable. Where its last bits could decide a rounding, the pixel is summed again
 * as the reference sums it, so the bytes are the reference's.
 */
export function applySpatial(
  bytes: Uint8Array,
  mask: Mask,
  box: PixelRect,
  edits: Edits,
  { seed, grayscale }: EditContext,
): void {
  const own = pixelEdits(edits, grayscale);
  const blend = blendOf(edits.opacity);
  const spans = spanRoom(box.x1 - box.x0);
  const room = new Float64Array(LONGEST_SPAN * 3);
  const sharp = edits.sharpen === 0 ? null : sharpener(bytes, mask, box, own, edits.sharpen);
  const noise = edits.noise === 0 ? null : noiseSource(seed, LONGEST_SPAN);

  const exact = new Float64Array(3);
  const again = (pixel: number) => {
    for (let c = 0; c < 3; c += 1) exact[c] = sharp?.exactly(pixel % mask.width, c) ?? 0;
    noise?.add(pixel, edits.noise, grayscale, exact);
    return exact;
  };

  for (let y = box.y0; y < box.y1; y += 1) {
    const row = y * mask.width;
    sharp?.openRow(y);
    const count = insideSpans(mask.data, row + box.x0, row + box.x1, spans);
    for (let span = 0; span < count; span += 2) {
      const from = spans[span];
      const to = spans[span + 1];
      const values = room.subarray(0, (to - from) * 3);
      if (sharp) sharp.sharpen(from - row, to - row, values);
      else readSpan(bytes, from, to, own, values, 0);
      noise?.add(from, edits.noise, grayscale, values);
      if (sharp) writeChecked(values, bytes, from, to, blend, again);
      else writeSpan(values, bytes, from, to, blend);
    }
  }
}

/** Blends one value over one byte, not yet cut down to a whole level. */
function levelOf(byte: number, value: number, { opacity, kept }: Blend): number {
  return (kept[byte] + opacity * value) * 255 + 0.5;
}

function isInDoubt(level: number): boolean {
  return ((level + ROUNDING_DOUBT) | 0) !== ((level - ROUNDING_DOUBT) | 0);
}

/** `writeSpan`, with the channels of a pixel that is in doubt asked for again. */
function writeChecked(
  values: Float64Array,
  bytes: Uint8Array,
  from: number,
  to: number,
  blend: Blend,
  again: (pixel: number) => Float64Array,
): void {
  let i = 0;
  for (let byte = from * 4; byte < to * 4; byte += 4) {
    let red = levelOf(bytes[byte], values[i], blend);
    let green = levelOf(bytes[byte + 1], values[i + 1], blend);
    let blue = levelOf(bytes[byte + 2], values[i + 2], blend);
    if (isInDoubt(red) || isInDoubt(green) || isInDoubt(blue)) {
      const exact = again(byte >> 2);
      red = levelOf(bytes[byte], exact[0], blend);
      green = levelOf(bytes[byte + 1], exact[1], blend);
      blue = levelOf(bytes[byte + 2], exact[2], blend);
    }
    bytes[byte] = red | 0;
    bytes[byte + 1] = green | 0;
    bytes[byte + 2] = blue | 0;
    i += 3;
  }
}
