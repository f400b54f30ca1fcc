import { Hono } from 'hono';
import type { UploadAnswer } from '../../contract.ts';
import type { AppEnv } from '../http/app.ts';
import { chunksOf } from '../http/chunks.ts';
import { Refused } from '../http/problem.ts';
import { isSigned } from '../http/signing.ts';
import { uploadUrl } from '../jobs/live.ts';
import { serveObject } from '../results/serve.ts';
import { publicOrigin } from '../settings.ts';

const mostBytes = 25 * 1024 * 1024;
const types = ['image/png', 'image/jpeg', 'image/webp'];

/** First bytes of each kind: PNG, JPEG, RIFF (WebP). */
const beginnings: Readonly<Record<string, readonly number[]>> = {
  'image/png': [0x89, 0x50, 0x4e, 0x47],
  'image/jpeg': [0xff, 0xd8, 0xff],
  'image/webp': [0x52, 0x49, 0x46, 0x46],
};

/** Passes bytes on; more or fewer than announced, or others, fail the put. Nothing is held. */
function counted(
  body: ReadableStream<Uint8Array>,
  type: string,
  length: number,
): ReadableStream<Uint8Array> {
  const { readable, writable } = new FixedLengthStream(length);
  // The put sees the broken stream, which is where it is answered.
  pass(body, beginnings[type] ?? [], writable.getWriter()).catch(() => {});
  return readable;
}

/** One chunk after the other: a pipe would read ahead of a slow bucket. */
async function pass(
  body: ReadableStream<Uint8Array>,
  beginning: readonly number[],
  writer: WritableStreamDefaultWriter<Uint8Array>,
): Promise<void> {
  let seen = 0;
  try {
    for await (const chunk of chunksOf(body)) {
      for (let i = 0; seen < beginning.length && i < chunk.length; i += 1, seen += 1) {
        if (chunk[i] !== beginning[seen]) throw new Error('another kind of file');
      }
      await writer.write(chunk);
    }
    await writer.close();
  } catch (error) {
    await writer.abort(error);
  }
}

export const uploads = new Hono<AppEnv>()
  .post('/', async (c) => {
    const type = (c.req.header('content-type') ?? '').split(';')[0]!.trim().toLowerCase();
    if (!types.includes(type)) throw new Refused('invalid_input', { field: 'content-type' });
    const header = c.req.header('content-length');
    const length = header === undefined ? Number.NaN : Number(header);
    if (!Number.isInteger(length) || length === 0 || c.req.raw.body === null) {
      throw new Refused('invalid_input', { field: 'content-length' });
    }
    if (length > mostBytes) throw new Refused('too_large');
    const id = crypto.randomUUID();
    try {
      await c.env.FILES.put(`uploads/${id}`, counted(c.req.raw.body, type, length), {
        httpMetadata: { contentType: type },
      });
    } catch {
      throw new Refused('invalid_input', { field: 'body' });
    }
    await c.var.visitor.account.noteUpload(id, { type, bytes: length });
    const origin = publicOrigin(c.env) ?? new URL(c.req.url).origin;
    const answer: UploadAnswer = {
      id,
      url: (await uploadUrl(c.env, id, origin))!,
      bytes: length,
      type,
      expiresAt: Date.now() + 3_600_000,
    };
    return c.json(answer, 201);
  })
  /** For vendors: the signature is the permission. */
  .get('/:id', async (c) => {
    const id = c.req.param('id');
    const until = c.req.query('until') ?? '';
    const genuine = await isSigned(c.env, 'upload', `${id}.${until}`, c.req.query('mac') ?? '');
    if (!genuine || !(Number(until) > Date.now())) throw new Refused('forbidden');
    return serveObject(c.env, `uploads/${id}`, c.req.raw);
  });
