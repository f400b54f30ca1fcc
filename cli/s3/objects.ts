import { Failure, GO_ON } from '../problem.ts';
import { formatS3, type S3Address } from './address.ts';
import { codeIn, type S3Client } from './client.ts';

/** One object as a listing tells of it. */
export interface ListedObject {
  readonly key: string;
  readonly bytes: number;
  /** Of the content; the MD5 for objects that were uploaded in one part. Without quotes. */
  readonly etag: string;
}

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
};

/** The text of an XML element: S3's documents have no attributes, no CDATA and no mixed content. */
function unescapeXml(text: string): string {
  return text.replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (whole, hex, decimal, name) => {
    if (hex) return String.fromCodePoint(Number.parseInt(hex, 16));
    if (decimal) return String.fromCodePoint(Number(decimal));
    return ENTITIES[name] ?? whole;
  });
}

function elementIn(xml: string, name: string): string {
  const found = new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml);
  return found ? unescapeXml(found[1]) : '';
}

/**
 * Every object whose key begins with the address's key, in the order of their keys' UTF-8 bytes.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html
 */
export async function* listObjects(
  client: S3Client,
  address: S3Address,
): AsyncGenerator<ListedObject> {
  for await (const xml of pages(client, address, {})) {
    for (const [, entry] of xml.matchAll(/<Contents>(.*?)<\/Contents>/gs)) {
      yield {
        key: elementIn(entry, 'Key'),
        bytes: Number(elementIn(entry, 'Size')),
        etag: elementIn(entry, 'ETag').replaceAll('"', ''),
      };
    }
  }
}

/** What stands for folders directly below a prefix that ends in `/`: keys up to the next slash. */
export async function* listPrefixes(client: S3Client, address: S3Address): AsyncGenerator<string> {
  for await (const xml of pages(client, address, { delimiter: '/' })) {
    for (const [, entry] of xml.matchAll(/<CommonPrefixes>(.*?)<\/CommonPrefixes>/gs)) {
      yield elementIn(entry, 'Prefix');
    }
  }
}

async function* pages(
  client: S3Client,
  { bucket, key: prefix }: S3Address,
  more: Readonly<Record<string, string>>,
): AsyncGenerator<string> {
  let token = '';
  do {
    const query = {
      'list-type': '2',
      prefix,
      ...more,
      ...(token && { 'continuation-token': token }),
    };
    const answer = await client.send({ bucket, key: '' }, { method: 'GET', query });
    const xml = await answer.text();
    if (!answer.ok) throw noBucket(bucket, codeIn(xml));
    yield xml;
    token = elementIn(xml, 'IsTruncated') === 'true' ? elementIn(xml, 'NextContinuationToken') : '';
  } while (token);
}

function noBucket(bucket: string, code: string | null): Failure {
  return new Failure(
    'input',
    `There is no bucket ${bucket} (${code ?? 'HTTP 404'}).`,
    'Check its name, AWS_REGION and --s3-endpoint.',
  );
}

/** The bytes of an object; null when there is none. */
export async function getObject(
  client: S3Client,
  address: S3Address,
): Promise<Uint8Array<ArrayBuffer> | null> {
  const answer = await client.send(address, { method: 'GET' });
  if (answer.ok) return new Uint8Array(await answer.arrayBuffer());
  const code = codeIn(await answer.text());
  if (code === 'NoSuchBucket') throw noBucket(address.bucket, code);
  return null;
}

/** Bytes of an object; null when there is none. */
export async function objectSize(client: S3Client, address: S3Address): Promise<number | null> {
  const answer = await client.send(address, { method: 'HEAD' });
  return answer.ok ? Number(answer.headers.get('content-length')) : null;
}

/** Writes an object whole: S3 shows all of it or nothing. */
export async function putObject(
  client: S3Client,
  address: S3Address,
  body: Uint8Array<ArrayBuffer>,
  headers: Readonly<Record<string, string>> = {},
): Promise<void> {
  await mustExist(address, await client.send(address, { method: 'PUT', body, headers }));
}

/**
 * Copies an object inside the store, without its bytes passing here (up to 5 GB).
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_CopyObject.html
 */
export async function copyObject(client: S3Client, from: S3Address, to: S3Address): Promise<void> {
  const source = `/${from.bucket}/${from.key}`.split('/').map(encodeURIComponent).join('/');
  const answer = await client.send(to, {
    method: 'PUT',
    headers: { 'x-amz-copy-source': source },
  });
  await mustExist(from, answer);
}

export async function deleteObject(client: S3Client, address: S3Address): Promise<void> {
  await client.send(address, { method: 'DELETE' });
}

/** A 404 to a write: the bucket, the upload or the source of a copy is not there. */
async function mustExist(address: S3Address, answer: Response): Promise<void> {
  if (answer.ok) return;
  const code = codeIn(await answer.text());
  if (code === 'NoSuchBucket') throw noBucket(address.bucket, code);
  throw new Failure(
    'output',
    `${formatS3(address)} was not written: ${code ?? `HTTP ${answer.status}`}.`,
    `Check that nothing deletes below this prefix. ${GO_ON}`,
  );
}
