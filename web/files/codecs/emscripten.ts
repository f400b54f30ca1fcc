import type { CodecInstance } from './holder.ts';
import type { LoadWasm, WasmName } from './wasm-name.ts';

/** The part of an Emscripten module factory's options that is used here. */
interface EmscriptenOptions {
  readonly noInitialRun: true;
  readonly instantiateWasm: (
    imports: WebAssembly.Imports,
    done: (instance: WebAssembly.Instance) => void,
  ) => object;
  readonly print: (line: string) => void;
  readonly printErr: (line: string) => void;
}

/** What the factories of @jsquash/jpeg and @jsquash/webp are at run time. */
export type EmscriptenFactory<Module> = (options: EmscriptenOptions) => Promise<Module>;

/** A module together with what it has printed; libjpeg reports damage only by printing. */
export interface Emscripten<Module> {
  readonly module: Module;
  /** Takes the lines printed since the last call. */
  takeLines(): string[];
}

/** Instantiates an Emscripten module over WASM that `load` brings. */
export async function instantiateEmscripten<Module extends { readonly HEAPU8: Uint8Array }>(
  factory: EmscriptenFactory<Module>,
  load: LoadWasm,
  name: WasmName,
): Promise<CodecInstance<Emscripten<Module>>> {
  const wasm = await load(name);
  let lines: string[] = [];
  const note = (line: string) => {
    lines.push(line);
  };
  const module = await new Promise<Module>((resolve, reject) => {
    factory({
      noInitialRun: true,
      instantiateWasm(imports, done) {
        WebAssembly.instantiate(wasm, imports).then(done, reject);
        return {};
      },
      print: note,
      printErr: note,
    }).then(resolve, reject);
  });
  return {
    api: {
      module,
      takeLines() {
        const taken = lines;
        lines = [];
        return taken;
      },
    },
    memoryBytes: () => module.HEAPU8.buffer.byteLength,
  };
}
