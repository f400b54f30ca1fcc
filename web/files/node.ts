import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { type Codecs, createCodecs } from './codecs/codecs.ts';
import type { LoadWasm, WasmName } from './codecs/wasm-name.ts';

const FILES: Readonly<Record<WasmName, string>> = {
  'jpeg-decode': '@jsquash/jpeg/codec/dec/mozjpeg_dec.wasm',
  'jpeg-encode': '@jsquash/jpeg/codec/enc/mozjpeg_enc.wasm',
  png: '@jsquash/png/codec/pkg/squoosh_png_bg.wasm',
  'webp-decode': '@jsquash/webp/codec/dec/webp_dec.wasm',
  'webp-encode': '@jsquash/webp/codec/enc/webp_enc_simd.wasm',
};

const { resolve } = createRequire(import.meta.url);

const loadWasmFromDisk: LoadWasm = async (name) =>
  WebAssembly.compile(new Uint8Array(await readFile(resolve(FILES[name]))));

/** The codecs for Node: the same WASM as in the browser, read from `node_modules`. */
export function createNodeCodecs(): Codecs {
  return createCodecs(loadWasmFromDisk);
}
