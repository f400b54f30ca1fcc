import type { AlikePair } from '../../core/dataset/health-duplicates.ts';
import { fail, ok, type Result } from '../../core/flow/result.ts';
import type { Size } from '../../core/geometry/spaces.ts';
import {
  type Comparable,
  comparable,
  describePhoto,
  likeness,
  NEAR_DUPLICATE,
} from '../../core/segmentation/likeness.ts';
import { CELL_SIDE, frameOf } from '../../core/segmentation/model-space.ts';
import { embeddingModel, TIERS, type Tier } from '../../core/segmentation/tiers.ts';
import type { Database } from '../../storage/database.ts';
import {
  getDescriptor,
  listDescribable,
  putDescriptor,
  readEmbedding,
} from '../../storage/descriptors.ts';
import type { StorageProblem } from '../../storage/problem.ts';
import type { CheckProblem, CheckRequest } from './contract.ts';
import type { Stages } from './stages.ts';

export interface CheckedPhotos {
  readonly pairs: readonly AlikePair[];
  /** How many photos could be compared. */
  readonly compared: number;
}

interface Described {
  readonly photo: string;
  readonly of: Comparable;
}

/** Milliseconds of comparing after which messages (a cancel) are let in. */
const TURN = 50;

/** Compares every photo with every other, as far as they have been encoded. */
export async function checkPhotos(
  database: Database,
  { photos }: CheckRequest,
  stages: Stages,
): Promise<Result<CheckedPhotos, CheckProblem>> {
  const listed = await listDescribable(database);
  if (!listed.ok) return listed;
  const sizes = new Map(photos.map((photo) => [photo.hash, photo]));
  const names = listed.value.flatMap(({ name, photo, model }) => {
    const size = sizes.get(photo);
    const tier = tierOf(model);
    return size && tier ? [{ name, photo, model, extent: extentOf(size, tier) }] : [];
  });
  const advance = stages.begin('photos', names.length);
  // Embeddings of different models or tiers cannot be compared, so each has its own list.
  const byModel = new Map<string, Described[]>();
  for (const { name, photo, model, extent } of names) {
    const of = await describeStored(database, name, extent);
    if (!of.ok) return of;
    if (!stages.isWanted()) return fail({ kind: 'cancelled' });
    if (of.value) byModel.set(model, [...(byModel.get(model) ?? []), { photo, of: of.value }]);
    advance(1);
  }
  const lists = [...byModel.values()];
  const pairs = await compareAll(lists, stages);
  if (!pairs) return fail({ kind: 'cancelled' });
  return ok({ pairs, compared: new Set(lists.flat().map(({ photo }) => photo)).size });
}

/** The tier that an embedding was made in; null for one that this version does not know. */
function tierOf(model: string): Tier | null {
  const [encoder] = model.split(':');
  return TIERS.find((tier) => embeddingModel(encoder, tier) === model) ?? null;
}

/** Cells of the embedding that show the photo. */
function extentOf(photo: Size, tier: Tier): Size {
  const { input } = frameOf(photo, tier);
  return { width: input.width / CELL_SIDE, height: input.height / CELL_SIDE };
}

/** A photo's descriptor, kept or made now; null when its embedding was dropped meanwhile. */
async function describeStored(
  database: Database,
  name: string,
  extent: Size,
): Promise<Result<Comparable | null, StorageProblem>> {
  const kept = await getDescriptor(database, name);
  if (!kept.ok) return kept;
  if (kept.value) return ok(comparable(kept.value));
  const embedding = await readEmbedding(database, name);
  if (!embedding.ok) return embedding;
  if (!embedding.value) return ok(null);
  const descriptor = describePhoto(embedding.value, extent);
  // Without room for it the check goes on; the next one makes it again.
  await putDescriptor(database, name, descriptor);
  return ok(comparable(descriptor));
}

/** All near-duplicates within each list; null when the check is not wanted any more. */
async function compareAll(
  lists: readonly (readonly Described[])[],
  stages: Stages,
): Promise<AlikePair[] | null> {
  const total = lists.reduce((sum, { length }) => sum + (length * (length - 1)) / 2, 0);
  const advance = stages.begin('pairs', total);
  const pairs: AlikePair[] = [];
  let turn = stages.now();
  let done = 0;
  for (const list of lists) {
    for (const [index, b] of list.entries()) {
      for (const a of list.slice(0, index)) {
        const found = likeness(a.of, b.of, NEAR_DUPLICATE);
        if (found >= NEAR_DUPLICATE) pairs.push({ a: a.photo, b: b.photo, likeness: found });
      }
      done += index;
      if (stages.now() - turn < TURN) continue;
      advance(done);
      done = 0;
      await new Promise((resolve) => setTimeout(resolve));
      if (!stages.isWanted()) return null;
      turn = stages.now();
    }
  }
  return pairs;
}
