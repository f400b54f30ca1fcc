import { ok, type Result } from '../core/flow/result.ts';
import type { Tier } from '../core/segmentation/tiers.ts';
import type { OnModelProgress } from '../remote/models.ts';
import type { DecoderApi } from '../workers/decoder/contract.ts';
import type { EncoderClient } from '../workers/encoder/client.ts';
import type { EncodeReply, EncodeRequest } from '../workers/encoder/contract.ts';
import { connectWorkers } from '../workers/engine/connect.ts';
import type { EngineProblem, EngineReport, EngineSource } from '../workers/engine/contract.ts';
import type { EncoderPlan } from './encoder-plan.ts';

/** Several encoding workers that feed one decoding worker. */
export interface EncoderPool {
  readonly report: EngineReport;
  /** Encoders that work now; a lost one is replaced. */
  readonly sessions: () => number;
  /**
   * Encodes on the next free encoder. What is urgent at that moment goes first, so the user waits
   * for one photo's encode at most before the own one begins. A reply `worker-lost` says that
   * this encode is lost; asked again, a replacement does it, if one could be had.
   */
  encode(request: EncodeRequest, isUrgent?: () => boolean): Promise<EncodeReply>;
  /** Whether this photo is being encoded, as opposed to waiting. */
  isAt(photo: string, tier: Tier): boolean;
  /** Ends each worker when it has finished what it is at. Waiting calls answer `worker-lost`. */
  retire(): void;
  /** Ends all workers. Open calls answer `worker-lost`. */
  dispose(): void;
}

export interface EncoderPoolOptions {
  readonly plan: EncoderPlan;
  readonly createEncoder: () => EncoderClient;
  readonly decoder: Pick<DecoderApi, 'connect'>;
  readonly source: EngineSource;
  readonly onProgress: OnModelProgress;
}

interface Waiting {
  readonly request: EncodeRequest;
  readonly isUrgent: () => boolean;
  readonly resolve: (reply: EncodeReply) => void;
}

/** Opens the encoders. With fewer than planned it works all the same; with none it is a problem. */
export async function openEncoderPool(
  options: EncoderPoolOptions,
): Promise<Result<EncoderPool, EngineProblem>> {
  const { plan, createEncoder, decoder, onProgress } = options;
  const source = { ...options.source, threads: plan.threads };
  const alive = new Set<EncoderClient>();
  const idle: EncoderClient[] = [];
  const waiting: Waiting[] = [];
  const atWork = new Set<EncodeRequest>();
  let replacing = 0;
  /** No more work is taken: ended, or to be ended. */
  let isClosed = false;

  async function add(): Promise<Result<EngineReport, EngineProblem>> {
    const client = createEncoder();
    alive.add(client);
    await connectWorkers(client, decoder);
    const report = await client.prepare(source, onProgress);
    if (report.ok && !isClosed) idle.push(client);
    else remove(client);
    return report;
  }

  function remove(client: EncoderClient): void {
    alive.delete(client);
    client.dispose();
  }

  function dispatch(): void {
    while (idle.length > 0 && waiting.length > 0) {
      const urgent = waiting.findIndex(({ isUrgent }) => isUrgent());
      const [next] = waiting.splice(Math.max(0, urgent), 1);
      const client = idle.pop();
      if (client) void run(client, next);
    }
    if (alive.size === 0 && replacing === 0) giveUp();
  }

  function giveUp(): void {
    for (const { request, resolve } of waiting.splice(0)) {
      resolve({ kind: 'failed', photo: request.photo, problem: { kind: 'worker-lost' } });
    }
  }

  async function run(client: EncoderClient, { request, resolve }: Waiting): Promise<void> {
    atWork.add(request);
    const reply = await client.encode(request);
    atWork.delete(request);
    resolve(reply);
    if (isClosed) remove(client);
    else if (reply.kind === 'failed' && reply.problem.kind === 'worker-lost') await replace(client);
    else idle.push(client);
    dispatch();
  }

  async function replace(client: EncoderClient): Promise<void> {
    remove(client);
    replacing++;
    await add();
    replacing--;
  }

  // The first one fetches what the others then find on the device.
  const first = await add();
  if (!first.ok) return first;
  await Promise.all(Array.from({ length: plan.sessions - 1 }, add));

  return ok({
    report: first.value,
    sessions: () => alive.size,
    encode: (request, isUrgent = () => false) =>
      new Promise((resolve) => {
        waiting.push({ request, isUrgent, resolve });
        dispatch();
      }),
    isAt: (photo, tier) =>
      [...atWork].some((request) => request.photo === photo && request.tier === tier),
    retire() {
      isClosed = true;
      for (const client of idle.splice(0)) remove(client);
      giveUp();
    },
    dispose() {
      isClosed = true;
      for (const client of alive) client.dispose();
      alive.clear();
      idle.length = 0;
      giveUp();
    },
  });
}
