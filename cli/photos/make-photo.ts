import type { ImportLimits } from '../../web/core/dataset/limits.ts';
import type { Photo } from '../../web/core/dataset/photo.ts';
import { layersOf, planVariants, type VariantToMake } from '../../web/core/dataset/tasks.ts';
import type { Template } from '../../web/core/dataset/template.ts';
import type { DoneVariant, Variant, VariantProblem } from '../../web/core/dataset/variant.ts';
import { encodingOf, type OutputSettings } from '../../web/core/export/recipe.ts';
import { fail, type Result } from '../../web/core/flow/result.ts';
import { maskArea } from '../../web/core/mask/mask.ts';
import { unionOf } from '../../web/core/mask/union.ts';
import { isGrayscale } from '../../web/core/raster/grayscale.ts';
import type { Codecs } from '../../web/files/codecs/codecs.ts';
import { type DecodedImage, decodeImage } from '../../web/files/decode/decode-image.ts';
import { sha256Hex } from '../../web/files/hash.ts';
import { makeVariantFiles } from '../../web/workers/pixels/variant.ts';
import { textOf } from '../problem.ts';
import type { MadeVariant, PhotoAnswer, PhotoFacts, PhotoJob } from './contract.ts';
import { type ComponentMask, type FindGivenMask, findMasks } from './find-masks.ts';
import type { PhotoSegmenter } from './segmenter.ts';

/** Everything that is the same for all photos of a run. */
export interface PhotoSetting {
  readonly templates: readonly Template[];
  readonly output: OutputSettings;
  /** Names the model in the keys of variants. */
  readonly modelHash: string;
  readonly limits: Pick<ImportLimits, 'imagePixels'>;
  readonly codecs: Codecs;
  readonly segmenterOf: (photo: string, image: DecodedImage['raster']) => PhotoSegmenter;
  readonly given: FindGivenMask;
}

/** Decodes one photo, finds its masks, and makes every variant of it that is not there yet. */
export async function makePhoto(job: PhotoJob, setting: PhotoSetting): Promise<PhotoAnswer> {
  const { limits, codecs } = setting;
  const decoded = await decodeImage(job.bytes, codecs, limits);
  if (!decoded.ok) return { kind: 'refused', problem: decoded.problem };
  const image = decoded.value;
  const facts: PhotoFacts = {
    hash: job.sha256,
    format: image.format,
    width: image.raster.width,
    height: image.raster.height,
    bytes: job.bytes.length,
    grayscale: isGrayscale(image.raster),
    warnings: image.warnings,
  };
  const photo: Photo = { ...facts, name: '', folder: '', order: 0 };
  const segmenter = setting.segmenterOf(job.sha256, image.raster);
  const masks = new Map<Template, Promise<Result<ComponentMask[], VariantProblem>>>();
  const masksOf = (template: Template) => {
    const known = masks.get(template) ?? findMasks(template, photo, segmenter, setting.given);
    masks.set(template, known);
    return known;
  };

  const have = new Set(job.have);
  const made: MadeVariant[] = [];
  for (const task of await tasksOf(photo, setting)) {
    if (have.has(task.key)) continue;
    const found = await masksOf(task.template).catch((error: unknown) =>
      fail<VariantProblem>({ kind: 'engine', what: textOf(error) }),
    );
    made.push(await makeOne(task, image, found, setting));
  }
  return { kind: 'made', facts, made };
}

/** What a photo's variants are, and the keys that name them. */
export async function tasksOf(
  photo: Photo,
  { templates, output, modelHash }: Pick<PhotoSetting, 'templates' | 'output' | 'modelHash'>,
): Promise<(VariantToMake & { readonly key: string })[]> {
  const encoder = new TextEncoder();
  return Promise.all(
    planVariants([photo], templates, output, modelHash).map(async ({ fingerprint, ...task }) => ({
      ...task,
      key: await sha256Hex(encoder.encode(fingerprint)),
    })),
  );
}

async function makeOne(
  task: VariantToMake & { readonly key: string },
  image: DecodedImage,
  found: Result<ComponentMask[], VariantProblem>,
  { output, codecs }: PhotoSetting,
): Promise<MadeVariant> {
  const of = { key: task.key, photo: task.photo.hash, templateId: task.template.id };
  const failed = (problem: VariantProblem): MadeVariant => {
    const variant: Variant = { ...of, status: 'failed', problem };
    return { variant, image: null, mask: null };
  };
  if (!found.ok) return failed(found.problem);
  const masks = found.value.map(({ mask }) => mask);
  const areas = masks.map(maskArea);
  if (areas.every((area) => area === 0)) return failed({ kind: 'nothing-found' });
  const files = await makeVariantFiles(
    {
      source: { hash: task.photo.hash },
      layers: layersOf(task, masks),
      mask: unionOf(masks),
      ...encodingOf(output),
      maxSide: output.maxSide,
    },
    image,
    codecs,
  );
  const variant: DoneVariant = {
    ...of,
    status: 'done',
    format: output.format,
    imageSha256: files.imageSha256,
    maskSha256: files.maskSha256,
    imageBytes: files.image.length,
    maskBytes: files.mask.length,
    maskRle: files.maskRle,
    size: files.size,
    components: task.template.components.map(({ name }, index) => ({
      name,
      area: areas[index],
      score: found.value[index].score,
    })),
  };
  return { variant, image: files.image, mask: files.mask };
}
