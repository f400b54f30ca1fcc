import { expose, transfer } from 'comlink';
import { Tensor } from 'onnxruntime-web/wasm';
import type { DecoderInputs, DecoderOutputs } from '../../core/segmentation/decode.ts';
import type { DecoderSession } from '../../core/segmentation/sessions.ts';
import type { EngineSource } from '../engine/contract.ts';
import { decoderSession } from '../engine/sessions.ts';
import { startSession } from '../engine/start.ts';

let session: DecoderSession | null = null;

const api = {
  /** @returns whether there is a session now */
  async open(source: EngineSource): Promise<boolean> {
    const started = await startSession({ ...source, threads: 1 }, 'decoder', () => {});
    if (started.ok) session = decoderSession(started.value.session, Tensor);
    return started.ok;
  },
  async run(
    embedding: Float32Array<ArrayBuffer>,
    inputs: DecoderInputs,
  ): Promise<DecoderOutputs | null> {
    if (!session) return null;
    const outputs = await session.run(embedding, inputs);
    return transfer(outputs, [outputs.masks.buffer, outputs.iou.buffer]);
  },
};

export type SingleThreadApi = typeof api;

expose(api);
