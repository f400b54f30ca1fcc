import type { PixelRect } from '../mask/bounds.ts';
import type { Mask } from '../mask/mask.ts';
import { blendOf } from './blend.ts';
import type { EditContext } from './context.ts';
import type { Edits } from './edits.ts';
import { noiseSource } from './noise.ts';
import { sharpener } from './sharpen.ts';
import { insideSpans, LONGEST_SPAN, spanRoom } from './spans.ts';
import { pixelEdits, readSpan, writeSpan } from './working-values.ts';

/**
 * A layer with sharpen or noise, run by run of the mask's pixels: memory is a dozen rows of the
 * mask's bounding box, whatever the image. Changes `bytes` (RGBA) in place.
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
      writeSpan(values, bytes, from, to, blend);
    }
  }
}
