import { awsError, validation } from './aws-errors.ts';
import { decodeBase64, inspect } from './inspect.ts';
import { priced, usd } from './prices.ts';
import { isObject, json } from './reply.ts';
import {
  arrayOf,
  checkFields,
  type Fields,
  integer,
  number,
  object,
  oneOf,
  required,
  string,
} from './schema.ts';
import type { Call, Reply, World } from './types.ts';

const MAX_IMAGES = 20;
const MAX_IMAGE_BYTES = 3.75 * 1024 * 1024;
const MAX_SIDE = 8000;
/** A profile prefix is needed: 4.5-generation models refuse the bare id. */
const PROFILE = /^(us|eu|global)\.anthropic\.claude-[a-z]+-\d(-\d{1,2})?(-\d{8}-v\d:\d)?$/;
const BARE = /^anthropic\.claude-/;
/** Sonnet's public list price (https://aws.amazon.com/bedrock/pricing), dollars per million tokens. */
const INPUT_PER_MILLION = 3;
const OUTPUT_PER_MILLION = 15;

const ADVICE = 'Name the light and the lens.';
const REFUSAL = 'I cannot help with that.';

const textBlock = object({ text: required(string({ min: 1 })) });
const anything = { type: 'anything' } as const;
const REQUEST: Fields = {
  messages: required(
    arrayOf(
      object({
        role: required(oneOf('user', 'assistant')),
        content: required(arrayOf(anything, 1, 1000)),
      }),
      1,
      1000,
    ),
  ),
  system: arrayOf(textBlock, 0, 10),
  inferenceConfig: object({
    maxTokens: integer(1),
    temperature: number(0, 1),
    topP: number(0, 1),
    stopSequences: arrayOf(string({ min: 1 }), 0, 2500),
  }),
  toolConfig: anything,
  guardrailConfig: anything,
  additionalModelRequestFields: anything,
  performanceConfig: object({ latency: oneOf('standard', 'optimized') }),
  serviceTier: anything,
  outputConfig: anything,
  requestMetadata: anything,
};
const IMAGE_BLOCK: Fields = {
  format: required(oneOf('png', 'jpeg', 'gif', 'webp')),
  source: required(object({ bytes: string({ min: 1 }), s3Location: anything })),
};

/** Converse of a Claude model: https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html. */
export function invokeClaude(
  world: World,
  call: Call,
  model: string,
  body: Record<string, unknown>,
): Reply {
  if (BARE.test(model))
    return validation(
      `Invocation of model ID ${model} with on-demand throughput isn’t supported. Retry your request with the ID or ARN of an inference profile that contains this model.`,
    );
  if (!PROFILE.test(model)) return validation('The provided model identifier is invalid.');
  const issue = checkFields(body, REQUEST)[0];
  if (issue) return validation(`${issue.path.join('.')}: ${issue.message}`);
  const messages = body.messages as { role: string; content: unknown[] }[];
  const blocks = messages.flatMap((m) => m.content);
  const trouble = turns(messages) ?? blocks.map(blockTrouble).find((t) => t !== null);
  if (trouble) return validation(trouble);
  const images = blocks.filter((b) => isObject(b) && 'image' in b).length;
  if (images > MAX_IMAGES) return validation('too many images and documents');
  if (call.script.fail) return awsError(500, 'InternalServerException', call.script.fail);

  const words = blocks
    .map((b) => (isObject(b) && typeof b.text === 'string' ? b.text : ''))
    .join(' ');
  const answer = call.script.moderate ? REFUSAL : (call.script.answer ?? ADVICE);
  // About four characters a token; a picture about 1,600 tokens.
  const inputTokens = Math.ceil(words.length / 4) + images * 1600;
  const outputTokens = Math.ceil(answer.length / 4);
  world.charges.add({
    vendor: 'bedrock',
    model,
    microUsd: priced(
      world,
      'bedrock',
      model,
      Math.ceil(
        (usd(INPUT_PER_MILLION) * inputTokens + usd(OUTPUT_PER_MILLION) * outputTokens) / 1_000_000,
      ),
    ),
    request: call.id,
    jobId: null,
    prompt: words,
  });
  return json(200, {
    output: { message: { role: 'assistant', content: [{ text: answer }] } },
    stopReason: call.script.moderate ? 'content_filtered' : 'end_turn',
    usage: { inputTokens, outputTokens, totalTokens: inputTokens + outputTokens },
    metrics: { latencyMs: 1 },
  });
}

/** Roles start with the user and alternate. */
function turns(messages: readonly { role: string }[]): string | null {
  const wrong = messages.some((m, i) => (m.role === 'user') !== (i % 2 === 0));
  return wrong ? 'A conversation must start with a user message and alternate roles.' : null;
}

function blockTrouble(block: unknown): string | null {
  if (!isObject(block) || Object.keys(block).length !== 1)
    return 'A content block holds exactly one member.';
  if (typeof block.text === 'string')
    return block.text.trim() === '' ? 'The text field in the ContentBlock is blank.' : null;
  if (!isObject(block.image)) return 'The content block has an unknown member.';
  const issue = checkFields(block.image, IMAGE_BLOCK)[0];
  if (issue) return issue.message;
  const source = block.image.source as Record<string, unknown>;
  if (source.bytes === undefined) return null;
  const file = decodeBase64(source.bytes);
  const info = file && inspect(file);
  if (!info || info.format !== block.image.format) return 'Could not process image';
  if (file.length > MAX_IMAGE_BYTES) return 'image exceeds the maximum size';
  return Math.max(info.width, info.height) > MAX_SIDE
    ? 'image dimensions exceed 8000 pixels'
    : null;
}
