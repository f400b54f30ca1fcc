import { expose } from 'comlink';
import * as ort from 'onnxruntime-web/wasm';
import type { Size } from '../../web/core/geometry/spaces.ts';
import { frameOf } from '../../web/core/segmentation/model-space.ts';
import { promptTensors } from '../../web/core/segmentation/prompt-tensors.ts';
import type { EngineSource } from '../../web/workers/engine/contract.ts';
import { decoderSession, encoderSession } from '../../web/workers/engine/sessions.ts';
import { type ModelPart, startSession } from '../../web/workers/engine/start.ts';

/** One model with nothing around it: what the app's paths are compared with. */
const bare = {
  async open(source: EngineSource, model: ModelPart): Promise<void> {
    const started = await startSession(source, model, () => {});
    if (!started.ok) throw new Error(started.problem.kind);
    const { session } = started.value;
    run =
      model === 'encoder'
        ? (grid) => encoderSession(session, ort.Tensor).run(noise(3, grid), grid)
        : () => decoderSession(session, ort.Tensor).run(embedding, click);
  },
  /** Milliseconds of one run, taken here. `grid` is the encoder's, in pixels. */
  async time(grid: Size = { width: 1024, height: 1024 }): Promise<number> {
    noise(3, grid);
    const begun = performance.now();
    await run(grid);
    return performance.now() - begun;
  },
};

let made: Float32Array<ArrayBuffer> = new Float32Array();

/** The same one as long as its size stays, so that making it is not timed. */
function noise(channels: number, { width, height }: Size): Float32Array<ArrayBuffer> {
  const length = channels * width * height;
  if (made.length !== length) made = new Float32Array(length).map((_, i) => Math.sin(i / 999));
  return made;
}

const embedding = new Float32Array(256 * 64 * 64).map((_, i) => Math.sin(i / 77) / 10);
const click = {
  ...promptTensors(
    { points: [{ x: 2000, y: 1500, include: true }], box: null },
    frameOf({ width: 4000, height: 3000 }, 'reference'),
  ),
  previousMask: null,
};
let run: (grid: Size) => Promise<unknown> = async () => undefined;

export type Bare = typeof bare;

expose(bare);
