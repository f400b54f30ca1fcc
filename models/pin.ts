import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { blankCell, blankCellSource } from './blank.ts';
import {
  derive,
  ensureModels,
  MANIFEST_FILE,
  type Manifest,
  readManifest,
  sha256,
  sourcePath,
} from './derive.ts';
import { goldenRuns } from './golden.ts';
import { RECIPES } from './recipes.ts';

const BLANK_CELL_FILE = fileURLToPath(
  new URL('../web/core/segmentation/blank-cell.ts', import.meta.url),
);

/**
 * Writes sizes, hashes, the blank cell and the golden mask of the installed packages into the manifest. Run it
 * after changing a recipe or a version, on purpose, and read the diff.
 * Twice after a change of the encoder: the golden mask is made with the blank cell that was there
 * at the start.
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
  // After the files are pinned: these are made with them.
  const [encoder] = ensureModels();
  writeFileSync(BLANK_CELL_FILE, blankCellSource(await blankCell(encoder.path)));
  model.golden.runs = await goldenRuns();
  writeManifest(manifest);
}

function writeManifest(manifest: Manifest): void {
  writeFileSync(MANIFEST_FILE, `${JSON.stringify(manifest, null, 2)}\n`);
}

function pin(path: string, bytes: Uint8Array) {
  return { path, bytes: bytes.length, sha256: sha256(bytes) };
}
