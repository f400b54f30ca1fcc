import type { ImageFormat } from '../../core/dataset/image-format.ts';
import type { ImageProblem } from '../../core/dataset/image-problem.ts';
import type { ImageWarning } from '../../core/dataset/image-warning.ts';
import { fail, ok, type Result } from '../../core/flow/result.ts';
import { orient } from '../../core/raster/orient.ts';
import type { Raster } from '../../core/raster/raster.ts';
import type { Bytes } from '../bytes.ts';
import type { Codecs } from '../codecs/codecs.ts';
import type { ImageHeader } from '../headers/image-header.ts';
import { readHeader } from '../headers/read-header.ts';
import { readIcc } from '../metadata/read-icc.ts';
import { sniff } from '../sniff.ts';
import { decodePixels } from './decode-pixels.ts';

/** A photo with every pixel decoded and upright. */
export interface DecodedImage {
  readonly format: ImageFormat;
  /** EXIF orientation is applied; colours are the file's own numbers, never converted. */
  readonly raster: Raster;
  /** The colour profile to carry into outputs. */
  readonly icc: Bytes | null;
  readonly warnings: readonly ImageWarning[];
}

/**
 * Decodes a JPEG, PNG or WebP: magic bytes, then the header, then the pixel limit, and only then
 * is memory for the picture allocated. Never throws for what `bytes` contain.
 */
export async function decodeImage(
  bytes: Bytes,
  codecs: Codecs,
  limits: { readonly imagePixels: number },
): Promise<Result<DecodedImage, ImageProblem>> {
  if (bytes.length === 0) return fail({ kind: 'empty-file' });
  const sniffed = sniff(bytes);
  if (sniffed.kind === 'foreign') return fail({ kind: 'not-an-image', found: sniffed.found });
  const header = readHeader(sniffed.format, bytes);
  if (!header.ok) return header;
  const { width, height } = header.value;
  if (width * height > limits.imagePixels) {
    return fail({ kind: 'too-many-pixels', width, height, limit: limits.imagePixels });
  }
  const pixels = await decodePixels(bytes, header.value, codecs);
  if (!pixels.ok) return pixels;
  return ok({
    format: sniffed.format,
    raster: orient(pixels.value, header.value.orientation),
    icc: await readIcc(sniffed.format, bytes),
    warnings: warningsOf(header.value),
  });
}

function warningsOf(header: ImageHeader): ImageWarning[] {
  const warnings: ImageWarning[] = [];
  if (header.animated) warnings.push({ kind: 'animated' });
  if (header.bitsPerChannel > 8) warnings.push({ kind: 'reduced-to-8-bits' });
  return warnings;
}
