import type { Photo } from '../../core/dataset/photo.ts';
import { mergePresets, parsePresets, presetsToJson } from '../../core/export/preset-file.ts';
import { fail, ok, type Result } from '../../core/flow/result.ts';
import { isRecord, isSide } from '../../core/import/json-values.ts';
import {
  givenPath,
  outputPath,
  type ProjectManifest,
  type ProjectSummary,
  photoPath,
  thumbnailPath,
} from '../../core/project/manifest.ts';
import { type MergePlan, planMerge } from '../../core/project/merge.ts';
import { type GivenMask, givenMaskId } from '../../core/transfer/given-mask.ts';
import { readHeader } from '../../files/headers/read-header.ts';
import type { Database } from '../../storage/database.ts';
import { listPhotos } from '../../storage/photos.ts';
import { keepOutputs, keepPhotoFile, putProject } from '../../storage/project.ts';
import { getSetting } from '../../storage/settings.ts';
import { listTemplates } from '../../storage/templates.ts';
import type { ArchiveProgress, ImportMode, ProjectProblem } from './contract.ts';
import { type OpenedProject, openProject } from './project-open.ts';

/** Called now and then; true stops the work. */
type OnProgress = (progress: ArchiveProgress) => boolean;

/**
 * Takes a project file in. First every file in it is read and hashed, so that a bad one changes
 * nothing; then files are kept that no list names yet; last the lists change, in one transaction.
 */
export async function importProject(
  database: Database,
  file: Blob,
  mode: ImportMode,
  onProgress: OnProgress,
): Promise<Result<ProjectSummary, ProjectProblem>> {
  const opened = await openProject(file);
  if (!opened.ok) return opened;
  const project = opened.value;
  const checked = await checkFiles(project, onProgress);
  if (!checked.ok) return checked;

  const planned = await plan(database, project.manifest, mode);
  if (!planned.ok) return planned;
  const kept = await keepFiles(database, project, planned.value, onProgress);
  if (!kept.ok) return kept;
  const given = await readGiven(project, planned.value);
  if (!given.ok) return given;

  const { photos, templates, variants } = planned.value;
  const { output, presets } = project.manifest;
  const settings = new Map<string, unknown>(mode === 'replace' ? [['output', output]] : []);
  const together = await presetsTogether(database, presets, mode);
  if (!together.ok) return together;
  if (together.value !== null) settings.set('presets', together.value);
  const rows = {
    photos,
    templates: templates.map(({ template }) => template),
    givenMasks: given.value,
    variants,
    settings,
  };
  const put = await putProject(database, rows, mode);
  if (!put.ok) return put;
  const bytes = project.manifest.files.reduce((sum, entry) => sum + entry.bytes, 0);
  const counts = { photos: photos.length, templates: templates.length, results: variants.length };
  return ok({ ...counts, bytes });
}

async function plan(
  database: Database,
  manifest: ProjectManifest,
  mode: ImportMode,
): Promise<Result<MergePlan, ProjectProblem>> {
  if (mode === 'replace') {
    return ok(planMerge(manifest, { photos: [], templates: [] }, () => crypto.randomUUID()));
  }
  const photos = await listPhotos(database);
  if (!photos.ok) return photos;
  const templates = await listTemplates(database);
  if (!templates.ok) return templates;
  const existing = { photos: photos.value, templates: templates.value };
  return ok(planMerge(manifest, existing, () => crypto.randomUUID()));
}

/** The presets to keep as a preset file; null where nothing changes. */
async function presetsTogether(
  database: Database,
  presets: string | null,
  mode: ImportMode,
): Promise<Result<string | null, ProjectProblem>> {
  const added = presets === null ? null : parsePresets(presets);
  if (!added?.ok) return ok(null);
  if (mode === 'replace') return ok(presetsToJson(added.value));
  const stored = await getSetting(database, 'presets');
  if (!stored.ok) return stored;
  const own = typeof stored.value === 'string' ? parsePresets(stored.value) : null;
  return ok(presetsToJson(mergePresets(own?.ok ? own.value : [], added.value)));
}

async function checkFiles(
  { manifest, read }: OpenedProject,
  onProgress: OnProgress,
): Promise<Result<null, ProjectProblem>> {
  let bytes = 0;
  for (const [index, { path, bytes: size }] of manifest.files.entries()) {
    const content = await read(path);
    if (!content.ok) return content;
    bytes += size;
    if (onProgress({ files: index + 1, totalFiles: manifest.files.length, bytes })) {
      return fail({ kind: 'cancelled' });
    }
  }
  return ok(null);
}

async function keepFiles(
  database: Database,
  { read }: OpenedProject,
  { photos, variants }: MergePlan,
  onProgress: OnProgress,
): Promise<Result<null, ProjectProblem>> {
  const totalFiles = photos.length + variants.length;
  let files = 0;
  const isStopped = () => {
    files += 1;
    return onProgress({ files, totalFiles, bytes: 0 });
  };
  for (const photo of photos) {
    const { hash } = photo;
    const file = await read(photoPath(hash));
    if (!file.ok) return file;
    if (!(await isAsDescribed(file.value, photo))) {
      return fail({ kind: 'bad-file', what: `${photo.name} has another size than is said` });
    }
    const thumbnail = await read(thumbnailPath(hash));
    if (!thumbnail.ok) return thumbnail;
    const kept = await keepPhotoFile(database, hash, file.value, thumbnail.value);
    if (!kept.ok) return kept;
    if (isStopped()) return fail({ kind: 'cancelled' });
  }
  for (const { key } of variants) {
    const image = await read(outputPath(key, 'image'));
    if (!image.ok) return image;
    const mask = await read(outputPath(key, 'mask'));
    if (!mask.ok) return mask;
    const thumbnail = await read(outputPath(key, 'thumbnail'));
    if (!thumbnail.ok) return thumbnail;
    const outputs = { image: image.value, mask: mask.value, thumbnail: thumbnail.value };
    const kept = await keepOutputs(database, key, outputs);
    if (!kept.ok) return kept;
    if (isStopped()) return fail({ kind: 'cancelled' });
  }
  return ok(null);
}

/** Masks and results rely on the size that a photo is said to have. */
async function isAsDescribed(file: Blob, { format, width, height }: Photo): Promise<boolean> {
  const header = readHeader(format, new Uint8Array(await file.arrayBuffer()));
  if (!header.ok) return false;
  const { orientation, ...stored } = header.value;
  const isTurned = orientation > 4;
  return (
    (isTurned ? stored.height : stored.width) === width &&
    (isTurned ? stored.width : stored.height) === height
  );
}

async function readGiven(
  { read }: OpenedProject,
  { templates }: MergePlan,
): Promise<Result<ReadonlyMap<string, GivenMask>, ProjectProblem>> {
  const masks = new Map<string, GivenMask>();
  for (const { template, index } of templates) {
    if (!template.given) continue;
    const path = givenPath(index);
    const file = await read(path);
    if (!file.ok) return file;
    const list = parsed(await file.value.text());
    for (const [photo, id] of Object.entries(template.given)) {
      const mask = isRecord(list) ? list[photo] : null;
      if (!isGivenMask(mask) || givenMaskId(mask) !== id) {
        return fail({ kind: 'bad-file', what: `a mask in ${path} is missing or damaged` });
      }
      masks.set(`${template.id}:${photo}`, mask);
    }
  }
  return ok(masks);
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return null;
  }
}

function isGivenMask(value: unknown): value is GivenMask {
  if (!isRecord(value)) return false;
  return isSide(value.width) && isSide(value.height) && typeof value.rle === 'string';
}
