import type { Photo } from '../core/dataset/photo.ts';
import type { VariantProblem } from '../core/dataset/variant.ts';
import { TIER_GRIDS, type Tier } from '../core/segmentation/tiers.ts';
import { getFile } from '../storage/photos.ts';
import type { Encoders } from './encoders.ts';
import { asVariantProblem } from './engine-text.ts';
import type { Services } from './services.ts';

export type EncodedPhoto =
  /** `encodeMs`: of the encoder alone. */
  | { readonly kind: 'encoded'; readonly encodeMs: number }
  /** The browser ended the worker that had it. */
  | { readonly kind: 'worker-lost' }
  | { readonly kind: 'failed'; readonly problem: VariantProblem };

/** Brings one photo from its file to an embedding in the decoding worker. */
export async function encodePhoto(
  { database, pixels }: Pick<Services, 'database' | 'pixels'>,
  encoders: Encoders,
  { photo, tier }: { readonly photo: Photo; readonly tier: Tier },
  isUrgent: () => boolean,
): Promise<EncodedPhoto> {
  const failed = (problem: VariantProblem): EncodedPhoto => ({ kind: 'failed', problem });
  const file = await getFile(database, photo.hash);
  if (!file.ok || !file.value) return failed({ kind: 'unreadable-file' });
  const source = { hash: photo.hash, blob: file.value };
  const input = await pixels.modelInput(source, TIER_GRIDS[tier].longSide);
  if (!input.ok) {
    const { problem } = input;
    return failed(problem.kind === 'overtaken' ? { kind: 'worker-crashed' } : problem);
  }
  const size = { width: photo.width, height: photo.height };
  const request = { photo: photo.hash, size, tier, input: input.value };
  const reply = await encoders.encode(request, isUrgent);
  switch (reply.kind) {
    case 'encoded':
      return reply;
    case 'cancelled':
      return failed({ kind: 'engine', what: 'encoding was cancelled' });
    case 'failed':
      return reply.problem.kind === 'worker-lost'
        ? reply.problem
        : failed(asVariantProblem(reply.problem));
  }
}
