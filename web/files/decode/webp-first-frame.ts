import type { Size } from '../../core/geometry/spaces.ts';
import { createRaster, type Raster } from '../../core/raster/raster.ts';
import type { Bytes } from '../bytes.ts';
import { FIRST_CHUNK, riffChunks, uint24, VP8X_ALPHA } from '../headers/webp.ts';
import { riffChunk, riffFile } from '../riff.ts';

/** A frame of an animation as a WebP file of its own, and where it lies on the canvas. */
export interface WebpFrame {
  readonly file: Bytes;
  readonly x: number;
  readonly y: number;
}

/**
 * Cuts the first frame out of an animated WebP, whose codec reads still pictures only.
 * Format: ANMF, RFC 9649 section 2.7.1.1. Null when there is no whole frame, or when it sticks out
 * of its canvas: only the canvas has been held against the limit of pixels.
 */
export function firstWebpFrame(bytes: Bytes, canvas: Size): WebpFrame | null {
  for (const { type, start, end } of riffChunks(bytes, FIRST_CHUNK)) {
    if (type !== 'ANMF' || end - start < 16) continue;
    // The codec must see nothing beyond the frame, so only its own bytes are walked.
    const frame = bytes.subarray(start, end);
    const x = uint24(frame, 0) * 2;
    const y = uint24(frame, 3) * 2;
    if (x + uint24(frame, 6) + 1 > canvas.width || y + uint24(frame, 9) + 1 > canvas.height) {
      return null;
    }
    const parts = [...riffChunks(frame, 16)]
      .filter(({ type }) => type === 'ALPH' || type === 'VP8 ' || type === 'VP8L')
      .map((chunk) => riffChunk(chunk.type, frame.subarray(chunk.start, chunk.end)));
    const extended = new Uint8Array(10);
    extended[0] = VP8X_ALPHA;
    extended.set(frame.subarray(6, 12), 4);
    return { file: riffFile([riffChunk('VP8X', extended), ...parts]), x, y };
  }
  return null;
}

/** Lays a decoded frame on a transparent canvas, which it does not leave. */
export function onCanvas(frame: Raster, x: number, y: number, { width, height }: Size): Raster {
  if (frame.width === width && frame.height === height) return frame;
  const canvas = createRaster(width, height);
  const rowBytes = frame.width * 4;
  for (let row = 0; row < frame.height; row += 1) {
    const pixels = frame.data.subarray(row * rowBytes, (row + 1) * rowBytes);
    canvas.data.set(pixels, ((y + row) * width + x) * 4);
  }
  return canvas;
}
