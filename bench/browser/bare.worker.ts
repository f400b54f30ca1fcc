import { expose } from 'comlink';
import * as ort from 'onnxruntime-web/wasm';
import { frameOf } from '../../web/core/segmentation/model-space.ts';
import { promptTensors } from '../../web/core/segmentation/prompt-tensors.ts';
import type { EngineSource } from '../../web/workers/engine/contract.ts';
import { decoderSession, encoderSession } from '../../web/workers/engine/sessions.ts';
import { startSession } from '../../web/workers/engine/start.ts';

/** One model with nothing around it: what the app's paths are compared with. */
const bare = {
  async open(source: EngineSource, model: 'encoder' | 'decoder'): Promise<void> {
    const started = await startSession(source, source[model], () => {});
    if (!started.ok) throw new Error(started.problem.kind);
    run =
      model === 'encoder'
        ? () =>
            encoderSession(started.value.session, ort.Tensor).run(picture, {
              width: 1024,
              height: 1024,
            })
        : () => decoderSession(started.value.session, ort.Tensor).run(embedding, click);
  },
  /** Milliseconds of one run, taken here. */
  async time(): Promise<number> {
    const begun = performance.now();
    await run();
    return performance.now() - begun;
  },
};

const picture = new Float32Array(3 * 1024 * 1024).map((_, i) => Math.sin(i / 999));
const embedding = new Float32Array(256 * 64 * 64).map((_, i) => Math.sin(i / 77) / 10);
const click = {
  ...promptTensors(
    { points: [{ x: 2000, y: 1500, include: true }], box: null },
    frameOf({ width: 4000, height: 3000 }, 'reference'),
  ),
  previousMask: null,
};
let run: () => Promise<unknown> = async () => undefined;

export type Bare = typeof bare;

expose(bare);
