import type { ImageFormat } from '../../core/dataset/image-format.ts';
import type { ImageProblem } from '../../core/dataset/image-problem.ts';
import type { Result } from '../../core/flow/result.ts';
import type { PlainHeader } from './image-header.ts';
import { type JpegHeader, parseJpegHeader } from './jpeg.ts';
import { parsePngHeader } from './png.ts';
import { parseWebpHeader } from './webp.ts';

/** Reads the header of a file whose first bytes said `format`. Allocates nothing, never throws. */
export function readHeader(
  format: ImageFormat,
  bytes: Uint8Array,
): Result<JpegHeader | PlainHeader, ImageProblem> {
  switch (format) {
    case 'jpeg':
      return parseJpegHeader(bytes);
    case 'png':
      return parsePngHeader(bytes);
    case 'webp':
      return parseWebpHeader(bytes);
  }
}
