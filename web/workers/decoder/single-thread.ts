import type { DecoderInputs, DecoderOutputs } from '../../core/segmentation/decode.ts';
import type { EngineSource } from '../engine/contract.ts';
import { linkWorker } from '../engine/worker-link.ts';
import type { SingleThreadApi } from './single-thread.worker.ts';

/** A second session of the decoder, in a worker of its own, that takes one core. */
export interface SingleThread {
  /** One run at a time. Null when it is lost: the other session has to do it. */
  run(embedding: Float32Array<ArrayBuffer>, inputs: DecoderInputs): Promise<DecoderOutputs | null>;
  /** Ends the worker; a run under way answers null. */
  close(): void;
}

/** Null when there is no memory for it. */
export async function openSingleThread(source: EngineSource): Promise<SingleThread | null> {
  const link = linkWorker<SingleThreadApi>(
    () => new Worker(new URL('./single-thread.worker.ts', import.meta.url), { type: 'module' }),
  );
  const isOpen = await link
    .call(
      (api) => api.open(source),
      () => false,
    )
    .catch(() => false);
  if (!isOpen) {
    link.dispose();
    return null;
  }
  return {
    run: (embedding, inputs) =>
      link
        .call<DecoderOutputs | null>(
          (api) => api.run(embedding, inputs),
          () => null,
        )
        .catch(() => null),
    close: () => link.dispose(),
  };
}
