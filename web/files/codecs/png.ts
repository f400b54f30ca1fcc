import type { Raster } from '../../core/raster/raster.ts';
import type { Bytes } from '../bytes.ts';
import { createHolder } from './holder.ts';
import { instantiatePng } from './png-binding.ts';
import type { LoadWasm } from './wasm-name.ts';

export interface PngCodec {
  /**
   * Pixels of any colour type as RGBA. 16 bits a channel become 8 by dropping the low byte;
   * gAMA, cHRM and iCCP change nothing; colour under alpha 0 is kept. Throws on bad input.
   */
  decode(file: Bytes): Promise<Raster>;
  /** An RGBA file that decodes to exactly `raster`. */
  encode(raster: Raster): Promise<Bytes>;
}

/** The `png` crate compiled to WASM by Squoosh, packed by jSquash. */
export function createPngCodec(load: LoadWasm): PngCodec {
  const holder = createHolder(() => instantiatePng(load));
  return {
    decode: (file) => holder.use((api) => api.decode(file)),
    encode: (raster) => holder.use((api) => api.encode(raster)),
  };
}
