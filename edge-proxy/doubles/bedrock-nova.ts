import { awsError, validation } from './aws-errors.ts';
import { decodeBase64, decodePng, inspect, type PictureInfo } from './inspect.ts';
import { priced, usd } from './prices.ts';
import { isObject, json } from './reply.ts';
import {
  arrayOf,
  boolean,
  checkFields,
  type Fields,
  integer,
  number,
  object,
  oneOf,
  type Rule,
  required,
  string,
} from './schema.ts';
import type { Call, Reply, World } from './types.ts';

const MAX_PIXELS = 4_194_304;
const words = string({ min: 1, max: 1024 });
const TOGGLE = oneOf('ON', 'OFF', 'DEFAULT');
const SHAPE = oneOf('BOUNDING_BOX', 'CONTOUR', 'DEFAULT');

const readImage = (text: string): PictureInfo | null => {
  const file = decodeBase64(text);
  return file && inspect(file);
};

/** A source picture: base64 PNG or JPEG, sides 320–4096, no transparency. */
const image: Rule = string({
  test(text) {
    const info = readImage(text);
    if (!info || (info.format !== 'png' && info.format !== 'jpeg'))
      return 'The image is not a base64 PNG or JPEG.';
    if (Math.min(info.width, info.height) < 320 || Math.max(info.width, info.height) > 4096)
      return 'Image sides must be between 320 and 4096 pixels.';
    if (info.width * info.height > MAX_PIXELS) return 'The image has too many pixels.';
    const decoded = info.alpha ? decodePng(decodeBase64(text)!) : null;
    if (decoded && alphaBelow(decoded, 255)) return 'The image must be fully opaque.';
    return null;
  },
});

function alphaBelow(decoded: { channels: number; pixels: Buffer }, limit: number): boolean {
  for (let i = decoded.channels - 1; i < decoded.pixels.length; i += decoded.channels)
    if (decoded.pixels[i]! < limit) return true;
  return false;
}

/** A mask: only pure black and pure white (checked on PNGs; JPEGs are taken at their word). */
const mask: Rule = string({
  test(text) {
    const info = readImage(text);
    if (!info || (info.format !== 'png' && info.format !== 'jpeg'))
      return 'The mask is not a base64 PNG or JPEG.';
    const decoded = info.format === 'png' ? decodePng(decodeBase64(text)!) : null;
    if (!decoded) return null;
    const colours = decoded.channels - (decoded.channels % 2 === 0 ? 1 : 0);
    for (let i = 0; i < decoded.pixels.length; i += decoded.channels) {
      const first = decoded.pixels[i]!;
      const grey =
        colours === 1 || (first === decoded.pixels[i + 1] && first === decoded.pixels[i + 2]);
      if (!grey || (first !== 0 && first !== 255))
        return 'The mask must contain only pure black and pure white pixels.';
    }
    return null;
  },
});

const IN_OUT: Fields = {
  image: required(image),
  maskPrompt: words,
  maskImage: mask,
  negativeText: words,
};

interface Task {
  key: string;
  fields: Fields;
  /** Size follows the input picture. */
  ownSize?: boolean;
}

const TASKS: Readonly<Record<string, Task>> = {
  TEXT_IMAGE: {
    key: 'textToImageParams',
    fields: {
      text: required(words),
      negativeText: words,
      style: oneOf(
        ...['3D_ANIMATED_FAMILY_FILM', 'DESIGN_SKETCH', 'FLAT_VECTOR_ILLUSTRATION'],
        ...['GRAPHIC_NOVEL_ILLUSTRATION', 'MAXIMALISM', 'MIDCENTURY_RETRO'],
        ...['PHOTOREALISM', 'SOFT_DIGITAL_PAINTING'],
      ),
      conditionImage: image,
      controlMode: oneOf('CANNY_EDGE', 'SEGMENTATION'),
      controlStrength: number(0, 1),
    },
  },
  COLOR_GUIDED_GENERATION: {
    key: 'colorGuidedGenerationParams',
    fields: {
      colors: required(arrayOf(string({ pattern: /^#[0-9A-Fa-f]{6}$/ }), 1, 10)),
      text: required(words),
      negativeText: words,
      referenceImage: image,
    },
  },
  IMAGE_VARIATION: {
    key: 'imageVariationParams',
    fields: {
      images: required(arrayOf(image, 1, 5)),
      similarityStrength: number(0.2, 1),
      text: words,
      negativeText: words,
    },
  },
  INPAINTING: { key: 'inPaintingParams', ownSize: true, fields: { ...IN_OUT, text: words } },
  OUTPAINTING: {
    key: 'outPaintingParams',
    ownSize: true,
    fields: { ...IN_OUT, text: required(words), outPaintingMode: oneOf('DEFAULT', 'PRECISE') },
  },
  BACKGROUND_REMOVAL: { key: 'backgroundRemovalParams', fields: { image: required(image) } },
  VIRTUAL_TRY_ON: {
    key: 'virtualTryOnParams',
    ownSize: true,
    fields: {
      sourceImage: required(image),
      referenceImage: required(image),
      maskType: required(oneOf('IMAGE', 'GARMENT', 'PROMPT')),
      imageBasedMask: object({ maskImage: required(mask) }),
      garmentBasedMask: object({
        maskShape: SHAPE,
        garmentClass: required(string({ min: 1 })),
        garmentStyling: object({
          outerLayerStyle: string(),
          longSleeveStyle: string(),
          tuckingStyle: string(),
        }),
      }),
      promptBasedMask: object({ maskShape: SHAPE, maskPrompt: required(words) }),
      maskExclusions: object({
        preserveBodyPose: TOGGLE,
        preserveHands: TOGGLE,
        preserveFace: TOGGLE,
      }),
      mergeStyle: oneOf('BALANCED', 'SEAMLESS', 'DETAILED'),
      returnMask: boolean,
    },
  },
};

const side: Rule = { type: 'integer', min: 320, max: 4096, multipleOf: 16 };
const SIZE: Fields = { width: side, height: side };
const CONFIG: Fields = {
  quality: oneOf('standard', 'premium'),
  cfgScale: number(1.1, 10),
  seed: integer(0, 2_147_483_646),
  numberOfImages: integer(1, 5),
};
const MASK_PARAMS = {
  IMAGE: 'imageBasedMask',
  GARMENT: 'garmentBasedMask',
  PROMPT: 'promptBasedMask',
};

/** InvokeModel of Nova Canvas, every task type: https://docs.aws.amazon.com/nova/latest/userguide/image-gen-access.html. */
export function invokeNova(
  world: World,
  call: Call,
  model: string,
  body: Record<string, unknown>,
): Reply {
  const taskType = String(body.taskType);
  const task = Object.hasOwn(TASKS, taskType) ? TASKS[taskType]! : null;
  if (!task) return validation('taskType is not valid');
  const removal = taskType === 'BACKGROUND_REMOVAL';
  const issues = checkFields(body, {
    taskType: required(string()),
    [task.key]: required(object(task.fields)),
    ...(!removal && {
      imageGenerationConfig: object(task.ownSize ? CONFIG : { ...CONFIG, ...SIZE }),
    }),
  });
  if (issues.length > 0)
    return validation(
      `Malformed input request: #/${issues[0]!.path.join('/')}: ${issues[0]!.message}`,
    );
  const params = body[task.key] as Record<string, unknown>;
  const config = isObject(body.imageGenerationConfig) ? body.imageGenerationConfig : {};
  const joined = joinedRules(taskType, params, config);
  if (joined) return validation(joined);
  if (call.script.moderate === 'input')
    return validation('This request has been blocked by our content filters.');
  if (call.script.fail) return awsError(500, 'InternalServerException', call.script.fail);

  const count = Number(config.numberOfImages ?? 1);
  const [width, height] = [Number(config.width ?? 1024), Number(config.height ?? 1024)];
  const premium = config.quality === 'premium';
  const large = width * height > 1024 * 1024;
  world.charges.add({
    vendor: 'bedrock',
    model,
    microUsd: priced(
      world,
      'bedrock',
      model,
      usd(0.04 + (premium ? 0.02 : 0) + (large ? 0.02 : 0)),
      count,
    ),
    request: call.id,
    jobId: null,
    prompt: typeof params.text === 'string' ? params.text : null,
  });
  const kept = call.script.moderate === 'output' ? count - 1 : count;
  const images = Array.from({ length: kept }, (_, i) => world.picture('png', i).toString('base64'));
  return json(200, {
    images,
    ...(params.returnMask === true && { maskImage: world.picture('png', 9).toString('base64') }),
    error: kept < count ? 'Some generated images have been blocked by our content filters.' : null,
  });
}

/** Rules that join several fields; a sentence when one is broken. */
function joinedRules(
  taskType: string,
  params: Record<string, unknown>,
  config: Record<string, unknown>,
): string | null {
  if (taskType === 'INPAINTING' || taskType === 'OUTPAINTING') {
    if ((params.maskPrompt === undefined) === (params.maskImage === undefined))
      return 'Exactly one of maskPrompt and maskImage must be given.';
    if (typeof params.maskImage === 'string') {
      const [picture, cover] = [readImage(String(params.image)), readImage(params.maskImage)];
      if (picture?.width !== cover?.width || picture?.height !== cover?.height)
        return 'The mask must have the same size as the image.';
    }
  }
  if (taskType === 'VIRTUAL_TRY_ON') {
    const needed = MASK_PARAMS[params.maskType as keyof typeof MASK_PARAMS];
    if (params[needed] === undefined) return `${needed} is required for this maskType.`;
  }
  const both = String(params.text ?? '').length + String(params.negativeText ?? '').length;
  if (both > 1024) return 'text and negativeText together are at most 1024 characters.';
  const { width, height } = config as { width?: number; height?: number };
  if ((width === undefined) !== (height === undefined)) return 'width and height come together.';
  if (width !== undefined && height !== undefined) {
    if (width * height >= MAX_PIXELS) return 'width × height must be below 4,194,304.';
    if (Math.max(width, height) / Math.min(width, height) > 4)
      return 'The aspect ratio must be between 1:4 and 4:1.';
  }
  return null;
}
