import { fail, ok, type Result } from '../../core/flow/result.ts';
import {
  outputPath,
  PROJECT_MANIFEST,
  type ProjectEntry,
  type ProjectManifest,
  photoPath,
} from '../../core/project/manifest.ts';
import { readProjectManifest } from '../../core/project/read-manifest.ts';
import { sha256Hex } from '../../files/hash.ts';
import { unpackEntry } from '../../files/import/unpack-entry.ts';
import { readZipDirectory, type ZipEntry } from '../../files/import/zip-directory.ts';
import type { ProjectProblem } from './contract.ts';

/** A larger description would hold millions of photos. */
const MAX_MANIFEST_BYTES = 512 * 1024 * 1024;

/** A project file whose description has been read and agrees with its list of entries. */
export interface OpenedProject {
  readonly manifest: ProjectManifest;
  /** The bytes of an entry, once they have the hash that the manifest gives. */
  read(path: string): Promise<Result<Blob, ProjectProblem>>;
}

function bad(what: string) {
  return fail<ProjectProblem>({ kind: 'bad-file', what });
}

/** Opens a project file. Entries that the manifest does not name are not looked at. */
export async function openProject(file: Blob): Promise<Result<OpenedProject, ProjectProblem>> {
  const listed = await readZipDirectory(file).catch(() => null);
  if (!listed) return bad('it is damaged or no project file at all');
  const byPath = new Map<string, ZipEntry>(listed.map((entry) => [entry.path, entry]));
  const description = byPath.get(PROJECT_MANIFEST);
  if (!description) return bad('it has no description of a project inside');
  const json = await unpack(file, description, MAX_MANIFEST_BYTES);
  if (!json) return bad('its description is damaged');
  const manifest = readProjectManifest(await json.text());
  if (!manifest.ok) return bad(manifest.problem);
  const expected = new Map<string, ProjectEntry>();
  for (const entry of manifest.value.files) {
    const there = byPath.get(entry.path);
    if (there?.bytes !== entry.bytes) return bad(`${entry.path} is missing or of another size`);
    expected.set(entry.path, entry);
  }

  const misnamed = findMisnamed(manifest.value, expected);
  if (misnamed) return bad(`${misnamed} is not what it is said to be`);

  return ok({
    manifest: manifest.value,
    async read(path) {
      const entry = byPath.get(path);
      const wanted = expected.get(path);
      if (!entry || !wanted) return bad(`${path} is missing`);
      const content = await unpack(file, entry, wanted.bytes);
      if (!content || (await sha256Hex(content)) !== wanted.sha256) {
        return bad(`${path} is damaged`);
      }
      return ok(content);
    },
  });
}

/** A file whose hash is not the one that its photo or result goes by. */
function findMisnamed(
  { photos, variants }: ProjectManifest,
  files: ReadonlyMap<string, ProjectEntry>,
): string | null {
  const wanted = [
    ...photos.map(({ hash }) => [photoPath(hash), hash] as const),
    ...variants.flatMap(({ key, imageSha256, maskSha256 }) => [
      [outputPath(key, 'image'), imageSha256] as const,
      [outputPath(key, 'mask'), maskSha256] as const,
    ]),
  ];
  return wanted.find(([path, hash]) => files.get(path)?.sha256 !== hash)?.[0] ?? null;
}

async function unpack(file: Blob, entry: ZipEntry, limit: number): Promise<Blob | null> {
  if (entry.isEncrypted || entry.bytes > limit) return null;
  const unpacked = await unpackEntry(file, entry, limit);
  return unpacked.ok ? new Blob([unpacked.value]) : null;
}
