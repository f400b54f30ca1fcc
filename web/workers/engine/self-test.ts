import { fail, ok, type Result } from '../../core/flow/result.ts';
import { maskIou } from '../../core/mask/iou.ts';
import { decodeRle } from '../../core/mask/rle.ts';
import { resizeBilinear } from '../../core/raster/resize.ts';
import {
  GOLDEN_IOU,
  GOLDEN_MASK_SIZE,
  GOLDEN_PHOTO,
  GOLDEN_PROMPTS,
  GOLDEN_SIZE,
  GOLDEN_TIER,
  goldenPicture,
} from '../../core/segmentation/golden.ts';
import { frameOf } from '../../core/segmentation/model-space.ts';
import type { DecoderApi } from '../decoder/contract.ts';
import type { EncodeRequest, EncoderApi } from '../encoder/contract.ts';
import type { EngineProblem, EngineSource } from './contract.ts';

export type SelfTestProblem =
  | EngineProblem
  /** The backend computes wrong numbers. `iou` with the golden mask was below 0.99. */
  | { readonly kind: 'wrong-mask'; readonly iou: number };

/**
 * Has both workers segment the golden picture and compares with the mask the manifest keeps.
 * Costs one encode, so callers remember the verdict under `verdictKey` and ask once.
 * @returns the IoU with the golden mask, 0.99…1.
 */
export async function selfTest(
  encoder: Pick<EncoderApi, 'encode'>,
  decoder: Pick<DecoderApi, 'segment' | 'maskAt'>,
  goldenRuns: readonly number[],
): Promise<Result<number, SelfTestProblem>> {
  const encoded = await encoder.encode(goldenRequest());
  if (encoded.kind === 'failed') return fail(encoded.problem);
  const answer = await decoder.segment({
    photo: GOLDEN_PHOTO,
    size: GOLDEN_SIZE,
    tier: GOLDEN_TIER,
    prompts: GOLDEN_PROMPTS,
    kind: 'run',
  });
  if (answer.kind === 'failed') return fail(answer.problem);
  if (answer.kind !== 'segmented') return fail({ kind: 'engine-failed', what: answer.kind });
  const mask = await decoder.maskAt(answer.answer, answer.chosen, GOLDEN_MASK_SIZE);
  if (!mask.ok) return fail({ kind: 'engine-failed', what: mask.problem.kind });
  const golden = decodeRle(goldenRuns, GOLDEN_MASK_SIZE);
  if (!golden.ok) throw new Error(`The manifest's golden mask: ${golden.problem.kind}.`);
  const iou = maskIou(mask.value, golden.value);
  return iou >= GOLDEN_IOU ? ok(iou) : fail({ kind: 'wrong-mask', iou });
}

/** The golden picture as the encoder takes it. */
function goldenRequest(): EncodeRequest {
  const { width, height } = frameOf(GOLDEN_SIZE, GOLDEN_TIER).input;
  const input = resizeBilinear(goldenPicture(), width, height, { antialias: true });
  return { photo: GOLDEN_PHOTO, size: GOLDEN_SIZE, tier: GOLDEN_TIER, input };
}

/** What a verdict holds for: these model files on this build of the engine. */
export function verdictKey({ encoder, decoder, wasm }: EngineSource): string {
  return ['wasm', encoder.sha256, decoder.sha256, wasm.sha256].join(' ');
}
