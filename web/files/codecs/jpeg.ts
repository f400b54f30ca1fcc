import mozjpegDecode from '@jsquash/jpeg/codec/dec/mozjpeg_dec.js';
import mozjpegEncode from '@jsquash/jpeg/codec/enc/mozjpeg_enc.js';
import { defaultEncodeOptions } from '@jsquash/jpeg/meta.js';
import type { Effort } from '../../core/export/recipe.ts';
import type { Raster } from '../../core/raster/raster.ts';
import type { Bytes } from '../bytes.ts';
import { type EmscriptenFactory, instantiateEmscripten } from './emscripten.ts';
import { createHolder } from './holder.ts';
import type { LoadWasm } from './wasm-name.ts';

interface DecodeModule {
  readonly HEAPU8: Uint8Array;
  decode(file: Bytes, applyOrientation: boolean): Raster | null;
}

interface EncodeModule {
  readonly HEAPU8: Uint8Array;
  encode(
    data: Uint8ClampedArray,
    width: number,
    height: number,
    options: typeof defaultEncodeOptions,
  ): Bytes;
}

/** A decoded JPEG and libjpeg's complaint about it, if any; it prints the first one only. */
export interface JpegPixels {
  readonly raster: Raster;
  readonly complaint: string | null;
}

export interface JpegCodec {
  /** Pixels as stored, EXIF orientation not applied. Throws on bad input. */
  decode(file: Bytes): Promise<JpegPixels>;
  /**
   * Alpha is ignored.
   * @param quality 1…100.
   * @param effort 'balanced' when absent
   */
  encode(raster: Raster, quality: number, effort?: Effort): Promise<Bytes>;
}

/** Fast: one scan, Huffman tables fitted; best: trellis quantisation over several passes. */
const EFFORT: Readonly<Record<Effort, Partial<typeof defaultEncodeOptions>>> = {
  fast: { progressive: false },
  balanced: {},
  best: {
    trellis_multipass: true,
    trellis_opt_zero: true,
    trellis_opt_table: true,
    trellis_loops: 1,
  },
};

/** MozJPEG compiled to WASM by Squoosh, packed by jSquash. */
export function createJpegCodec(load: LoadWasm): JpegCodec {
  const decoder = createHolder(() =>
    instantiateEmscripten(
      mozjpegDecode as unknown as EmscriptenFactory<DecodeModule>,
      load,
      'jpeg-decode',
    ),
  );
  const encoder = createHolder(() =>
    instantiateEmscripten(
      mozjpegEncode as unknown as EmscriptenFactory<EncodeModule>,
      load,
      'jpeg-encode',
    ),
  );
  return {
    decode: (file) =>
      decoder.use(({ module, takeLines }) => {
        takeLines();
        const picture = module.decode(file, false);
        const complaint = takeLines()[0] ?? null;
        if (!picture) throw new Error('The JPEG codec gave no picture.');
        const { width, height, data } = picture;
        return { raster: { width, height, data }, complaint };
      }),
    encode: (raster, quality, effort = 'balanced') =>
      encoder.use(({ module }) =>
        module.encode(raster.data, raster.width, raster.height, {
          ...defaultEncodeOptions,
          ...EFFORT[effort],
          quality,
        }),
      ),
  };
}
