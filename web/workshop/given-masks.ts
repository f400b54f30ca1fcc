import type { Photo } from '../core/dataset/photo.ts';
import type { Mask } from '../core/mask/mask.ts';
import { givenMaskOn } from '../core/transfer/given-mask.ts';
import type { Database } from '../storage/database.ts';
import { getGivenMask } from '../storage/given-masks.ts';

/** Reads the mask that a photo brought to a template; null when there is none. */
export type ReadGivenMask = (templateId: string, photo: Photo) => Promise<Mask | null>;

/** Keeps the last mask: sliders ask for the same one many times a second. */
export function createGivenMaskReader(database: Database): ReadGivenMask {
  let last = { key: '', mask: null as Mask | null };
  return async (templateId, photo) => {
    const key = `${templateId}:${photo.hash}`;
    if (last.key === key) return last.mask;
    const kept = await getGivenMask(database, templateId, photo.hash);
    const mask = kept.ok && kept.value ? givenMaskOn(kept.value, photo) : null;
    last = { key, mask };
    return mask;
  };
}
