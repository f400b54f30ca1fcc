import { type Remote, wrap } from 'comlink';
import type { EngineSource } from '../../web/workers/engine/contract.ts';
import type { Bare } from './bare.worker.ts';

/** A session in a worker of its own. */
export async function openBare(
  source: EngineSource,
  model: 'encoder' | 'decoder',
): Promise<{ readonly bare: Remote<Bare>; close(): void }> {
  const worker = new Worker(new URL('./bare.worker.ts', import.meta.url), { type: 'module' });
  const bare = wrap<Bare>(worker);
  await bare.open(source, model);
  return { bare, close: () => worker.terminate() };
}
