import { transfer } from 'comlink';
import type { EngineProblem } from '../engine/contract.ts';
import { prepareLink } from '../engine/prepare-link.ts';
import { linkWorker } from '../engine/worker-link.ts';
import type { EncodeReply, EncoderApi } from './contract.ts';

export interface EncoderClient extends EncoderApi {
  /** Ends the worker; open calls answer with the problem `worker-lost`. */
  dispose(): void;
}

const LOST: EngineProblem = { kind: 'worker-lost' };

/**
 * The encoding worker as seen from the page. It starts with the first call. `encode` transfers
 * the pixels: the raster's buffer is empty afterwards.
 */
export function createEncoderClient(): EncoderClient {
  const link = linkWorker<EncoderApi>(
    () => new Worker(new URL('./encoder.worker.ts', import.meta.url), { type: 'module' }),
  );
  const nothing = () => undefined;
  return {
    prepare: (source, onProgress) => prepareLink(link, source, onProgress),
    connect: (port) => link.call((api) => api.connect(transfer(port, [port])), nothing),
    encode: (request) =>
      link.call<EncodeReply>(
        (api) => api.encode(transfer(request, [request.input.data.buffer])),
        () => ({ kind: 'failed', photo: request.photo, problem: LOST }),
      ),
    promote: (photo) => link.call((api) => api.promote(photo), nothing),
    cancel: (photo) => link.call((api) => api.cancel(photo), nothing),
    dispose: () => link.dispose(),
  };
}
