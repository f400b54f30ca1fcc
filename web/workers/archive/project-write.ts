import type { DoneVariant } from '../../core/dataset/variant.ts';
import { OUTPUT_DEFAULTS } from '../../core/export/recipe.ts';
import type { Result } from '../../core/flow/result.ts';
import {
  givenPath,
  outputPath,
  PROJECT_MANIFEST,
  type ProjectEntry,
  type ProjectManifest,
  photoPath,
  thumbnailPath,
} from '../../core/project/manifest.ts';
import { crc32 } from '../../files/crc32.ts';
import { sha256Hex } from '../../files/hash.ts';
import { type ZipFile, type ZipPiece, zipPiece } from '../../files/zip-write.ts';
import type { Database } from '../../storage/database.ts';
import { listGivenMasks } from '../../storage/given-masks.ts';
import { getFile, getThumbnail, listPhotos } from '../../storage/photos.ts';
import type { StorageProblem } from '../../storage/problem.ts';
import { getSetting } from '../../storage/settings.ts';
import { listTemplates } from '../../storage/templates.ts';
import { getOutput, listVariants } from '../../storage/variants.ts';
import type { ProjectFacts } from './contract.ts';
import { Stopped } from './stopped.ts';

const ROLES = ['image', 'mask', 'thumbnail'] as const;

/** Files of a project that become one piece of its archive. */
const PIECE_FILES = 32;

/**
 * A project file as pieces of an archive; see `projectEntries`.
 * @throws Stopped when the database does not answer, or a file in it is gone
 */
export async function* projectPieces(
  ...project: Parameters<typeof projectEntries>
): AsyncGenerator<ZipPiece> {
  let files: ZipFile[] = [];
  for await (const file of projectEntries(...project)) {
    files.push(file);
    if (files.length < PIECE_FILES) continue;
    yield zipPiece(files);
    files = [];
  }
  yield zipPiece(files);
}

/**
 * The entries of a project file, in the order of the manifest's lists, the manifest last: by then
 * every hash is known. One file is in memory at a time.
 * @throws Stopped when the database does not answer, or a file in it is gone
 */
async function* projectEntries(
  database: Database,
  { appVersion, withResults }: ProjectFacts,
  onFile: (files: number, totalFiles: number) => void,
): AsyncGenerator<ZipFile> {
  const photos = need(await listPhotos(database));
  const templates = need(await listTemplates(database));
  const variants = withResults ? await resultsOf(database) : [];
  const given = templates.flatMap(({ placement, id }, index) =>
    placement === 'given-masks' ? [{ id, index }] : [],
  );
  const total = photos.length * 2 + given.length + variants.length * ROLES.length + 1;
  const files: ProjectEntry[] = [];

  async function entry(path: string, content: Blob | undefined): Promise<ZipFile> {
    if (!content) throw new Stopped({ kind: 'output-missing', path });
    onFile(files.length, total);
    const bytes = new Uint8Array(await content.arrayBuffer());
    files.push({ path, bytes: bytes.length, sha256: await sha256Hex(bytes) });
    const checksum = { crc: crc32(bytes), bytes: bytes.length };
    return { name: path, bytes: content, checksum };
  }

  for (const { hash } of photos) {
    yield entry(photoPath(hash), need(await getFile(database, hash)));
    yield entry(thumbnailPath(hash), need(await getThumbnail(database, hash)));
  }
  for (const { id, index } of given) {
    const masks = need(await listGivenMasks(database, id));
    const text = JSON.stringify(Object.fromEntries(masks.map(({ photo, mask }) => [photo, mask])));
    yield entry(givenPath(index), new Blob([text]));
  }
  for (const { key } of variants) {
    for (const role of ROLES) {
      yield entry(outputPath(key, role), need(await getOutput(database, key, role)));
    }
  }
  const output = need(await getSetting(database, 'output'));
  const presets = need(await getSetting(database, 'presets'));
  const manifest: ProjectManifest = {
    maskwrightProject: 1,
    app: appVersion,
    photos,
    templates,
    output: { ...OUTPUT_DEFAULTS, ...(output as object | undefined) },
    presets: typeof presets === 'string' ? presets : null,
    variants,
    files,
  };
  onFile(files.length, total);
  yield { name: PROJECT_MANIFEST, bytes: `${JSON.stringify(manifest, null, 1)}\n` };
}

async function resultsOf(database: Database): Promise<DoneVariant[]> {
  const all = need(await listVariants(database));
  return all.filter((variant) => variant.status === 'done');
}

function need<Value>(read: Result<Value, StorageProblem>): Value {
  if (!read.ok) throw new Stopped(read.problem);
  return read.value;
}
