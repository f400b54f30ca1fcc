import { bytes, text } from './reply.ts';
import { refusedByS3 } from './s3-auth.ts';
import type { Double, Reply, World } from './types.ts';

const refuse = (status: number, code = 'InternalError'): Reply =>
  text(status, `<?xml version="1.0"?><Error><Code>${code}</Code></Error>`);

/** An S3-compatible bucket, path style: PUT and GET of objects. Objects outlive `control.reset`. */
export function createS3(world: World): Double {
  const objects = new Map<string, { type: string; body: Buffer }>();
  return {
    refuse: (status) => refuse(status),
    handle(call) {
      const code = refusedByS3(call, { ...keys(world), now: world.now() });
      if (code !== null) return refuse(403, code);
      if (call.method === 'PUT') {
        // S3 takes no chunked body of unknown length.
        if (call.headers['content-length'] === undefined)
          return refuse(411, 'MissingContentLength');
        const type = call.headers['content-type'] ?? 'binary/octet-stream';
        objects.set(call.path, { type, body: call.body });
        return text(200, '');
      }
      const found = call.method === 'GET' ? objects.get(call.path) : undefined;
      return found === undefined ? refuse(404, 'NoSuchKey') : bytes(200, found.type, found.body);
    },
  };
}

function keys({ credentials }: World): { accessKeyId: string; secretAccessKey: string } {
  return {
    accessKeyId: credentials.awsAccessKeyId,
    secretAccessKey: credentials.awsSecretAccessKey,
  };
}
