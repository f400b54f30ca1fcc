import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Fault, type FaultBook, scriptOf } from './faults.ts';
import type { RecordBook } from './records.ts';
import { empty, text } from './reply.ts';
import type { Double, HostName, Reply, World } from './types.ts';

interface HostContext {
  host: HostName;
  double: Double;
  faults: FaultBook;
  records: RecordBook;
  world: World;
}

/** More than any vendor takes; what lies above is cut off as their front doors do. */
const MAX_BODY = 64 * 1024 * 1024;

/** Whole body of a message, or null when it broke off or is too long. */
export async function readBody(req: IncomingMessage): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of req) {
      size += (chunk as Buffer).length;
      if (size > MAX_BODY) return null;
      chunks.push(chunk as Buffer);
    }
  } catch {
    return null; // The caller hung up: the request never arrived.
  }
  return Buffer.concat(chunks);
}

type Timed = 'before' | 'after';
const has = (faults: readonly Fault[], kind: 'drop', when: Timed): boolean =>
  faults.some((f) => f.kind === kind && f.when === when);

/** Reads a request, plays its faults around the vendor's own answer, and writes the answer. */
export async function answer(
  context: HostContext,
  req: IncomingMessage,
  res: ServerResponse,
): Promise<void> {
  const { host, double, world } = context;
  const rawUrl = req.url ?? '/';
  const method = req.method ?? 'GET';
  const body = await readBody(req);
  if (body === null) {
    req.socket.destroy();
    return;
  }
  const [path = '/', query = ''] = rawUrl.split(/\?(.*)/s, 2);
  const record = context.records.add(host, method, rawUrl, req.headers, body);
  const faults = context.faults.take(host, method, path);

  await delay(faults, 'before');
  if (has(faults, 'drop', 'before')) {
    req.socket.destroy();
    return;
  }
  let reply = injected(double, faults, 'before');
  if (reply === null) {
    const call = {
      id: record.n,
      host,
      method,
      rawUrl,
      path,
      query: new URLSearchParams(query),
      headers: req.headers,
      body,
      script: scriptOf(faults),
    };
    try {
      reply = await double.handle(call);
    } catch (error) {
      // A hostile request must not end the test process; the sentence shows that it is our bug.
      reply = text(500, `the ${host} double failed: ${String(error)}`);
    }
    record.charged = world.charges.list().some((c) => c.request === record.n);
    reply = injected(double, faults, 'after') ?? reply;
  }
  await delay(faults, 'after');
  if (has(faults, 'drop', 'after')) {
    req.socket.destroy();
    return;
  }
  record.status = reply.status;
  await write(res, method, reply, faults);
}

async function delay(faults: readonly Fault[], when: Timed): Promise<void> {
  for (const f of faults) if (f.kind === 'delay' && f.when === when) await sleep(f.ms);
}

function injected(double: Double, faults: readonly Fault[], when: Timed): Reply | null {
  for (const f of faults) {
    if (f.kind === 'redirect' && when === 'before') return empty(f.status, { location: f.to });
    if (f.kind === 'status' && f.when === when) {
      const reply = double.refuse(f.status, f.retryAfterSeconds);
      if (f.retryAfterSeconds !== undefined)
        reply.headers['retry-after'] = String(f.retryAfterSeconds);
      return reply;
    }
  }
  return null;
}

async function write(
  res: ServerResponse,
  method: string,
  reply: Reply,
  faults: readonly Fault[],
): Promise<void> {
  const cut = faults.some((f) => f.kind === 'malformed');
  const body = cut ? reply.body.subarray(0, Math.ceil(reply.body.length / 2)) : reply.body;
  res.writeHead(reply.status, { ...reply.headers, 'content-length': body.length });
  if (method === 'HEAD') {
    res.end();
    return;
  }
  const slow = faults.find((f) => f.kind === 'slowBody');
  if (slow) {
    for (let at = 0; at < body.length && !res.destroyed; at += slow.chunkBytes) {
      res.write(body.subarray(at, at + slow.chunkBytes));
      await sleep(slow.gapMs);
    }
  } else {
    res.write(body);
  }
  res.end();
}
