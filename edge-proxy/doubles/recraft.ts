import { randomUUID } from 'node:crypto';
import { decodePng, inspect } from './inspect.ts';
import { parseMultipart } from './multipart.ts';
import { drawing, type PictureFormat } from './pictures.ts';
import { priced } from './prices.ts';
import {
  DEFAULT_MODEL,
  generationFields,
  generationPrice,
  isV3,
  RECRAFT_TOOLS,
  type RecraftTool,
} from './recraft-fields.ts';
import { bearer, json, mediaType, parseObject } from './reply.ts';
import { checkFields, coerceForm, type Fields, required, string } from './schema.ts';
import type { Call, Double, Reply, World } from './types.ts';

const MAX_BYTES = 10 * 1024 * 1024;
const MAX_PIXELS = 16_000_000;
/** Not stated by the vendor; a day here. */
const LINK_MS = 24 * 60 * 60 * 1000;

/** The vendor documents no error body: status, a sentence and the request id header. */
const problem = (status: number, message: string): Reply =>
  json(status, { code: `status_${status}`, message }, { 'x-recraft-requestid': randomUUID() });

type Values = Record<string, unknown>;

/** `external.api.recraft.ai`: https://www.recraft.ai/docs. */
export function createRecraft(world: World): Double {
  function handle(call: Call): Reply {
    if (bearer(call.headers.authorization) !== world.credentials.recraft)
      return problem(401, 'Unauthorized');
    const route = `${call.method} ${call.path}`;
    if (route === 'GET /v1/users/me')
      return json(200, {
        credits: 1000,
        email: 'double@example.test',
        id: 'double',
        name: 'Double',
      });
    if (route === 'GET /v1/styles/basic')
      return json(200, { styles: [{ style: 'realistic_image' }] });
    if (route === 'POST /v1/images/generations') return generate(call);
    const tool = /^POST \/v1\/images\/([A-Za-z]+)$/.exec(route)?.[1];
    if (!tool || !Object.hasOwn(RECRAFT_TOOLS, tool)) return problem(404, 'Not found');
    return use(call, tool, RECRAFT_TOOLS[tool]!);
  }

  function generate(call: Call): Reply {
    if (mediaType(call.headers['content-type']) !== 'application/json')
      return problem(415, 'Content-Type must be application/json');
    const body = parseObject(call.body);
    if (!body) return problem(400, 'The body is not a JSON object');
    const model = typeof body.model === 'string' ? body.model : DEFAULT_MODEL;
    const trouble = check(body, generationFields(model));
    if (trouble) return trouble;
    const vector = isVector(model, body);
    return accept(call, model, body, generationPrice(vector), vector, false);
  }

  function use(call: Call, name: string, tool: RecraftTool): Reply {
    const type = mediaType(call.headers['content-type']);
    if (type === 'application/json' && tool.byUrl) {
      const body = parseObject(call.body);
      if (!body) return problem(400, 'The body is not a JSON object');
      const model = String(body.model ?? DEFAULT_MODEL);
      const url = required(string({ pattern: /^https:\/\// }));
      const trouble = check(body, { ...tool.fields(model), image_url: url });
      return trouble ?? accept(call, model, body, tool.price, isVector(model, body), false);
    }
    const form = parseMultipart(call.headers['content-type'], call.body);
    if (!form.ok) return problem(400, form.message);
    const text: Record<string, string> = Object.create(null);
    const files = new Map<string, Buffer>();
    for (const part of form.parts) {
      const isFile = tool.files.includes(part.name);
      if (isFile && part.filename !== null && !files.has(part.name))
        files.set(part.name, part.data);
      else if (isFile || Object.hasOwn(text, part.name))
        return problem(400, `${part.name}: wrong part`);
      else text[part.name] = part.data.toString('utf8');
    }
    const model = text.model ?? DEFAULT_MODEL;
    const rules = tool.fields(model);
    const values = coerceForm(text, rules);
    const trouble = check(values, rules) ?? filesTrouble(tool.files, files);
    if (trouble) return trouble;
    const charged = tool.single ? name : model;
    const vector = tool.vector === true || (!tool.single && isVector(model, values));
    return accept(call, charged, values, tool.price, vector, tool.single === true);
  }

  function accept(
    call: Call,
    model: string,
    v: Values,
    price: number,
    vector: boolean,
    single: boolean,
  ): Reply {
    if (call.script.moderate) return problem(400, 'The request was rejected by moderation');
    if (call.script.fail) return problem(500, call.script.fail);
    const n = single ? 1 : Number(v.n ?? 1);
    const microUsd = priced(world, 'recraft', model, price, n);
    world.charges.add({
      vendor: 'recraft',
      model,
      microUsd,
      request: call.id,
      jobId: null,
      prompt: typeof v.prompt === 'string' ? v.prompt : null,
    });
    const data = Array.from({ length: n }, (_, i) => output(v, vector, i));
    // A thousand credits to the dollar.
    const common = { created: Math.floor(world.now() / 1000), credits: microUsd / 1000 };
    return json(200, single ? { ...common, image: data[0] } : { ...common, data });
  }

  function output(v: Values, vector: boolean, seed: number): Values {
    const format = (v.image_format ?? 'webp') as PictureFormat;
    const body = vector ? drawing() : world.picture(format, seed);
    const image_id = randomUUID();
    if (v.response_format === 'b64_json') return { image_id, b64_json: body.toString('base64') };
    const url = world.outputs.put({
      host: 'recraftFiles',
      name: vector ? 'image.svg' : `image.${format}`,
      type: vector ? 'image/svg+xml' : `image/${format}`,
      body,
      lifetimeMs: LINK_MS,
    });
    return { image_id, url };
  }

  return { handle, refuse: (status) => problem(status, `status ${status}`) };
}

const isVector = (model: string, v: Values): boolean =>
  model.endsWith('_vector') ||
  (isV3(model) && /^(vector_illustration|icon|Vector art)$/.test(String(v.style)));

function check(v: Values, rules: Fields): Reply | null {
  const issue = checkFields(v, rules)[0];
  if (issue) return problem(400, `${issue.path.join('.')}: ${issue.message}`);
  return v.style !== undefined && v.style_id !== undefined
    ? problem(400, 'style and style_id exclude each other')
    : null;
}

function filesTrouble(names: readonly string[], files: ReadonlyMap<string, Buffer>): Reply | null {
  for (const name of names) {
    const file = files.get(name);
    if (!file) return problem(400, `${name}: is required`);
    const info = inspect(file);
    if (!info || info.format === 'gif') return problem(400, `${name}: not a picture`);
    const [low, high] = [Math.min(info.width, info.height), Math.max(info.width, info.height)];
    if (
      file.length > MAX_BYTES ||
      info.width * info.height > MAX_PIXELS ||
      low < 256 ||
      high > 4096
    )
      return problem(400, `${name}: size is out of range`);
  }
  const mask = files.get('mask');
  if (!mask) return null;
  const [a, b] = [inspect(files.get('image')!)!, inspect(mask)!];
  if (a.width !== b.width || a.height !== b.height)
    return problem(400, 'mask: must have the size of the image');
  const decoded = decodePng(mask);
  if (decoded?.channels !== 1) return problem(400, 'mask: must be a grayscale PNG');
  return decoded.pixels.every((p) => p === 0 || p === 255)
    ? null
    : problem(400, 'mask: must be black and white only');
}
