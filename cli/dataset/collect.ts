import type { Photo } from '../../web/core/dataset/photo.ts';
import { planVariants } from '../../web/core/dataset/tasks.ts';
import type { DoneVariant, Variant } from '../../web/core/dataset/variant.ts';
import { planArchive } from '../../web/core/export/plan.ts';
import type { PlannedFile } from '../../web/core/export/planned-file.ts';
import { parseRecipe } from '../../web/core/export/recipe.ts';
import { templatesOf } from '../../web/core/export/recipe-templates.ts';
import { modelKey } from '../../web/core/segmentation/tiers.ts';
import { sha256Hex } from '../../web/files/hash.ts';
import { Failure } from '../problem.ts';
import {
  FILES,
  type FileLine,
  objectName,
  photoOf,
  RECIPE,
  readJson,
  type WorkIdentity,
} from '../shards/records.ts';
import type { ShardCounts } from '../shards/run-shard.ts';
import { getText, type Store } from '../stores/store.ts';

/** Where one file of a dataset is kept, and what it must be. */
export interface KeptObject {
  readonly store: Store;
  readonly name: string;
  readonly sha256: string;
}

/** A whole dataset: what its files are and where their bytes come from. */
export interface Dataset {
  readonly files: readonly PlannedFile[];
  find(key: string, role: 'image' | 'mask'): KeptObject;
  readonly counts: ShardCounts;
}

interface Kept {
  readonly variant: Variant;
  readonly store: Store;
}

/**
 * Joins what workers left: numbers, names, splits and annotations are given anew over all photos,
 * in the order of the listing, so it does not matter how the work was divided.
 * @param stores of every shard, complete, of one identity
 * @throws Failure when one cannot be read
 */
export async function collectDataset(
  stores: readonly Store[],
  identity: WorkIdentity,
): Promise<Dataset> {
  const [first] = stores;
  const recipe = parseRecipe((await getText(first, RECIPE)) ?? '');
  if (!recipe.ok) throw damaged(first, RECIPE);
  const kept = new Map<string, Kept>();
  const photos: Photo[] = [];
  const seen = new Set<string>();
  let refused = 0;
  for (const { line, store } of await linesOf(stores)) {
    if (line.file.refused) refused += 1;
    if (!line.record || seen.has(line.record.facts.hash)) continue;
    seen.add(line.record.facts.hash);
    photos.push(photoOf(line.record, line.file));
    for (const variant of line.record.variants) kept.set(variant.key, { variant, store });
  }

  const templates = templatesOf(recipe.value);
  const { output } = recipe.value;
  const { model } = identity;
  const encoder = new TextEncoder();
  const planned = planVariants(
    photos,
    templates,
    output,
    modelKey(model.encoderSha256, model.decoderSha256, model.tier),
  );
  const items = await Promise.all(
    planned.map(async ({ fingerprint, ...item }) => ({
      ...item,
      variant: kept.get(await sha256Hex(encoder.encode(fingerprint)))?.variant,
    })),
  );
  const done = items.filter(({ variant }) => variant?.status === 'done').length;
  return {
    files: planArchive({
      photos,
      templates,
      items,
      output,
      model,
      appVersion: identity.app,
      references: new Map(
        recipe.value.templates.map(({ reference }) => [reference.sha256, reference.file]),
      ),
      givenMasks: new Map(
        templates.map(({ id }, index) => [id, recipe.value.templates[index].masks ?? []]),
      ),
    }),
    find(key, role) {
      const found = kept.get(key);
      if (found?.variant.status !== 'done') throw new Error(`Nothing is kept under ${key}.`);
      return { store: found.store, ...objectOf(found.variant, role) };
    },
    counts: { photos: photos.length, variants: done, failed: items.length - done, refused },
  };
}

function objectOf(variant: DoneVariant, role: 'image' | 'mask') {
  return role === 'image'
    ? { name: objectName(variant.imageSha256, variant.format), sha256: variant.imageSha256 }
    : { name: objectName(variant.maskSha256, 'png'), sha256: variant.maskSha256 };
}

/** All shards' files in the order of the listing. */
async function linesOf(stores: readonly Store[]) {
  const lines: { readonly line: FileLine; readonly store: Store }[] = [];
  for (const store of stores) {
    const text = await getText(store, FILES);
    if (text === null) throw damaged(store, FILES);
    for (const line of text.split('\n')) {
      if (line === '') continue;
      lines.push({ line: readJson<FileLine>(line, `${store.where}/${FILES}`), store });
    }
  }
  return lines.sort((a, b) => a.line.file.position - b.line.file.position);
}

function damaged({ where }: Store, name: string): Failure {
  return new Failure(
    'input',
    `${where}/${name} is missing or damaged.`,
    'Run that shard again with --resume, then merge again.',
  );
}
