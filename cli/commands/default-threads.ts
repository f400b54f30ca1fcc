import { availableParallelism, totalmem } from 'node:os';

/** A thread holds the model, its working memory and a photo or two. Measured: 0.5 GB and more. */
const BYTES_PER_THREAD = 700 * 1024 * 1024;

/** As many as there are cores and memory for, also inside a container with limits. */
export function defaultThreads(): number {
  const allowed = process.constrainedMemory();
  const memory = allowed > 0 && allowed < totalmem() ? allowed : totalmem();
  return Math.max(1, Math.min(availableParallelism(), Math.floor(memory / BYTES_PER_THREAD)));
}
