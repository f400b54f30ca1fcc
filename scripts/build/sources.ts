import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The file of a build that holds the hash of the sources it was made of. */
export const SOURCES_FILE = 'sources.sha256';

/** What a build reads. Folders count with all that is in them, except tests and derived files. */
const SOURCES = [
  'web',
  'models',
  'public',
  'scripts/build',
  'scripts/headers.ts',
  'edge-proxy/contract.ts',
  'edge-proxy/src',
  'edge-proxy/wrangler.jsonc',
  'vite.config.ts',
  'package-lock.json',
  'LICENSE',
  'NOTICE',
];
const NOT_BUILT =
  /\.test\.ts$|^web\/e2e\/|^edge-proxy\/src\/testing\/|^models\/(?:derived|choose-fit)\//;

/**
 * SHA-256 over the names and contents of everything that a build of the project at `root` reads.
 * Contents, not times: a checkout, a copy or a deleted file changes times in no useful way.
 */
export function sourcesHash(root: string): string {
  const hash = createHash('sha256');
  for (const path of SOURCES.flatMap((source) => filesIn(root, source)).sort()) {
    const content = readFileSync(join(root, path));
    hash.update(`${path}\0${content.byteLength}\0`).update(content);
  }
  return hash.digest('hex');
}

function filesIn(root: string, source: string): readonly string[] {
  if (!existsSync(join(root, source))) return [];
  if (/\.|^[A-Z]+$/.test(source)) return [source];
  return readdirSync(join(root, source), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(root.length + 1)
        .replaceAll('\\', '/'),
    )
    .filter((path) => !NOT_BUILT.test(path));
}
