import { decodeDataUrl, inspect, type PictureInfo } from './inspect.ts';
import { isShutDown, shutdownDate } from './lifecycle.ts';
import { type Part, parseMultipart } from './multipart.ts';
import {
  editFields,
  generationFields,
  IMAGE_MODELS,
  joinedTrouble,
  microUsdOf,
  type Usage,
  usageOf,
} from './openai-fields.ts';
import type { PictureFormat } from './pictures.ts';
import { priced } from './prices.ts';
import { bearer, bytes, isObject, json, mediaType, parseObject } from './reply.ts';
import {
  arrayOf,
  checkFields,
  coerceForm,
  type Fields,
  object,
  required,
  string,
} from './schema.ts';
import type { Call, Double, Reply, World } from './types.ts';

const MAX_IMAGES = 16;
const MAX_IMAGE_BYTES = 50 * 1024 * 1024;
const MAX_MASK_BYTES = 4 * 1024 * 1024;
const MAX_REFERENCE = 20_971_520;

const problem = (
  status: number,
  type: string,
  message: string,
  code: string | null = null,
  param: string | null = null,
): Reply =>
  json(status, { error: { message, type, param, code } }, { 'x-request-id': 'req_double' });
const invalid = (message: string, code: string | null, param: string | null): Reply =>
  problem(400, 'invalid_request_error', message, code, param);

/** `api.openai.com` images and models: openai/openai-openapi, `openapi.json`. */
export function createOpenAi(world: World): Double {
  const live = (model: string): boolean =>
    (IMAGE_MODELS as readonly string[]).includes(model) && !isShutDown(world, 'openai', model);
  const gone = (model: string): Reply =>
    problem(
      404,
      'invalid_request_error',
      `The model '${model}' does not exist.`,
      'model_not_found',
    );

  function handle(call: Call): Reply {
    if (bearer(call.headers.authorization) !== world.credentials.openai)
      return problem(
        401,
        'invalid_request_error',
        'Incorrect API key provided.',
        'invalid_api_key',
      );
    const route = `${call.method} ${call.path}`;
    if (route === 'POST /v1/images/generations') return generate(call);
    if (route === 'POST /v1/images/edits') return edit(call);
    if (route === 'GET /v1/models')
      return json(200, {
        object: 'list',
        data: IMAGE_MODELS.filter(live).map((id) => modelRow(world, id)),
      });
    const one = /^GET \/v1\/models\/([^/]+)$/.exec(route);
    if (one) return live(one[1]!) ? json(200, modelRow(world, one[1]!)) : gone(one[1]!);
    return problem(404, 'invalid_request_error', `Invalid URL (${route})`);
  }

  function generate(call: Call): Reply {
    if (mediaType(call.headers['content-type']) !== 'application/json')
      return invalid('Content-Type must be application/json.', null, null);
    const body = parseObject(call.body);
    if (!body) return invalid('We could not parse the JSON body of your request.', null, null);
    const model = typeof body.model === 'string' ? body.model : 'dall-e-2';
    if (!live(model)) return gone(model);
    return (
      refused(body, generationFields(model)) ?? accept(call, model, body, 0, 'image_generation')
    );
  }

  function edit(call: Call): Reply {
    const type = mediaType(call.headers['content-type']);
    if (type === 'multipart/form-data') return editForm(call);
    if (type === 'application/json') return editJson(call);
    return invalid('Content-Type must be multipart/form-data or application/json.', null, null);
  }

  function editForm(call: Call): Reply {
    const form = parseMultipart(call.headers['content-type'], call.body);
    if (!form.ok) return invalid(form.message, null, null);
    const files = form.parts.filter((p) => ['image', 'image[]', 'mask'].includes(p.name));
    const fields: Record<string, string> = Object.create(null);
    for (const part of form.parts.filter((p) => !files.includes(p))) {
      if (Object.hasOwn(fields, part.name))
        return invalid(`Duplicate parameter: '${part.name}'.`, 'duplicate_parameter', part.name);
      fields[part.name] = part.data.toString('utf8');
    }
    const model = fields.model ?? 'gpt-image-1.5';
    if (!live(model)) return gone(model);
    const rules = editFields(model);
    const values = coerceForm(fields, rules);
    const trouble = refused(values, rules) ?? filesTrouble(files);
    if (trouble) return trouble;
    return accept(call, model, values, files.filter((f) => f.name !== 'mask').length, 'image_edit');
  }

  function editJson(call: Call): Reply {
    const body = parseObject(call.body);
    if (!body) return invalid('We could not parse the JSON body of your request.', null, null);
    const model = typeof body.model === 'string' ? body.model : 'gpt-image-1.5';
    if (!live(model)) return gone(model);
    const reference = object({ image_url: string({ max: MAX_REFERENCE }), file_id: string() });
    const rules: Fields = {
      ...editFields(model),
      images: required(arrayOf(reference, 1, MAX_IMAGES)),
      mask: reference,
    };
    const trouble = refused(body, rules);
    if (trouble) return trouble;
    const images = body.images as Record<string, string>[];
    const mask = isObject(body.mask) ? (body.mask as Record<string, string>) : null;
    const first = images[0]!.image_url === undefined ? null : read(images[0]!.image_url);
    for (const [i, image] of images.entries()) {
      const wrong = referenceTrouble(image, `images[${i}]`);
      if (wrong) return wrong;
    }
    if (mask) {
      const info = mask.image_url === undefined ? null : read(mask.image_url);
      const wrong = referenceTrouble(mask, 'mask') ?? maskTrouble(info, first);
      if (wrong) return wrong;
    }
    return accept(call, model, body, images.length, 'image_edit');
  }

  function accept(
    call: Call,
    model: string,
    v: Readonly<Record<string, unknown>>,
    inputImages: number,
    event: string,
  ): Reply {
    if (call.script.moderate)
      return problem(
        400,
        'image_generation_user_error',
        'Your request was rejected by the safety system.',
        'moderation_blocked',
      );
    if (call.script.fail) return problem(500, 'server_error', call.script.fail);
    const usage = usageOf(v, inputImages);
    world.charges.add({
      vendor: 'openai',
      model,
      microUsd: priced(world, 'openai', model, microUsdOf(usage)),
      request: call.id,
      jobId: null,
      prompt: String(v.prompt),
    });
    const format = (v.output_format ?? 'png') as PictureFormat;
    const images = Array.from({ length: Number(v.n ?? 1) }, (_, i) =>
      world.picture(format, i).toString('base64'),
    );
    if (v.stream === true) return stream(event, images, usage, Number(v.partial_images ?? 0));
    return json(
      200,
      {
        created: Math.floor(world.now() / 1000),
        background: v.background === 'transparent' ? 'transparent' : 'opaque',
        output_format: format,
        quality: v.quality === undefined || v.quality === 'auto' ? 'medium' : v.quality,
        size: v.size === undefined || v.size === 'auto' ? '1024x1024' : v.size,
        data: images.map((b64_json) => ({ b64_json })),
        usage,
      },
      { 'x-request-id': 'req_double' },
    );
  }

  return {
    handle,
    refuse(status) {
      if (status === 429)
        return problem(429, 'rate_limit_error', 'Rate limit reached.', 'rate_limit_exceeded');
      if (status === 402)
        // What an empty balance really answers.
        return problem(429, 'insufficient_quota', 'You exceeded your quota.', 'insufficient_quota');
      if (status === 404) return gone('unknown');
      return problem(status, status >= 500 ? 'server_error' : 'invalid_request_error', 'Error');
    },
  };
}

function modelRow(world: World, id: string): unknown {
  return {
    id,
    object: 'model',
    created: 0,
    owned_by: 'openai',
    shutdown_date: shutdownDate(world, 'openai', id),
  };
}

function refused(v: Record<string, unknown>, rules: Fields): Reply | null {
  const issue = checkFields(v, rules)[0];
  if (issue) {
    const param = issue.path.join('.');
    if (issue.kind === 'unknown')
      return invalid(`Unknown parameter: '${param}'.`, 'unknown_parameter', param);
    if (issue.kind === 'required')
      return invalid(
        `Missing required parameter: '${param}'.`,
        'missing_required_parameter',
        param,
      );
    return invalid(`Invalid value: '${param}'. ${issue.message}`, 'invalid_value', param);
  }
  const joined = joinedTrouble(v);
  return joined && invalid(joined.message, 'invalid_value', joined.param);
}

function filesTrouble(files: readonly Part[]): Reply | null {
  const single = files.filter((f) => f.name === 'image');
  const several = files.filter((f) => f.name === 'image[]');
  const masks = files.filter((f) => f.name === 'mask');
  const images = [...single, ...several];
  if (images.length === 0)
    return invalid("Missing required parameter: 'image'.", 'missing_required_parameter', 'image');
  if (single.length > 1 || (single.length === 1 && several.length > 0) || masks.length > 1)
    return invalid("Duplicate parameter: 'image'. Use image[].", 'duplicate_parameter', 'image');
  if (images.length > MAX_IMAGES) return invalid('Too many images.', 'invalid_value', 'image');
  for (const file of [...images, ...masks]) {
    const info = inspect(file.data);
    const declared = info && `image/${info.format}` === file.contentType;
    if (file.filename === null || !info || info.format === 'gif' || !declared)
      return invalid('Invalid image file or mode.', 'invalid_image_file', file.name);
    if (file.data.length >= MAX_IMAGE_BYTES)
      return invalid('Image is too large.', 'invalid_image_file', file.name);
  }
  const mask = masks[0];
  if (!mask) return null;
  if (mask.data.length >= MAX_MASK_BYTES)
    return invalid('The mask must be below 4 MB.', 'invalid_image_file', 'mask');
  return maskTrouble(inspect(mask.data), inspect(images[0]!.data));
}

function maskTrouble(mask: PictureInfo | null, first: PictureInfo | null): Reply | null {
  if (!mask) return null;
  if (mask.format !== 'png' || !mask.alpha)
    return invalid('The mask must be a PNG with an alpha channel.', 'invalid_image_file', 'mask');
  return first && (first.width !== mask.width || first.height !== mask.height)
    ? invalid('The mask must have the size of the image.', 'invalid_image_file', 'mask')
    : null;
}

const read = (url: string): PictureInfo | null => {
  const file = url.startsWith('data:') ? decodeDataUrl(url) : null;
  return file && inspect(file);
};

function referenceTrouble(
  reference: Readonly<Record<string, string>>,
  param: string,
): Reply | null {
  const { image_url: url, file_id: file } = reference;
  if ((url === undefined) === (file === undefined))
    return invalid('Give exactly one of image_url and file_id.', 'invalid_value', param);
  if (url === undefined || url.startsWith('https://') || read(url)) return null;
  return invalid('image_url must be an https URL or a picture data URL.', 'invalid_value', param);
}

function stream(event: string, images: readonly string[], usage: Usage, partials: number): Reply {
  const events: Record<string, unknown>[] = [];
  for (const b64_json of images) {
    for (let i = 0; i < partials; i++)
      events.push({ type: `${event}.partial_image`, b64_json, partial_image_index: i });
    events.push({ type: `${event}.completed`, b64_json, usage });
  }
  const lines = events.map((e) => `event: ${String(e.type)}\ndata: ${JSON.stringify(e)}\n\n`);
  return bytes(200, 'text/event-stream', Buffer.from(lines.join('')));
}
