import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import {
  derive,
  MANIFEST_FILE,
  type Manifest,
  readManifest,
  sha256,
  sourcePath,
} from './derive.ts';
import { goldenRuns } from './golden.ts';
import { RECIPES } from './recipes.ts';

/**
 * Writes sizes, hashes and the golden mask of the installed packages into the manifest. Run it
 * after changing a recipe or a version, on purpose, and read the diff.
 */
export async function main(): Promise<void> {
  const manifest = readManifest();
  const [model] = manifest.models;
  const resolvePackage = createRequire(import.meta.url).resolve;

  model.source.files = RECIPES.map(({ source }) => pin(source, readFileSync(sourcePath(source))));
  for (const recipe of RECIPES) {
    const bytes = derive(recipe);
    const hash = sha256(bytes);
    const file = `${recipe.name}.${hash.slice(0, 8)}.onnx`;
    Object.assign(model[recipe.role], { file, bytes: bytes.length, sha256: hash });
  }
  const wasm = resolvePackage(`onnxruntime-web/${manifest.engine.wasm.file}`);
  const wasmBytes = readFileSync(wasm);
  Object.assign(manifest.engine.wasm, { bytes: wasmBytes.length, sha256: sha256(wasmBytes) });
  writeManifest(manifest);
  // After the files are pinned: the golden mask is made with them.
  model.golden.runs = await goldenRuns();
  writeManifest(manifest);
}

function writeManifest(manifest: Manifest): void {
  writeFileSync(MANIFEST_FILE, `${JSON.stringify(manifest, null, 2)}\n`);
}

function pin(path: string, bytes: Uint8Array) {
  return { path, bytes: bytes.length, sha256: sha256(bytes) };
}
