import { type Bytes, concat, uint32be, uint32le } from '../bytes.ts';
import { FIRST_CHUNK, riffChunks, VP8X_ALPHA, VP8X_ANIMATION } from '../headers/webp.ts';
import { pngChunk } from '../png-chunk.ts';
import { riffChunk, riffFile } from '../riff.ts';

interface Frame {
  /** A still WebP file. */
  readonly file: Uint8Array;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** An animated WebP of still ones. Frame positions are even, as the format wants. */
export function buildAnimatedWebp(width: number, height: number, frames: readonly Frame[]): Bytes {
  const uint24 = (value: number) => uint32le(value).subarray(0, 3);
  const extended = concat([
    Uint8Array.of(VP8X_ANIMATION | VP8X_ALPHA, 0, 0, 0),
    uint24(width - 1),
    uint24(height - 1),
  ]);
  const pictures = frames.map((frame) => {
    const header = [frame.x / 2, frame.y / 2, frame.width - 1, frame.height - 1, 100].map(uint24);
    const chunks = [...riffChunks(frame.file, FIRST_CHUNK)]
      .filter(({ type }) => type !== 'VP8X')
      .map(({ type, start, end }) => riffChunk(type, frame.file.subarray(start, end)));
    return riffChunk('ANMF', concat([...header, Uint8Array.of(0), ...chunks]));
  });
  return riffFile([riffChunk('VP8X', extended), riffChunk('ANIM', new Uint8Array(6)), ...pictures]);
}

/** The acTL chunk that makes a PNG an animation of `frames` pictures. */
export function animationControl(frames: number): Bytes {
  return pngChunk('acTL', concat([uint32be(frames), uint32be(0)]));
}
