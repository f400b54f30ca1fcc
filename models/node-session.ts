import { createRequire } from 'node:module';
import type * as Ort from 'onnxruntime-node';
import type { DecoderSession, EncoderSession } from '../web/core/segmentation/sessions.ts';
import { decoderSession, encoderSession } from '../web/workers/engine/sessions.ts';

export interface NodeSessionOptions {
  /** Threads of the CPU provider; all cores when absent. */
  readonly threads?: number;
}

/** The encoder in Node, on the CPU. `file` is the path of an ONNX file. */
export async function createNodeEncoder(
  file: string,
  options: NodeSessionOptions = {},
): Promise<EncoderSession> {
  const ort = loadOrt();
  return encoderSession(await open(ort, file, options), ort.Tensor);
}

/** The decoder in Node, on the CPU. */
export async function createNodeDecoder(
  file: string,
  options: NodeSessionOptions = {},
): Promise<DecoderSession> {
  const ort = loadOrt();
  return decoderSession(await open(ort, file, options), ort.Tensor);
}

// CommonJS, and native code should load only where a session is really wanted.
function loadOrt(): typeof Ort {
  // It would report its use to its maker: see cli/maskwright.ts.
  process.env.ORT_DISABLE_TELEMETRY = '1';
  return createRequire(import.meta.url)('onnxruntime-node');
}

function open(ort: typeof Ort, file: string, { threads }: NodeSessionOptions) {
  return ort.InferenceSession.create(
    file,
    threads === undefined ? {} : { intraOpNumThreads: threads },
  );
}
