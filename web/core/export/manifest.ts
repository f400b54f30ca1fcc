import type { Photo } from '../dataset/photo.ts';
import { componentId, type Template } from '../dataset/template.ts';
import type { DoneVariant, Variant } from '../dataset/variant.ts';
import { describeVariantProblem } from '../dataset/variant-text.ts';
import { layerSeed, seedToHex } from '../edits/seed.ts';
import type { Split } from './annotations/splits.ts';
import type { ArchiveNames } from './archive-names.ts';
import type { OutputSettings } from './recipe.ts';

/** What made the masks. */
export interface ModelRecord {
  readonly id: string;
  readonly encoderSha256: string;
  readonly decoderSha256: string;
  /** Such as `onnxruntime-web 1.30.0, wasm`. */
  readonly backend: string;
}

/** One photo × one template with what there is of it. */
export interface ManifestItem {
  readonly photo: Photo;
  readonly template: Template;
  readonly variant: Variant | undefined;
}

/** `variants/TEMPLATE/STEM.EXT` */
export function variantPath(names: ArchiveNames, item: ManifestItem, format: string): string {
  return `variants/${names.folder.get(item.template.id)}/${names.stem.get(item.photo.hash)}.${format}`;
}

/** `masks/TEMPLATE/STEM.png` */
export function maskPath(names: ArchiveNames, item: ManifestItem): string {
  return `masks/${names.folder.get(item.template.id)}/${names.stem.get(item.photo.hash)}.png`;
}

function sourceOf(photo: Photo) {
  return {
    file: photo.folder ? `${photo.folder}/${photo.name}` : photo.name,
    sha256: photo.hash,
    width: photo.width,
    height: photo.height,
  };
}

function doneEntry(
  item: ManifestItem,
  variant: DoneVariant,
  names: ArchiveNames,
  output: OutputSettings,
  splits: ReadonlyMap<string, Split>,
) {
  return {
    source: sourceOf(item.photo),
    template: item.template.name,
    status: 'done',
    split: splits.get(item.photo.hash),
    variant: {
      file: variantPath(names, item, variant.format),
      sha256: variant.imageSha256,
      bytes: variant.imageBytes,
    },
    mask: output.masks
      ? { file: maskPath(names, item), sha256: variant.maskSha256, bytes: variant.maskBytes }
      : null,
    components: variant.components.map(({ name, area, score }) => ({
      name,
      area,
      score,
      noiseSeed: seedToHex(layerSeed(componentId(item.template, { name }), area, item.photo.hash)),
    })),
  };
}

/**
 * The archive's `manifest.json` as a value: what is in the archive, what it was made from, by
 * what, and what is missing and why. It holds no time and no place, so that the same project
 * gives the same bytes.
 */
export function makeManifest(
  items: readonly ManifestItem[],
  templates: readonly Template[],
  names: ArchiveNames,
  output: OutputSettings,
  splits: ReadonlyMap<string, Split>,
  model: ModelRecord,
  appVersion: string,
) {
  const done = items.filter(({ variant }) => variant?.status === 'done').length;
  return {
    maskwright: 1,
    app: appVersion,
    model,
    recipe: 'recipe.json',
    output,
    counts: { done, failed: items.length - done },
    templates: templates.map((template) => ({
      name: template.name,
      class: template.className,
      placement: template.placement,
      folder: names.folder.get(template.id),
      reference: template.reference,
      components: template.components,
    })),
    items: items.map((item) => {
      const { variant } = item;
      if (variant?.status === 'done') return doneEntry(item, variant, names, output, splits);
      return {
        source: sourceOf(item.photo),
        template: item.template.name,
        status: variant ? 'failed' : 'not-made',
        reason: variant
          ? describeVariantProblem(variant.problem, item.photo.name).message
          : 'Not generated yet.',
      };
    }),
  };
}

export type Manifest = ReturnType<typeof makeManifest>;
