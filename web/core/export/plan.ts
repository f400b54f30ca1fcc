import type { Photo } from '../dataset/photo.ts';
import type { Template } from '../dataset/template.ts';
import { planAnnotations } from './annotations/annotate.ts';
import { splitPhotos } from './annotations/splits.ts';
import { archiveNames } from './archive-names.ts';
import {
  type ManifestItem,
  type ModelRecord,
  makeManifest,
  maskPath,
  variantPath,
} from './manifest.ts';
import type { PlannedFile } from './planned-file.ts';
import type { OutputSettings } from './recipe.ts';
import { makeRecipe, type PhotoMask } from './recipe-templates.ts';

export interface ProjectToExport {
  readonly photos: readonly Photo[];
  readonly templates: readonly Template[];
  readonly items: readonly ManifestItem[];
  readonly output: OutputSettings;
  readonly model: ModelRecord;
  readonly appVersion: string;
  /** Names of reference photos that are not among `photos`, where they are known, by hash. */
  readonly references?: ReadonlyMap<string, string>;
  /** Of templates of given masks, by template id. */
  readonly givenMasks?: ReadonlyMap<string, readonly PhotoMask[]>;
}

/**
 * What the ZIP of a project holds, in the order in which it is written: manifest, recipe, then
 * each variant followed by its mask, then annotations. Photos without a variant do not count in the
 * splits.
 */
export function planArchive(project: ProjectToExport): PlannedFile[] {
  const { photos, templates, items, output, model, appVersion, references } = project;
  const names = archiveNames(photos, templates);
  const nameOf = new Map(photos.map(({ hash, name }) => [hash, name]));
  const made = items.filter(({ variant }) => variant?.status === 'done');
  const hashes = made.map(({ photo }) => photo.hash);
  const splits = splitPhotos(hashes, output.splits, output.seed);
  const manifest = makeManifest(items, templates, names, output, splits, model, appVersion);
  const recipe = makeRecipe(
    model.id,
    model.tier,
    templates,
    output,
    (sha256) => nameOf.get(sha256) ?? references?.get(sha256) ?? 'removed from the dataset',
    (templateId) => project.givenMasks?.get(templateId) ?? [],
  );
  const files: PlannedFile[] = [
    { path: 'manifest.json', text: `${JSON.stringify(manifest, null, 2)}\n` },
    { path: 'recipe.json', text: `${JSON.stringify(recipe, null, 2)}\n` },
  ];
  for (const item of items) {
    if (item.variant?.status !== 'done') continue;
    const { key, format, imageSha256, maskSha256 } = item.variant;
    files.push({ path: variantPath(names, item, format), key, role: 'image', sha256: imageSha256 });
    if (output.masks)
      files.push({ path: maskPath(names, item), key, role: 'mask', sha256: maskSha256 });
  }
  files.push(...planAnnotations(items, names, output, splits, appVersion));
  return files;
}
