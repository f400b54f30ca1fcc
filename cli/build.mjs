// Bundles the runner: `node cli/build.mjs` writes cli/dist for publishing (npm's `prepack`).
import { createHash } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isolatedDeclarationSync } from 'rolldown/experimental';
import { build } from 'vite';

const here = dirname(fileURLToPath(import.meta.url));
const root = resolve(here, '..');

/** Packages stay outside: some bring WebAssembly or native code that is found beside them. */
async function bundle(outDir) {
  await build({
    root,
    configFile: false,
    logLevel: 'warn',
    publicDir: false,
    build: {
      ssr: true,
      target: 'node20',
      outDir,
      emptyOutDir: true,
      minify: false,
      rollupOptions: {
        input: {
          maskwright: join(here, 'maskwright.ts'),
          thread: join(here, 'photos/thread.ts'),
        },
        output: { entryFileNames: '[name].mjs', chunkFileNames: '[name]-[hash].mjs' },
      },
    },
  });
  // models/derive.ts reads it beside itself, anew every time.
  copyFileSync(join(root, 'models/manifest.json'), join(outDir, 'manifest.json'));
}

/** The types of the one function that a program may call. */
function writeTypes(outDir) {
  const source = readFileSync(join(here, 'maskwright.ts'), 'utf8');
  const { code, errors } = isolatedDeclarationSync('maskwright.ts', source);
  if (errors.length > 0) throw new Error(errors.map(({ message }) => message).join('\n'));
  writeFileSync(join(outDir, 'maskwright.d.mts'), code);
}

/**
 * The bundle of a checkout, named by its content: workers that start at the same moment share it,
 * and none is changed under a running one.
 * @returns its folder
 */
export async function buildForCheckout() {
  const cache = join(root, 'node_modules/.cache/maskwright');
  mkdirSync(cache, { recursive: true });
  const fresh = mkdtempSync(join(cache, 'new-'));
  await bundle(fresh);
  const hash = createHash('sha256');
  for (const name of readdirSync(fresh).sort()) {
    hash.update(name).update(readFileSync(join(fresh, name)));
  }
  const folder = join(cache, hash.digest('hex').slice(0, 16));
  try {
    if (!existsSync(folder)) renameSync(fresh, folder);
  } catch (error) {
    if (!existsSync(folder)) throw error;
  }
  rmSync(fresh, { recursive: true, force: true });
  return folder;
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  await bundle(join(here, 'dist'));
  writeTypes(join(here, 'dist'));
}
