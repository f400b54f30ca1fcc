import { createHash, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { type Keys, refusal } from './s3-signature.ts';

export interface S3Double {
  /** For `--s3-endpoint`. */
  readonly url: string;
  readonly keys: Keys;
  /** For the environment of a command. */
  readonly environment: Readonly<Record<string, string>>;
  /** `bucket/key` and what it holds. */
  readonly objects: Map<string, Buffer>;
  /** Methods and paths of all requests that were authentic. */
  readonly requests: string[];
  /** Answers the next requests with this status instead. */
  failNext(status: number, times: number): void;
  close(): Promise<void>;
}

const KEYS: Keys = {
  accessKeyId: 'AKIATEST',
  secretAccessKey: 'secret/of+test',
  sessionToken: 'token==',
  region: 'eu-test-1',
};
/** Few, so that listings have pages. */
const PAGE = 7;

/**
 * An S3-compatible object store on this machine, path style, with one bucket. It computes every
 * signature anew and knows what the runner uses: objects, listings in pages, copies, multipart
 * uploads.
 */
export async function startS3Double(bucket: string): Promise<S3Double> {
  const objects = new Map<string, Buffer>();
  const uploads = new Map<string, Buffer[]>();
  const requests: string[] = [];
  let failing = { status: 0, times: 0 };

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await buffer(request);
    const { method = '', url: rawUrl = '', headers } = request;
    const answer = (status: number, text: string | Buffer = '', more = {}) =>
      void response.writeHead(status, more).end(method === 'HEAD' ? undefined : text);
    const problem = (status: number, code: string) =>
      answer(status, `<?xml version="1.0"?><Error><Code>${code}</Code></Error>`);

    if (failing.times > 0) {
      failing.times -= 1;
      return problem(failing.status, 'SlowDown');
    }
    const { pathname, searchParams } = new URL(rawUrl, 'http://s3');
    const path = decodeURIComponent(pathname.slice(1));
    if (!searchParams.has('X-Test-Presigned')) {
      const refused = refusal({ method, rawUrl, headers, body }, KEYS);
      if (refused) return problem(403, refused);
    }
    requests.push(`${method} ${path}`);
    if (path.split('/')[0] !== bucket) return problem(404, 'NoSuchBucket');

    const uploadId = searchParams.get('uploadId');
    if (searchParams.has('list-type')) return answer(200, listing(searchParams));
    if (searchParams.has('uploads')) {
      const id = randomUUID();
      uploads.set(id, []);
      return answer(200, `<R><UploadId>${id}</UploadId></R>`);
    }
    if (uploadId !== null) {
      const parts = uploads.get(uploadId);
      if (!parts) return problem(404, 'NoSuchUpload');
      if (method === 'PUT') {
        parts[Number(searchParams.get('partNumber')) - 1] = body;
        return answer(200, '', { etag: etagOf(body) });
      }
      uploads.delete(uploadId);
      if (method === 'DELETE') return answer(204);
      const told = [...String(body).matchAll(/<ETag>([^<]+)<\/ETag>/g)].map(([, etag]) => etag);
      if (told.join() !== parts.map(etagOf).join()) return problem(400, 'InvalidPart');
      objects.set(path, Buffer.concat(parts));
      return answer(200, '<CompleteMultipartUploadResult></CompleteMultipartUploadResult>');
    }
    const found = objects.get(path);
    switch (method) {
      case 'PUT': {
        const source = headers['x-amz-copy-source'];
        const copied = source && objects.get(decodeURIComponent(String(source)).slice(1));
        if (source && !copied) return problem(404, 'NoSuchKey');
        objects.set(path, copied || body);
        return answer(200, '<CopyObjectResult></CopyObjectResult>', { etag: etagOf(body) });
      }
      case 'DELETE':
        objects.delete(path);
        return answer(204);
      default:
        return found
          ? answer(200, found, { 'content-length': found.length })
          : problem(404, 'NoSuchKey');
    }
  }

  function listing(asked: URLSearchParams): string {
    const prefix = asked.get('prefix') ?? '';
    const after = asked.get('continuation-token') ?? '';
    const keys = [...objects.keys()]
      .map((path) => path.slice(bucket.length + 1))
      .filter((key) => key.startsWith(prefix));
    const isGrouped = asked.get('delimiter') === '/';
    const groupOf = (key: string) => {
      const slash = isGrouped ? key.indexOf('/', prefix.length) : -1;
      return slash < 0 ? key : key.slice(0, slash + 1);
    };
    const names = [...new Set(keys.map(groupOf))].sort().filter((name) => name > after);
    const shown = names.slice(0, PAGE);
    const isCut = names.length > PAGE;
    const entries = shown.map((name) => {
      const object = objects.get(`${bucket}/${name}`);
      return object
        ? `<Contents><Key>${escapeXml(name)}</Key><ETag>${escapeXml(etagOf(object))}</ETag><Size>${object.length}</Size></Contents>`
        : `<CommonPrefixes><Prefix>${escapeXml(name)}</Prefix></CommonPrefixes>`;
    });
    const more = isCut
      ? `<NextContinuationToken>${escapeXml(shown[PAGE - 1])}</NextContinuationToken>`
      : '';
    return `<ListBucketResult><IsTruncated>${isCut}</IsTruncated>${more}${entries.join('')}</ListBucketResult>`;
  }

  const server = createServer((request, response) => {
    handle(request, response).catch((error) => response.destroy(error));
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    keys: KEYS,
    environment: {
      AWS_ACCESS_KEY_ID: KEYS.accessKeyId,
      AWS_SECRET_ACCESS_KEY: KEYS.secretAccessKey,
      AWS_SESSION_TOKEN: KEYS.sessionToken ?? '',
      AWS_REGION: KEYS.region,
      AWS_ENDPOINT_URL: url,
    },
    objects,
    requests,
    failNext(status, times) {
      failing = { status, times };
    },
    close() {
      server.closeAllConnections();
      return new Promise((closed) => server.close(() => closed()));
    },
  };
}

const etagOf = (body: Buffer) => `"${createHash('md5').update(body).digest('hex')}"`;

const escapeXml = (text: string) =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
