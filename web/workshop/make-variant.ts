import type { Photo } from '../core/dataset/photo.ts';
import { componentId, type Template } from '../core/dataset/template.ts';
import type {
  ComponentResult,
  DoneVariant,
  FailedVariant,
  VariantProblem,
} from '../core/dataset/variant.ts';
import type { OutputSettings } from '../core/export/recipe.ts';
import { fail, ok, type Result } from '../core/flow/result.ts';
import { fullMask, type Mask, maskArea } from '../core/mask/mask.ts';
import { unionOf } from '../core/mask/union.ts';
import { place } from '../core/transfer/placement.ts';
import { getFile } from '../storage/photos.ts';
import type { StorageProblem } from '../storage/problem.ts';
import { putFailure, putVariant } from '../storage/variants.ts';
import type { Segmenter } from './segmenter.ts';
import type { Services } from './services.ts';

/** One thing to make: a photo, a template, and the key that names their variant. */
export interface VariantTask {
  readonly key: string;
  readonly photo: Photo;
  readonly template: Template;
}

interface FoundMask {
  readonly mask: Mask;
  readonly score: number | null;
}

async function findMask(
  segmenter: Segmenter,
  { photo, template }: VariantTask,
  index: number,
): Promise<Result<FoundMask, VariantProblem>> {
  const size = { width: photo.width, height: photo.height };
  const placed = place(template.placement, template.components[index].prompts, size);
  if (placed.kind === 'whole-image') {
    return ok({ mask: fullMask(size.width, size.height), score: null });
  }
  // Twice: the answer may be dropped by the worker between being given and being read.
  for (let attempt = 0; attempt < 2; attempt++) {
    const outcome = await segmenter.segment(photo, placed.prompts, 'run');
    if (outcome.kind === 'failed') return fail(outcome.problem);
    if (outcome.kind === 'overtaken') continue;
    const { answer, chosen, candidates } = outcome;
    const mask = await segmenter.maskAt(answer, chosen, size);
    const candidate = candidates.find(({ index }) => index === chosen);
    if (mask) return ok({ mask, score: candidate?.predictedIou ?? null });
  }
  return fail({ kind: 'engine', what: 'the mask was dropped before it could be read' });
}

/**
 * Makes one variant and keeps it. What goes wrong with the photo is kept as its failure; only
 * storage that does not take the result is the caller's problem.
 */
export async function makeVariant(
  services: Services,
  segmenter: Segmenter,
  task: VariantTask,
  output: OutputSettings,
): Promise<Result<DoneVariant | FailedVariant, StorageProblem>> {
  const { key, photo, template } = task;
  const of = { key, photo: photo.hash, templateId: template.id };

  const failWith = async (problem: VariantProblem) => {
    const failure: FailedVariant = { ...of, status: 'failed', problem };
    const kept = await putFailure(services.database, failure);
    return kept.ok ? ok(failure) : kept;
  };

  const file = await getFile(services.database, photo.hash);
  if (!file.ok) return file;
  if (!file.value) return failWith({ kind: 'unreadable-file' });

  const found: FoundMask[] = [];
  for (let index = 0; index < template.components.length; index++) {
    const one = await findMask(segmenter, task, index);
    if (!one.ok) return failWith(one.problem);
    found.push(one.value);
  }
  const areas = found.map(({ mask }) => maskArea(mask));
  if (areas.every((area) => area === 0)) return failWith({ kind: 'nothing-found' });

  const made = await services.pixels.variant({
    source: { hash: photo.hash, blob: file.value },
    layers: template.components.map((component, index) => ({
      mask: found[index].mask,
      edits: component.edits,
      componentId: componentId(template, component),
    })),
    mask: unionOf(found.map(({ mask }) => mask)),
    format: output.format,
    quality: output.quality,
  });
  if (!made.ok) {
    const { problem } = made;
    return failWith(problem.kind === 'overtaken' ? { kind: 'worker-crashed' } : problem);
  }
  const { image, mask, thumbnail, imageSha256, maskSha256, maskRle } = made.value;
  const variant: DoneVariant = {
    ...of,
    status: 'done',
    format: output.format,
    imageSha256,
    maskSha256,
    imageBytes: image.size,
    maskBytes: mask.size,
    maskRle,
    components: template.components.map(
      ({ name }, index): ComponentResult => ({
        name,
        area: areas[index],
        score: found[index].score,
      }),
    ),
  };
  const kept = await putVariant(services.database, variant, { image, mask, thumbnail });
  return kept.ok ? ok(variant) : kept;
}
