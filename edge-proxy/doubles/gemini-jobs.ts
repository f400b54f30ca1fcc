import { priced } from './prices.ts';
import type { Call, World } from './types.ts';

/** What both video interfaces keep of a job. */
export interface VideoJob {
  error: string;
  /** Where the bytes lie, made at the first download. */
  uri: string | null;
}

interface VideoOrder {
  id: string;
  model: string;
  /** Micro-dollars. */
  perSecond: number;
  seconds: number;
  prompt: string;
}

/** Charges a video by its seconds and starts its job. */
export function startVideo(world: World, call: Call, order: VideoOrder): void {
  const { id, model, prompt } = order;
  world.charges.add({
    vendor: 'gemini',
    model,
    microUsd: priced(world, 'gemini', model, order.perSecond, order.seconds),
    request: call.id,
    jobId: id,
    prompt,
  });
  const { moderate, fail, stuck } = call.script;
  const ends = moderate ? 'moderated' : fail ? 'failed' : 'succeeded';
  world.jobs.create<VideoJob>({
    vendor: 'gemini',
    id,
    model,
    data: { error: fail ?? 'generation failed', uri: null },
    ends: stuck ? null : ends,
  });
}
