import type { DecoderApi } from '../decoder/contract.ts';
import type { EncoderApi } from '../encoder/contract.ts';

/** Lets embeddings go from the encoding to the decoding worker without passing the page. */
export async function connectWorkers(
  encoder: Pick<EncoderApi, 'connect'>,
  decoder: Pick<DecoderApi, 'connect'>,
): Promise<void> {
  const { port1, port2 } = new MessageChannel();
  await Promise.all([encoder.connect(port1), decoder.connect(port2)]);
}
