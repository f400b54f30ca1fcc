import jpegDecode from '@jsquash/jpeg/codec/dec/mozjpeg_dec.wasm?url';
import jpegEncode from '@jsquash/jpeg/codec/enc/mozjpeg_enc.wasm?url';
import png from '@jsquash/png/codec/pkg/squoosh_png_bg.wasm?url';
import webpDecode from '@jsquash/webp/codec/dec/webp_dec.wasm?url';
import webpEncode from '@jsquash/webp/codec/enc/webp_enc_simd.wasm?url';
import type { LoadWasm, WasmName } from './wasm-name.ts';

const URLS: Readonly<Record<WasmName, string>> = {
  'jpeg-decode': jpegDecode,
  'jpeg-encode': jpegEncode,
  png,
  'webp-decode': webpDecode,
  'webp-encode': webpEncode,
};

/** Fetches and compiles a codec; the browser's HTTP cache and the service worker keep the file. */
export const loadWasmInBrowser: LoadWasm = async (name) => {
  const response = await fetch(URLS[name]);
  if (!response.ok) throw new Error(`The ${name} codec did not load: HTTP ${response.status}.`);
  // Not compileStreaming: it insists on a MIME type that some servers do not send.
  return WebAssembly.compile(await response.arrayBuffer());
};
