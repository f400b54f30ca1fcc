import { createJpegCodec, type JpegCodec } from './jpeg.ts';
import { createPngCodec, type PngCodec } from './png.ts';
import type { LoadWasm } from './wasm-name.ts';
import { createWebpCodec, type WebpCodec } from './webp.ts';

/** One codec for each format, the same in every browser and in Node. Loaded when first used. */
export interface Codecs {
  readonly jpeg: JpegCodec;
  readonly png: PngCodec;
  readonly webp: WebpCodec;
}

export function createCodecs(load: LoadWasm): Codecs {
  const compiled = new Map<string, Promise<WebAssembly.Module>>();
  const loadOnce: LoadWasm = (name) => {
    const known = compiled.get(name);
    if (known) return known;
    const loading = load(name);
    compiled.set(name, loading);
    // A failed download may be tried again.
    loading.catch(() => compiled.delete(name));
    return loading;
  };
  return {
    jpeg: createJpegCodec(loadOnce),
    png: createPngCodec(loadOnce),
    webp: createWebpCodec(loadOnce),
  };
}
