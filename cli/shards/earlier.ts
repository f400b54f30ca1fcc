import type { DoneVariant } from '../../web/core/dataset/variant.ts';
import { getText, type Store } from '../stores/store.ts';
import {
  FILES,
  type FileLine,
  HEADER,
  objectName,
  type PhotoRecord,
  readJson,
  recordName,
  type ShardHeader,
  type WorkIdentity,
} from './records.ts';

/** What earlier workers left in a store, as far as it can be used again. */
export interface Earlier {
  /** Whether an earlier worker finished this very shard. */
  readonly isComplete: boolean;
  /** SHA-256 of a file that need not be read again; null when it must be. */
  hashOf(path: string, contentKey: string | null): string | null;
  /** What there is of a photo. */
  recordOf(photo: string): Promise<PhotoRecord | null>;
  /** Whether both files of a variant are there, whole. */
  hasFilesOf(variant: DoneVariant): boolean;
}

const NOTHING: Earlier = {
  isComplete: false,
  hashOf: () => null,
  recordOf: async () => null,
  hasFilesOf: () => false,
};

/**
 * Reads what can go on. Records are content-addressed, so they also serve when photos were added
 * or the recipe was changed since; what another model or version made does not.
 */
export async function loadEarlier(
  store: Store,
  identity: WorkIdentity,
  resume: boolean,
): Promise<Earlier> {
  if (!resume) return NOTHING;
  const text = await getText(store, HEADER);
  if (text === null) return NOTHING;
  const header = readJson<ShardHeader>(text, `${store.where}/${HEADER}`);
  if (!isSameMaker(header.identity, identity)) return NOTHING;

  const known = new Map<string, string>();
  const files = await getText(store, FILES);
  for (const line of files?.split('\n') ?? []) {
    if (line === '') continue;
    const { file } = readJson<FileLine>(line, `${store.where}/${FILES}`);
    if (file.contentKey !== null && file.sha256 !== null && file.refused === null) {
      known.set(JSON.stringify([file.path, file.contentKey]), file.sha256);
    }
  }
  const records = await store.list('records');
  const objects = await store.list('objects');
  return {
    isComplete: header.isComplete && JSON.stringify(header.identity) === JSON.stringify(identity),
    hashOf: (path, contentKey) => known.get(JSON.stringify([path, contentKey])) ?? null,
    async recordOf(photo) {
      const name = recordName(photo);
      if (!records.has(name)) return null;
      const record = await getText(store, name);
      return record === null ? null : readJson<PhotoRecord>(record, `${store.where}/${name}`);
    },
    hasFilesOf: (variant) =>
      objects.get(objectName(variant.imageSha256, variant.format)) === variant.imageBytes &&
      objects.get(objectName(variant.maskSha256, 'png')) === variant.maskBytes,
  };
}

function isSameMaker(a: WorkIdentity, b: WorkIdentity): boolean {
  return a.form === b.form && JSON.stringify(a.model) === JSON.stringify(b.model);
}
