import { fileStem, uniqueNames } from '../dataset/names.ts';
import type { Photo } from '../dataset/photo.ts';
import type { VariantToMake } from '../dataset/tasks.ts';
import { sampleCount, type Template } from '../dataset/template.ts';

/** Where things lie in the archive: slugs of template and source file, made unique. */
export interface ArchiveNames {
  /** Folder of a template, by its id. */
  readonly folder: ReadonlyMap<string, string>;
  /** Stem of a photo's files, by its hash. */
  readonly stem: ReadonlyMap<string, string>;
}

/**
 * Names every photo and template of a project, also those without a variant, so that a name does
 * not depend on which photos failed.
 */
export function archiveNames(
  photos: readonly Photo[],
  templates: readonly Template[],
): ArchiveNames {
  const folders = uniqueNames(templates.map(({ name }) => name));
  const stems = uniqueNames(photos.map(({ name }) => fileStem(name)));
  return {
    folder: new Map(templates.map(({ id }, index) => [id, folders[index]])),
    stem: new Map(photos.map(({ hash }, index) => [hash, stems[index]])),
  };
}

/**
 * File name of a variant without extension: `STEM`, or `STEM-1`, `STEM-2`… where the template makes
 * several of a photo. Unique in the template's folder: either all names end in a number that was
 * put on here, or none does.
 */
export function itemStem(
  names: ArchiveNames,
  { photo, template, sample }: Pick<VariantToMake, 'photo' | 'template' | 'sample'>,
): string {
  const stem = names.stem.get(photo.hash) ?? '';
  return sampleCount(template) > 1 ? `${stem}-${sample + 1}` : stem;
}
