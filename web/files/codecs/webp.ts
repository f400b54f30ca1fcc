import webpDecode from '@jsquash/webp/codec/dec/webp_dec.js';
import webpEncode from '@jsquash/webp/codec/enc/webp_enc_simd.js';
import { defaultOptions } from '@jsquash/webp/meta.js';
import type { Effort } from '../../core/export/recipe.ts';
import type { Raster } from '../../core/raster/raster.ts';
import type { Bytes } from '../bytes.ts';
import { type EmscriptenFactory, instantiateEmscripten } from './emscripten.ts';
import { createHolder } from './holder.ts';
import type { LoadWasm } from './wasm-name.ts';

interface DecodeModule {
  readonly HEAPU8: Uint8Array;
  decode(file: Bytes): Raster | null;
}

interface EncodeModule {
  readonly HEAPU8: Uint8Array;
  encode(
    data: Uint8ClampedArray,
    width: number,
    height: number,
    options: typeof defaultOptions,
  ): Bytes | null;
}

export interface WebpCodec {
  /** First VP8 or VP8L picture of a file that is not animated. Throws on bad input. */
  decode(file: Bytes): Promise<Raster>;
  /**
   * @param quality 1…100, or 'lossless', which keeps colour under alpha 0 too.
   * @param effort 'balanced' when absent
   */
  encode(raster: Raster, quality: number | 'lossless', effort?: Effort): Promise<Bytes>;
}

/** libwebp's method: 0 (fast) … 6 (slow, smaller files); 4 is its own choice. */
const LOSSY: Readonly<Record<Effort, { method: number }>> = {
  fast: { method: 1 },
  balanced: { method: 4 },
  best: { method: 6 },
};

/** Without loss, `quality` is how hard the encoder tries; 100 takes seconds for one part in 500. */
const LOSSLESS: Readonly<Record<Effort, { method: number; quality: number }>> = {
  fast: { method: 2, quality: 25 },
  balanced: { method: 4, quality: 75 },
  best: { method: 6, quality: 75 },
};

/**
 * libwebp compiled to WASM by Squoosh, packed by jSquash. The SIMD build is taken without asking:
 * every browser that runs the segmentation model has WASM SIMD.
 */
export function createWebpCodec(load: LoadWasm): WebpCodec {
  const decoder = createHolder(() =>
    instantiateEmscripten(
      webpDecode as unknown as EmscriptenFactory<DecodeModule>,
      load,
      'webp-decode',
    ),
  );
  const encoder = createHolder(() =>
    instantiateEmscripten(
      webpEncode as unknown as EmscriptenFactory<EncodeModule>,
      load,
      'webp-encode',
    ),
  );
  return {
    decode: (file) =>
      decoder.use(({ module }) => {
        const picture = module.decode(file);
        if (!picture) throw new Error('The WebP codec gave no picture.');
        const { width, height, data } = picture;
        return { width, height, data };
      }),
    encode: (raster, quality, effort = 'balanced') =>
      encoder.use(({ module }) => {
        const options =
          quality === 'lossless'
            ? { ...defaultOptions, ...LOSSLESS[effort], lossless: 1, exact: 1 }
            : { ...defaultOptions, ...LOSSY[effort], quality };
        const file = module.encode(raster.data, raster.width, raster.height, options);
        if (!file) throw new Error('The WebP codec gave no file.');
        return file;
      }),
  };
}
