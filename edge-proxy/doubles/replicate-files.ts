import { createHmac, randomBytes } from 'node:crypto';
import { parseMultipart } from './multipart.ts';
import { NOT_FOUND, problem } from './replicate-errors.ts';
import { bytes, empty, json } from './reply.ts';
import type { Call, Reply, World } from './types.ts';

/** The `/files` endpoints. */
interface ReplicateFiles {
  /** @param route `METHOD path` behind `/v1/` */
  handle(call: Call, route: string): Reply;
  signedDownload(call: Call, id: string): Reply;
}

export function createReplicateFiles(world: World): ReplicateFiles {
  const files = new Map<string, { name: string; type: string; data: Buffer; createdAt: number }>();

  function handle(call: Call, route: string): Reply {
    if (route === 'POST files') {
      const form = parseMultipart(call.headers['content-type'], call.body);
      const content = form.ok ? form.parts.find((p) => p.name === 'content') : undefined;
      if (!content) return problem(400, 'Bad request', 'Missing content');
      const id = randomBytes(13).toString('hex');
      files.set(id, {
        name: content.filename ?? 'file',
        type: content.contentType ?? 'application/octet-stream',
        data: content.data,
        createdAt: world.now(),
      });
      return json(201, fileShape(id));
    }
    if (route === 'GET files')
      return json(200, { next: null, previous: null, results: [...files.keys()].map(fileShape) });
    const one = /^(GET|DELETE) files\/([0-9a-f]+)$/.exec(route);
    if (!one || !files.has(one[2]!)) return NOT_FOUND();
    if (one[1] === 'GET') return json(200, fileShape(one[2]!));
    files.delete(one[2]!);
    return empty(204);
  }

  function fileShape(id: string): unknown {
    const file = files.get(id)!;
    return {
      id,
      name: file.name,
      content_type: file.type,
      size: file.data.length,
      created_at: new Date(file.createdAt).toISOString(),
      urls: { get: `${world.origins.replicate}/v1/files/${id}` },
    };
  }

  /** The signature is base64 HMAC-SHA256 of `owner id expiry` with the signing secret. */
  function signedDownload(call: Call, id: string): Reply {
    const [owner, expiry] = [call.query.get('owner') ?? '', call.query.get('expiry') ?? ''];
    const key = Buffer.from(world.credentials.replicateWebhook.replace(/^whsec_/, ''), 'base64');
    const mac = createHmac('sha256', key).update(`${owner} ${id} ${expiry}`).digest('base64');
    const file = files.get(id);
    if (!file) return NOT_FOUND();
    if (call.query.get('signature') !== mac || Number(expiry) * 1000 < world.now())
      return problem(403, 'Forbidden', 'Signature is invalid or expired');
    return bytes(200, file.type, file.data);
  }

  return { handle, signedDownload };
}
