import { createJobQueue } from '../../core/flow/queue.ts';
import type { DecoderInputs, DecoderOutputs } from '../../core/segmentation/decode.ts';
import type { EngineSource } from '../engine/contract.ts';
import type { SingleThread } from './single-thread.ts';

/**
 * Decodes jobs on one thread while encoders keep every core busy. The threads of a session wait
 * for each other by spinning: measured on two busy cores, a run on two takes 217 ms of processor
 * time, one on one thread 155 ms, and what it spins away the encoders lack.
 */
export interface JobDecoding {
  /** Opens the session, or ends it. What is asked meanwhile is not waited with. */
  shareCores(source: EngineSource, isBusy: boolean): Promise<void>;
  /** Null when there is no such session, or it is lost. */
  run(embedding: Float32Array<ArrayBuffer>, inputs: DecoderInputs): Promise<DecoderOutputs | null>;
}

/** @param open answers null where a session cannot be had */
export function createJobDecoding(
  open: (source: EngineSource) => Promise<SingleThread | null>,
): JobDecoding {
  const queue = createJobQueue();
  let opening: Promise<SingleThread | null> | null = null;
  let session: SingleThread | null = null;

  return {
    async shareCores(source, isBusy) {
      if (isBusy === (opening !== null)) return;
      session?.close();
      session = null;
      opening = isBusy ? open(source) : null;
      const mine = opening;
      const opened = await mine;
      if (opening === mine) session = opened;
      else opened?.close();
    },
    async run(embedding, inputs) {
      const mine = session;
      if (!mine) return null;
      const turn = await queue.add(() => mine.run(embedding, inputs));
      return turn.kind === 'done' ? turn.value : null;
    },
  };
}
