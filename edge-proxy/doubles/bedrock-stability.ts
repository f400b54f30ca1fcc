import { awsError, validation } from './aws-errors.ts';
import { decodeBase64 } from './inspect.ts';
import type { PictureFormat } from './pictures.ts';
import { priced, usd } from './prices.ts';
import { json } from './reply.ts';
import { checkFields, type Fields, string } from './schema.ts';
import {
  creditsOf,
  pictureTrouble,
  STABILITY_OPERATIONS,
  type StabilityOperation,
  withBase64,
} from './stability-fields.ts';
import type { Call, Reply, World } from './types.ts';

/** A Stability model on Bedrock. */
interface BedrockStability {
  operation: StabilityOperation;
  /** Regions that have it; `us.` ids are profiles over the American ones. */
  regions: readonly string[];
}

const US = ['us-east-1', 'us-east-2', 'us-west-2'];
const WEST = ['us-west-2'];

/** The large SD 3.5 of Bedrock is one model: no `model`, `style_preset` or `cfg_scale` field. */
const SD35: StabilityOperation = (() => {
  const base = STABILITY_OPERATIONS['generate/sd3']!;
  const drop = new Set(['model', 'style_preset', 'cfg_scale']);
  const fields: Fields = Object.fromEntries(
    Object.entries(base.fields).filter(([name]) => !drop.has(name)),
  );
  return { ...base, fields, credits: 6.5 };
})();

function row(id: string, name: string, regions: readonly string[]): [string, BedrockStability] {
  return [id, { operation: STABILITY_OPERATIONS[name]!, regions }];
}

const tool = (id: string, name: string): [string, BedrockStability] =>
  row(`us.stability.${id}-v1:0`, name, US);

/** Model ids, with `us.` where only the inference profile can be called. */
export const STABILITY_IDS: ReadonlyMap<string, BedrockStability> = new Map([
  ['stability.sd3-5-large-v1:0', { operation: SD35, regions: WEST }],
  row('stability.stable-image-core-v1:1', 'generate/core', WEST),
  row('stability.stable-image-ultra-v1:1', 'generate/ultra', WEST),
  tool('stable-image-inpaint', 'edit/inpaint'),
  tool('stable-image-erase-object', 'edit/erase'),
  tool('stable-outpaint', 'edit/outpaint'),
  tool('stable-image-search-replace', 'edit/search-and-replace'),
  tool('stable-image-search-recolor', 'edit/search-and-recolor'),
  tool('stable-image-remove-background', 'edit/remove-background'),
  tool('stable-image-control-sketch', 'control/sketch'),
  tool('stable-image-control-structure', 'control/structure'),
  tool('stable-image-style-guide', 'control/style'),
  tool('stable-style-transfer', 'control/style-transfer'),
  tool('stable-conservative-upscale', 'upscale/conservative'),
  tool('stable-creative-upscale', 'upscale/creative'),
  tool('stable-fast-upscale', 'upscale/fast'),
]);

const base64Picture = string({
  test(text) {
    const file = decodeBase64(text);
    return file ? pictureTrouble('image', file) : 'must be base64 without a data: prefix';
  },
});

/** InvokeModel of a Stability model: the v2beta fields as JSON with base64 pictures. */
export function invokeStability(
  world: World,
  call: Call,
  model: string,
  { operation }: BedrockStability,
  body: Record<string, unknown>,
): Reply {
  const issue = checkFields(body, withBase64(operation, base64Picture))[0];
  if (issue)
    return validation(`Malformed input request: #/${issue.path.join('/')}: ${issue.message}`);
  const joined = operation.also?.(body);
  if (joined) return validation(joined);
  if (call.script.fail) return awsError(500, 'InternalServerException', call.script.fail);
  world.charges.add({
    vendor: 'bedrock',
    model,
    // No public figure for Bedrock is at hand: Stability's own credits at one cent each.
    microUsd: priced(world, 'bedrock', model, usd(creditsOf(operation, body) / 100)),
    request: call.id,
    jobId: null,
    prompt: typeof body.prompt === 'string' ? body.prompt : null,
  });
  const { moderate } = call.script;
  if (moderate) {
    const reason = moderate === 'input' ? 'Filter reason: prompt' : 'Filter reason: output image';
    return json(200, { seeds: [], finish_reasons: [reason], images: [] });
  }
  const format = (body.output_format ?? 'png') as PictureFormat;
  const seed = Number(body.seed) || call.id;
  return json(200, {
    seeds: [seed],
    finish_reasons: [null],
    images: [world.picture(format, seed).toString('base64')],
  });
}
