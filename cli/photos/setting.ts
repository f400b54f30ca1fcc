import { parseRecipe, type Recipe } from '../../web/core/export/recipe.ts';
import { templatesOf } from '../../web/core/export/recipe-templates.ts';
import { embeddingModel, modelKey, type Tier } from '../../web/core/segmentation/tiers.ts';
import { place } from '../../web/core/transfer/placement.ts';
import { createNodeCodecs } from '../../web/files/node.ts';
import { type EngineChoice, modelRecord } from '../engine/choice.ts';
import { openEngine } from '../engine/engine.ts';
import { createEmbeddingCache } from './embeddings.ts';
import type { FindGivenMask } from './find-masks.ts';
import type { PhotoSetting } from './make-photo.ts';
import { createPhotoSegmenter, type PhotoSegmenter } from './segmenter.ts';

/** What a thread is told, as text and numbers, so that it can go from thread to thread. */
export interface WorkOrder {
  /** The recipe file's text; it has been checked. */
  readonly recipe: string;
  /** Whether the recipe asks the model (`needsModel`). */
  readonly needsModel: boolean;
  readonly choice: EngineChoice;
  readonly modelsFolder: string;
  /** Where embeddings are kept from run to run; null for nowhere. */
  readonly cacheFolder: string | null;
  readonly imagePixels: number;
}

/** Whether any template of a recipe asks the model. */
export function needsModel({ templates }: Recipe): boolean {
  const nothing = { points: [], box: null };
  return templates.some(
    ({ placement }) => place(placement, nothing, { width: 1, height: 1 }).kind === 'segment',
  );
}

/** Names the model in the keys of variants, as the app does. */
export function modelHashOf(choice: EngineChoice, tier: Tier): string {
  const { encoderSha256, decoderSha256 } = modelRecord(choice, tier);
  return modelKey(encoderSha256, decoderSha256, tier);
}

/** Names what makes an embedding, as a folder may be called: `27ce9a4fd998-992-cpu`. */
function encodedBy(choice: EngineChoice, tier: Tier): string {
  const encoder = modelRecord(choice, tier).encoderSha256.slice(0, 12);
  return `${embeddingModel(encoder, tier).replaceAll(':', '-')}-${choice}`;
}

function givenMasksOf(recipe: Recipe): FindGivenMask {
  const byTemplate = new Map(
    recipe.templates.map(({ name, masks }) => [
      name,
      new Map(masks?.map((mask) => [mask.sha256, mask])),
    ]),
  );
  return ({ name }, photo) => byTemplate.get(name)?.get(photo) ?? null;
}

/** For recipes that ask no model. */
const NO_SEGMENTER: PhotoSegmenter = { find: async () => null };

/**
 * Everything that making photos takes, the model started where the recipe needs it.
 * @throws Failure when it does not start
 */
export async function openSetting(order: WorkOrder): Promise<PhotoSetting> {
  const recipe = parseRecipe(order.recipe);
  if (!recipe.ok) throw new Error(`An unchecked recipe came here: ${recipe.problem.kind}.`);
  const { choice, modelsFolder, cacheFolder, imagePixels } = order;
  const modelHash = modelHashOf(choice, recipe.value.tier);
  const cache =
    cacheFolder === null
      ? null
      : createEmbeddingCache(cacheFolder, encodedBy(choice, recipe.value.tier));
  const engine = order.needsModel ? await openEngine({ choice, modelsFolder, threads: 1 }) : null;
  return {
    templates: templatesOf(recipe.value),
    output: recipe.value.output,
    modelHash,
    limits: { imagePixels },
    codecs: createNodeCodecs(),
    given: givenMasksOf(recipe.value),
    segmenterOf: (photo, raster) =>
      engine ? createPhotoSegmenter(photo, raster, recipe.value.tier, engine, cache) : NO_SEGMENTER,
  };
}
