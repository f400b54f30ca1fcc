import type { ImageProblem } from '../../core/dataset/image-problem.ts';
import { fail, ok, type Result } from '../../core/flow/result.ts';
import type { Raster } from '../../core/raster/raster.ts';
import { type Bytes, concat } from '../bytes.ts';
import type { Codecs } from '../codecs/codecs.ts';
import { damaged, type ImageHeader, type PlainHeader } from '../headers/image-header.ts';
import type { JpegHeader } from '../headers/jpeg.ts';
import { findPngDamage } from '../headers/png.ts';
import { isOutOfMemory } from '../out-of-memory.ts';
import { firstWebpFrame, onCanvas } from './webp-first-frame.ts';

/** A trap while decoding a picture of this size is taken for lack of memory, not for bad bytes. */
const LARGE_PIXELS = 50_000_000;

/** Decodes the pixels as stored, with the checks that each decoder leaves out. */
export async function decodePixels(
  bytes: Bytes,
  header: JpegHeader | PlainHeader,
  codecs: Codecs,
): Promise<Result<Raster, ImageProblem>> {
  try {
    switch (header.format) {
      case 'jpeg':
        return await decodeJpeg(bytes, header, codecs);
      case 'png': {
        const damage = findPngDamage(bytes, header);
        return damage ? damaged('png', damage) : ok(await codecs.png.decode(bytes));
      }
      case 'webp':
        return await decodeWebp(bytes, header, codecs);
    }
  } catch (error) {
    const trapped = error instanceof WebAssembly.RuntimeError;
    const large = header.width * header.height > LARGE_PIXELS;
    if (isOutOfMemory(error) || (trapped && large)) return fail({ kind: 'out-of-memory' });
    return damaged(header.format, 'pixels');
  }
}

/**
 * libjpeg paints what is missing grey and only complains. A file without its end marker is
 * completed with one: a plain scan that has all its data then decodes without complaint. In a
 * progressive file whole passes may be missing without a trace, so there the marker is required.
 */
async function decodeJpeg(
  bytes: Bytes,
  header: JpegHeader,
  codecs: Codecs,
): Promise<Result<Raster, ImageProblem>> {
  if (!header.ended && !header.singleScan) return damaged('jpeg', 'cut-off');
  const whole = header.ended ? bytes : concat([bytes, Uint8Array.of(0xff, 0xd9)]);
  const { raster, complaint } = await codecs.jpeg.decode(whole);
  if (complaint !== null && !isHarmless(complaint)) {
    return damaged('jpeg', header.ended ? 'pixels' : 'cut-off');
  }
  return ok(raster);
}

/**
 * Cameras leave padding between segments, and some write a JFIF version of their own: neither
 * touches a pixel. Wording: libjpeg's jerror.h, JWRN_EXTRANEOUS_DATA, JWRN_JFIF_MAJOR and
 * JWRN_ADOBE_XFORM.
 */
function isHarmless(complaint: string): boolean {
  return /extraneous bytes before marker|unknown JFIF revision|Unknown Adobe color transform/.test(
    complaint,
  );
}

async function decodeWebp(
  bytes: Bytes,
  header: ImageHeader,
  codecs: Codecs,
): Promise<Result<Raster, ImageProblem>> {
  if (!header.animated) return ok(await codecs.webp.decode(bytes));
  const frame = firstWebpFrame(bytes, header);
  if (!frame) return damaged('webp', 'pixels');
  const picture = await codecs.webp.decode(frame.file);
  return ok(onCanvas(picture, frame.x, frame.y, header));
}
