import { uniqueNames } from '../../dataset/names.ts';
import { sizeOf } from '../../dataset/variant.ts';
import { type ArchiveNames, itemStem } from '../archive-names.ts';
import { type ManifestItem, variantPath } from '../manifest.ts';
import type { PlannedFile } from '../planned-file.ts';
import type { OutputSettings } from '../recipe.ts';
import type { AnnotatedImage } from './annotated-image.ts';
import { planCoco } from './coco.ts';
import { planCvat } from './cvat.ts';
import { planDatumaro } from './datumaro.ts';
import type { Split } from './splits.ts';
import { planVoc } from './voc.ts';
import { planYolo } from './yolo.ts';

/** Class names of a project, each once, sorted by code units: the same in every locale. */
function classesOf(items: readonly ManifestItem[]): string[] {
  return [...new Set(items.map(({ template }) => template.className))].sort();
}

/**
 * The annotation files that the settings ask for, always in the order of
 * `ANNOTATION_FORMATS`, then overlays. Every variant is one picture with one object: its own template's.
 */
export function planAnnotations(
  items: readonly ManifestItem[],
  names: ArchiveNames,
  output: OutputSettings,
  splits: ReadonlyMap<string, Split>,
  appVersion: string,
): PlannedFile[] {
  const wanted = new Set(output.annotations);
  const classes = classesOf(items);
  const images = imagesOf(items, names, classes, splits);
  const files: PlannedFile[] = [];
  if (wanted.has('coco')) {
    const segmentation = output.cocoSegmentation;
    files.push(...planCoco({ source: appVersion, classes, images, segmentation }));
  }
  if (wanted.has('yolo')) files.push(...planYolo(images, classes));
  if (wanted.has('voc')) files.push(...planVoc(images, classes));
  if (wanted.has('cvat')) files.push(...planCvat(images, classes));
  if (wanted.has('datumaro')) files.push(...planDatumaro(images, classes));
  if (output.overlays) files.push(...planOverlays(images));
  return files;
}

/** `overlays/TEMPLATE/STEM.jpg` for each variant: small pictures for a human eye. */
function planOverlays(images: readonly AnnotatedImage[]): PlannedFile[] {
  return images.map((image) => ({
    path: image.file.replace(/^variants/, 'overlays').replace(/\.[^.]*$/, '.jpg'),
    make: { kind: 'overlay', image },
  }));
}

function imagesOf(
  items: readonly ManifestItem[],
  names: ArchiveNames,
  classes: readonly string[],
  splits: ReadonlyMap<string, Split>,
): AnnotatedImage[] {
  const flat = uniqueNames(
    items.map((item) => `${names.folder.get(item.template.id)}_${itemStem(names, item)}`),
  );
  return items.flatMap((item, index) => {
    const { photo, template, variant } = item;
    if (variant?.status !== 'done') return [];
    return {
      id: index + 1,
      key: variant.key,
      sha256: variant.imageSha256,
      file: variantPath(names, item, variant.format),
      name: flat[index],
      format: variant.format,
      ...sizeOf(variant, photo),
      className: template.className,
      classIndex: classes.indexOf(template.className),
      rle: variant.maskRle,
      split: splits.get(photo.hash) ?? 'train',
    };
  });
}
