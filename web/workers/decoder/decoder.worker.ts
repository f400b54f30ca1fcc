import { expose } from 'comlink';
import { Tensor } from 'onnxruntime-web/wasm';
import { ok } from '../../core/flow/result.ts';
import { createDatabase } from '../../storage/database.ts';
import { createEmbeddingStore } from '../../storage/embeddings.ts';
import { decoderSession } from '../engine/sessions.ts';
import { startSession } from '../engine/start.ts';
import { createDecoder } from './decoder.ts';
import { openSingleThread } from './single-thread.ts';

expose(
  createDecoder({
    store: createEmbeddingStore(createDatabase()),
    openSingleThread,
    async open(source, onProgress) {
      const started = await startSession(source, 'decoder', onProgress);
      if (!started.ok) return started;
      const { session, report } = started.value;
      return ok({ session: decoderSession(session, Tensor), report });
    },
  }),
);
