import { rm } from 'node:fs/promises';
import { join, posix } from 'node:path';
import type { Dataset } from './dataset/collect.ts';
import { FOLDERS, writeToStore } from './dataset/write-store.ts';
import { writeZipFile, writeZipObject } from './dataset/write-zip.ts';
import { Failure } from './problem.ts';
import type { Telling } from './report/telling.ts';
import { isS3, parseS3 } from './s3/address.ts';
import type { S3Client } from './s3/client.ts';
import { createFolderStore } from './stores/folder-store.ts';
import { createS3Store } from './stores/s3-store.ts';
import type { Store } from './stores/store.ts';
import { isWebAddress, parseWebAddress, putFile, shownAddress } from './web-address.ts';

/** Where a dataset goes, as `-o` says it. */
export interface Output {
  /** As it may be shown. */
  readonly where: string;
  readonly isArchive: boolean;
  /** Where work is kept until the dataset is whole. */
  readonly work: Store;
  /** @throws Failure when it is a folder that holds something else */
  prepare(): Promise<void>;
  write(dataset: Dataset, telling: Telling): Promise<void>;
  /** Removes what only an unfinished archive needs. */
  tidy(): Promise<void>;
}

const ARCHIVE = /\.zip$/i;
/** Of a folder of datasets: what is done is kept here, so that the next run makes only what is new. */
const WORK = '.maskwright';

/** The store at a place: a folder, or a prefix of a bucket. */
export function openStore(place: string, s3: () => S3Client): Store {
  if (isWebAddress(place)) {
    const shown = shownAddress(parseWebAddress(place));
    throw new Failure('usage', `${shown} is no folder.`, 'Name a folder or s3://bucket/prefix.');
  }
  return isS3(place) ? createS3Store(s3(), parseS3(place)) : createFolderStore(place);
}

/**
 * A place that ends in `.zip` becomes an archive, any other a folder; both local or `s3://`. An
 * address of the web takes an archive with one PUT.
 */
export function openOutput(where: string, s3: () => S3Client): Output {
  if (isWebAddress(where)) return webOutput(parseWebAddress(where));
  return ARCHIVE.test(where) ? archiveOutput(where, s3) : folderOutput(where, s3);
}

function archiveOutput(where: string, s3: () => S3Client): Output {
  const folder = `${where}.work`;
  const work = openStore(folder, s3);
  return {
    where,
    isArchive: true,
    work,
    prepare: async () => undefined,
    write: (dataset, telling) =>
      isS3(where)
        ? writeZipObject(s3(), parseS3(where), dataset, telling)
        : writeZipFile(where, dataset, telling),
    async tidy() {
      if (!isS3(where)) return rm(folder, { recursive: true, force: true });
      for (const below of await work.folders()) {
        for (const name of (await work.list(below)).keys()) await work.remove(name);
      }
      for (const name of ['photos.jsonl', 'recipe.json', 'shard.json']) await work.remove(name);
    },
  };
}

function folderOutput(where: string, s3: () => S3Client): Output {
  const store = openStore(where, s3);
  return {
    where,
    isArchive: false,
    work: store.below(WORK),
    async prepare() {
      const folders = await store.folders();
      const ours = FOLDERS.filter((name) => folders.includes(name));
      if (ours.length === 0 || folders.includes(WORK)) return;
      throw new Failure(
        'usage',
        `${where} holds other files under ${ours.join(', ')}.`,
        'Choose a new folder with -o; nothing was touched.',
      );
    },
    write: (dataset, telling) => writeToStore(store, dataset, telling),
    tidy: async () => undefined,
  };
}

/** Work lies in this folder, under the name that the address has. */
function webOutput(address: URL): Output {
  const where = shownAddress(address);
  const name = posix.basename(address.pathname);
  if (!ARCHIVE.test(name)) {
    throw new Failure(
      'usage',
      `${where} is no archive, and nothing else goes to an address of the web.`,
      'Presign an address that ends in .zip, or write to s3://bucket/prefix.',
    );
  }
  const folder = `${name}.work`;
  return {
    where,
    isArchive: true,
    work: createFolderStore(folder),
    prepare: async () => undefined,
    async write(dataset, telling) {
      const file = join(folder, name);
      await writeZipFile(file, dataset, telling);
      await putFile(address, file);
    },
    tidy: () => rm(folder, { recursive: true, force: true }),
  };
}
