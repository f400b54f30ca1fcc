import { formatS3, type S3Address } from '../s3/address.ts';
import type { S3Client } from '../s3/client.ts';
import {
  copyObject,
  deleteObject,
  getObject,
  listObjects,
  listPrefixes,
  putObject,
} from '../s3/objects.ts';
import type { Store } from './store.ts';

const places = new WeakMap<Store, { readonly client: S3Client; readonly at: S3Address }>();

/** Keeps objects below a prefix of a bucket. A PUT of S3 is atomic and durable by itself. */
export function createS3Store(client: S3Client, address: S3Address): Store {
  const base = address.key === '' ? '' : `${address.key.replace(/\/+$/, '')}/`;
  const at = { bucket: address.bucket, key: base };
  const full = (name: string): S3Address => ({ ...at, key: `${base}${name}` });

  const store: Store = {
    where: formatS3(at),
    put: (name, bytes) =>
      putObject(
        client,
        full(name),
        typeof bytes === 'string' ? new TextEncoder().encode(bytes) : bytes,
      ),
    get: (name) => getObject(client, full(name)),
    async list(folder) {
      const found = new Map<string, number>();
      for await (const { key, bytes } of listObjects(client, full(`${folder}/`))) {
        found.set(key.slice(base.length), bytes);
      }
      return found;
    },
    async folders() {
      const names: string[] = [];
      for await (const prefix of listPrefixes(client, at)) {
        names.push(prefix.slice(base.length, -1));
      }
      return names.sort();
    },
    remove: (name) => deleteObject(client, full(name)),
    below: (folder) => createS3Store(client, full(folder)),
    async adopt(from, name, as) {
      const place = places.get(from);
      if (place?.client !== client) return false;
      await copyObject(client, { ...place.at, key: `${place.at.key}${name}` }, full(as));
      return true;
    },
  };
  places.set(store, { client, at });
  return store;
}
