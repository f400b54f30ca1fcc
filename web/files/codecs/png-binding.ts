import type { Raster } from '../../core/raster/raster.ts';
import type { Bytes } from '../bytes.ts';
import type { CodecInstance } from './holder.ts';
import type { LoadWasm } from './wasm-name.ts';

/** Both directions of the PNG codec. Errors are thrown: bad input and traps look alike. */
export interface PngApi {
  decode(file: Bytes): Raster;
  encode(raster: Raster): Bytes;
}

interface PngExports {
  readonly memory: WebAssembly.Memory;
  decode(pointer: number, length: number): number;
  encode(
    result: number,
    pointer: number,
    length: number,
    width: number,
    height: number,
    bitDepth: number,
  ): void;
  __wbindgen_malloc(size: number, align: number): number;
  __wbindgen_free(pointer: number, size: number, align: number): void;
  __wbindgen_add_to_stack_pointer(delta: number): number;
}

/**
 * Instantiates the WASM of @jsquash/png. Its own JavaScript holds one instance for ever, which
 * can be neither replaced after a trap nor freed after a large photo, so the six imports that
 * wasm-bindgen asks for are given here. Their names end in a hash and are found by their prefix.
 */
export async function instantiatePng(load: LoadWasm): Promise<CodecInstance<PngApi>> {
  const wasm = await load('png');
  let decoded: Raster | null = null;

  const handlers: Readonly<Record<string, (...args: number[]) => number>> = {
    __wbg_newwithownedu8clampedarrayandsh_(pointer, length, width, height) {
      const data = new Uint8ClampedArray(codec.memory.buffer, pointer >>> 0, length).slice();
      codec.__wbindgen_free(pointer, length, 1);
      decoded = { width: width >>> 0, height: height >>> 0, data };
      return 0;
    },
    __wbindgen_throw(pointer, length) {
      const message = new Uint8Array(codec.memory.buffer, pointer >>> 0, length).slice();
      throw new Error(new TextDecoder().decode(message));
    },
  };
  const imports: Record<string, (...args: number[]) => number> = {};
  for (const { name } of WebAssembly.Module.imports(wasm)) {
    const known = Object.keys(handlers).find((prefix) => name.startsWith(prefix));
    imports[name] = known
      ? handlers[known]
      : () => {
          throw new Error(`The PNG codec called ${name}, which 8-bit work never needs.`);
        };
  }
  const instance = await WebAssembly.instantiate(wasm, { wbg: imports });
  const codec = instance.exports as unknown as PngExports;

  function copyIn(bytes: Uint8Array | Uint8ClampedArray): number {
    const pointer = codec.__wbindgen_malloc(bytes.length, 1) >>> 0;
    new Uint8Array(codec.memory.buffer).set(bytes, pointer);
    return pointer;
  }

  return {
    api: {
      decode(file) {
        decoded = null;
        codec.decode(copyIn(file), file.length);
        const raster: Raster | null = decoded;
        if (!raster) throw new Error('The PNG codec gave no picture.');
        decoded = null;
        return raster;
      },
      encode({ width, height, data }) {
        const result = codec.__wbindgen_add_to_stack_pointer(-16);
        codec.encode(result, copyIn(data), data.length, width, height, 8);
        const [pointer, length] = new Uint32Array(codec.memory.buffer, result >>> 0, 2);
        const file = new Uint8Array(codec.memory.buffer, pointer, length).slice();
        codec.__wbindgen_free(pointer, length, 1);
        codec.__wbindgen_add_to_stack_pointer(16);
        return file;
      },
    },
    memoryBytes: () => codec.memory.buffer.byteLength,
  };
}
