import { createWriteStream } from 'node:fs';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { zipStream } from '../../web/files/zip-write.ts';
import { stopped, type Telling } from '../report/telling.ts';
import type { S3Address } from '../s3/address.ts';
import type { S3Client } from '../s3/client.ts';
import { uploadStream } from '../s3/upload.ts';
import { nodeDisk } from '../stores/disk.ts';
import { folderFailure } from '../stores/folder-store.ts';
import { inOrder } from './ahead.ts';
import type { Dataset } from './collect.ts';
import { createContents } from './contents.ts';

/** Objects read before their turn. */
const AHEAD = 8;

/** The archive as a stream: the same bytes as the browser's, a few files in memory at a time. */
export function archiveOf(
  dataset: Dataset,
  { report, signal }: Telling,
): AsyncIterable<Uint8Array> {
  const contentOf = createContents(dataset);
  let files = 0;
  async function* entries() {
    const ready = inOrder(dataset.files, AHEAD, async (file) => ({
      name: file.path,
      bytes: await contentOf(file),
    }));
    for await (const entry of ready) {
      if (signal.aborted) throw stopped();
      yield entry;
      files += 1;
      report({ event: 'writing', files, totalFiles: dataset.files.length });
    }
  }
  return zipStream(entries()) as unknown as AsyncIterable<Uint8Array>;
}

/** Writes a ZIP beside its final name first: what is under that name is always whole. */
export async function writeZipFile(
  path: string,
  dataset: Dataset,
  telling: Telling,
): Promise<void> {
  const temporary = nodeDisk.temporaryName(path);
  try {
    await mkdir(dirname(path), { recursive: true });
    await pipeline(Readable.from(archiveOf(dataset, telling)), createWriteStream(temporary));
    const file = await open(temporary);
    await file.sync();
    await file.close();
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw folderFailure(path, error);
  }
}

export function writeZipObject(
  client: S3Client,
  address: S3Address,
  dataset: Dataset,
  telling: Telling,
): Promise<void> {
  return uploadStream(client, address, archiveOf(dataset, telling));
}
