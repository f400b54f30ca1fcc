import { layersOf, type VariantTask } from '../core/dataset/tasks.ts';
import type {
  ComponentResult,
  DoneVariant,
  FailedVariant,
  VariantProblem,
} from '../core/dataset/variant.ts';
import { encodingOf, type OutputSettings } from '../core/export/recipe.ts';
import { fail, ok, type Result } from '../core/flow/result.ts';
import { fullMask, isEmptyMask, type Mask, maskArea } from '../core/mask/mask.ts';
import { unionOf } from '../core/mask/union.ts';
import { givenMaskOn } from '../core/transfer/given-mask.ts';
import { place } from '../core/transfer/placement.ts';
import type { Database } from '../storage/database.ts';
import { getGivenMask } from '../storage/given-masks.ts';
import { getFile } from '../storage/photos.ts';
import type { StorageProblem } from '../storage/problem.ts';
import type { ItemKey } from '../storage/runs.ts';
import { type OutputRole, putFailure, putVariant } from '../storage/variants.ts';
import type { Segmenter } from './segmenter.ts';
import type { Services } from './services.ts';

/** A component's mask on a photo, and SAM's own estimate of it. */
export interface FoundMask {
  readonly mask: Mask;
  readonly score: number | null;
}

async function findGivenMask(
  database: Database,
  { photo, template }: VariantTask,
): Promise<Result<FoundMask, VariantProblem>> {
  const kept = await getGivenMask(database, template.id, photo.hash);
  const mask = kept.ok && kept.value ? givenMaskOn(kept.value, photo) : null;
  return mask ? ok({ mask, score: null }) : fail({ kind: 'no-given-mask' });
}

async function findMask(
  database: Database,
  segmenter: Segmenter,
  task: VariantTask,
  index: number,
): Promise<Result<FoundMask, VariantProblem>> {
  const { photo, template } = task;
  const size = { width: photo.width, height: photo.height };
  const placed = place(template.placement, template.components[index].prompts, size);
  if (placed.kind === 'whole-image') {
    return ok({ mask: fullMask(size.width, size.height), score: null });
  }
  if (placed.kind === 'given') return findGivenMask(database, task);
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

/** A mask for each component of a task's template, in the photo's own pixels. */
export async function findMasks(
  services: Services,
  segmenter: Segmenter,
  task: VariantTask,
): Promise<Result<readonly FoundMask[], VariantProblem>> {
  const found: FoundMask[] = [];
  for (let index = 0; index < task.template.components.length; index++) {
    const one = await findMask(services.database, segmenter, task, index);
    if (!one.ok) return one;
    found.push(one.value);
  }
  const isEmpty = found.every(({ mask }) => isEmptyMask(mask));
  return isEmpty ? fail({ kind: 'nothing-found' }) : ok(found);
}

/** What became of a task, before it is kept. */
export type Made =
  | {
      readonly variant: DoneVariant;
      readonly outputs: Readonly<Record<OutputRole, Blob>>;
    }
  | { readonly variant: FailedVariant; readonly outputs: null };

/** What is kept of a task that could not be done. */
export function failedVariant(task: VariantTask, problem: VariantProblem): Made {
  const { key, photo, template } = task;
  const of = { key, photo: photo.hash, templateId: template.id };
  return { variant: { ...of, status: 'failed', problem }, outputs: null };
}

/**
 * Decodes, edits and encodes one variant.
 * @returns what goes wrong with the photo as a failed variant; only storage that does not answer
 *   is the caller's problem
 */
export async function makeVariant(
  services: Services,
  task: VariantTask,
  found: readonly FoundMask[],
  output: OutputSettings,
): Promise<Result<Made, StorageProblem>> {
  const { key, photo, template } = task;
  const file = await getFile(services.database, photo.hash);
  if (!file.ok) return file;
  if (!file.value) return ok(failedVariant(task, { kind: 'unreadable-file' }));

  const masks = found.map(({ mask }) => mask);
  const made = await services.pixels.variant({
    source: { hash: photo.hash, blob: file.value },
    layers: layersOf(task, masks),
    mask: unionOf(masks),
    ...encodingOf(output),
    maxSide: output.maxSide,
  });
  if (!made.ok) {
    const { problem } = made;
    return ok(
      failedVariant(task, problem.kind === 'overtaken' ? { kind: 'worker-crashed' } : problem),
    );
  }
  const { image, mask, thumbnail, imageSha256, maskSha256, maskRle, size } = made.value;
  const variant: DoneVariant = {
    key,
    photo: photo.hash,
    templateId: template.id,
    status: 'done',
    format: output.format,
    imageSha256,
    maskSha256,
    imageBytes: image.size,
    maskBytes: mask.size,
    maskRle,
    size,
    components: template.components.map(
      ({ name }, index): ComponentResult => ({
        name,
        area: maskArea(masks[index]),
        score: found[index].score,
      }),
    ),
  };
  return ok({ variant, outputs: { image, mask, thumbnail } });
}

/** Keeps what became of an item of a run: bytes, row and item together or not at all. */
export function keepMade(
  database: Database,
  { variant, outputs }: Made,
  item: ItemKey,
): Promise<Result<void, StorageProblem>> {
  return outputs
    ? putVariant(database, variant, outputs, item)
    : putFailure(database, variant, item);
}
