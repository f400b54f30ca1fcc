import { expose } from 'comlink';
import { Tensor } from 'onnxruntime-web/wasm';
import { ok } from '../../core/flow/result.ts';
import { encoderSession } from '../engine/sessions.ts';
import { startSession } from '../engine/start.ts';
import { createEncoder } from './encoder.ts';

expose(
  createEncoder({
    now: () => performance.now(),
    async open(source, onProgress) {
      const started = await startSession(source, 'encoder', onProgress);
      if (!started.ok) return started;
      const { session, report } = started.value;
      return ok({ session: encoderSession(session, Tensor), report });
    },
  }),
);
