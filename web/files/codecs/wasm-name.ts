/** The WebAssembly modules, one for each direction of each format (PNG has both in one). */
export type WasmName = 'jpeg-decode' | 'jpeg-encode' | 'png' | 'webp-decode' | 'webp-encode';

/** Brings a compiled module; the page fetches it, Node reads it from disk. */
export type LoadWasm = (name: WasmName) => Promise<WebAssembly.Module>;
