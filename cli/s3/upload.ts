import { concat } from '../../web/files/bytes.ts';
import { Failure, GO_ON } from '../problem.ts';
import { formatS3, type S3Address } from './address.ts';
import type { S3Client } from './client.ts';
import { putObject } from './objects.ts';

/** 16 MiB: the 10,000 parts that S3 allows then hold 156 GiB. */
const FIRST_PART = 16 * 1024 * 1024;
/** Parts grow, so that even an archive at S3's limit of 5 TiB has fewer than 10,000. */
const PARTS_BEFORE_GROWTH = 1000;

/**
 * Writes a stream as one object, a part in memory at a time. The object appears whole at the end,
 * or not at all.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/mpuoverview.html
 */
export async function uploadStream(
  client: S3Client,
  address: S3Address,
  chunks: AsyncIterable<Uint8Array>,
  partBytes = FIRST_PART,
): Promise<void> {
  let upload: string | null = null;
  const etags: string[] = [];
  try {
    for await (const { body, isLast } of inParts(chunks, partBytes)) {
      if (isLast && upload === null) return await putObject(client, address, body);
      upload ??= await begin(client, address);
      const query = { partNumber: String(etags.length + 1), uploadId: upload };
      const answer = await client.send(address, { method: 'PUT', query, body });
      etags.push(answer.headers.get('etag') ?? '');
    }
    if (upload !== null) await complete(client, address, upload, etags);
  } catch (error) {
    const query = { uploadId: upload ?? '' };
    if (upload !== null) {
      await client.send(address, { method: 'DELETE', query }).catch(() => undefined);
    }
    throw error;
  }
}

async function begin(client: S3Client, address: S3Address): Promise<string> {
  const answer = await client.send(address, { method: 'POST', query: { uploads: '' } });
  const id = /<UploadId>([^<]+)<\/UploadId>/.exec(await answer.text())?.[1];
  if (!id) throw notTaken(address);
  return id;
}

async function complete(
  client: S3Client,
  address: S3Address,
  uploadId: string,
  etags: readonly string[],
): Promise<void> {
  const parts = etags.map(
    (etag, index) => `<Part><PartNumber>${index + 1}</PartNumber><ETag>${etag}</ETag></Part>`,
  );
  const body = `<CompleteMultipartUpload>${parts.join('')}</CompleteMultipartUpload>`;
  const answer = await client.send(address, {
    method: 'POST',
    query: { uploadId },
    body: new TextEncoder().encode(body),
  });
  // S3 answers 200 first and may put an error into the body later.
  if (!answer.ok || !(await answer.text()).includes('CompleteMultipartUploadResult')) {
    throw notTaken(address);
  }
}

function notTaken(address: S3Address): Failure {
  return new Failure('output', `${formatS3(address)} was not taken by the object store.`, GO_ON);
}

/** Joins small chunks to parts; the last one may be smaller, or empty. */
async function* inParts(chunks: AsyncIterable<Uint8Array>, partBytes: number) {
  let waiting: Uint8Array[] = [];
  let length = 0;
  let parts = 0;
  for await (const chunk of chunks) {
    waiting.push(chunk);
    length += chunk.length;
    if (length < partBytes * (1 + Math.floor(parts / PARTS_BEFORE_GROWTH))) continue;
    yield { body: concat(waiting), isLast: false };
    waiting = [];
    length = 0;
    parts += 1;
  }
  if (length > 0 || parts === 0) yield { body: concat(waiting), isLast: true };
}
