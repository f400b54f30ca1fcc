import { transfer } from 'comlink';
import { fail, type Result } from '../../core/flow/result.ts';
import type { Mask } from '../../core/mask/mask.ts';
import type { EngineProblem } from '../engine/contract.ts';
import { prepareLink } from '../engine/prepare-link.ts';
import { linkWorker } from '../engine/worker-link.ts';
import type { AnswerExpired, DecoderApi, SegmentReply } from './contract.ts';

export interface DecoderClient extends DecoderApi {
  /** Ends the worker; open calls answer with the problem `worker-lost`. */
  dispose(): void;
}

const LOST: EngineProblem = { kind: 'worker-lost' };
const EXPIRED: AnswerExpired = { kind: 'answer-expired' };

/** The decoding worker as seen from the page. It starts with the first call. */
export function createDecoderClient(): DecoderClient {
  const link = linkWorker<DecoderApi>(
    () => new Worker(new URL('./decoder.worker.ts', import.meta.url), { type: 'module' }),
  );
  return {
    prepare: (source, onProgress) => prepareLink(link, source, onProgress),
    connect: (port) =>
      link.call(
        (api) => api.connect(transfer(port, [port])),
        () => undefined,
      ),
    shareCores: (isBusy) =>
      link.call(
        (api) => api.shareCores(isBusy),
        () => undefined,
      ),
    status: (photo, tier) =>
      link.call(
        (api) => api.status(photo, tier),
        () => 'missing',
      ),
    warm: (photo, tier) =>
      link.call(
        (api) => api.warm(photo, tier),
        () => undefined,
      ),
    segment: (request) =>
      link.call<SegmentReply>(
        (api) => api.segment(request),
        () => ({ kind: 'failed', problem: LOST }),
      ),
    maskAt: (answer, candidate, size) =>
      link.call<Result<Mask, AnswerExpired>>(
        (api) => api.maskAt(answer, candidate, size),
        () => fail(EXPIRED),
      ),
    viewMask: (answer, candidate, viewSize) =>
      link.call<Result<Mask, AnswerExpired>>(
        (api) => api.viewMask(answer, candidate, viewSize),
        () => fail(EXPIRED),
      ),
    dispose: () => link.dispose(),
  };
}
