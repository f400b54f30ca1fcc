/** Request documents of the models behind InvokeModel. */
import { toBase64 } from '../http/base64.ts';
import type { Call } from './adapter.ts';
import { base64Of, maskBytes, theInput } from './inputs.ts';

type Document = Record<string, unknown>;

/** Stability's field set as JSON with base64 strings. */
export async function stabilityBody(call: Call): Promise<Document> {
  const [input] = call.inputs;
  return {
    ...(call.prompt !== '' && { prompt: call.prompt }),
    ...call.parameters,
    ...(input !== undefined && { image: base64Of(input) }),
    ...(call.mask !== null && { mask: toBase64(await maskBytes(call.mask, 'white')) }),
  };
}

/** Nova Canvas: https://docs.aws.amazon.com/nova/latest/userguide/image-gen-access.html */
export async function novaBody(call: Call): Promise<Document> {
  const { width, height, quality, cfgScale, numberOfImages, ...rest } = call.parameters;
  // The vendor's default seed is a constant, so that an unseeded call would repeat itself.
  const { seed = crypto.getRandomValues(new Uint32Array(1))[0]! >>> 1, ...fields } = rest;
  const config = { quality, cfgScale, seed, numberOfImages };
  const sized = { ...config, width, height };
  const text = call.prompt === '' ? {} : { text: call.prompt };
  const negative = fields.negativeText === undefined ? {} : { negativeText: fields.negativeText };
  const task = (
    taskType: string,
    key: string,
    params: Document,
    imageGenerationConfig?: Document,
  ): Document => ({
    taskType,
    [key]: params,
    ...(imageGenerationConfig && { imageGenerationConfig }),
  });

  switch (call.model.id) {
    case 'nova-canvas-text-image': {
      const [condition] = call.inputs;
      const { style, controlMode, controlStrength } = fields;
      const control = condition && {
        conditionImage: base64Of(condition),
        controlMode,
        controlStrength,
      };
      return task(
        'TEXT_IMAGE',
        'textToImageParams',
        { ...text, ...negative, style, ...control },
        sized,
      );
    }
    case 'nova-canvas-color-guided': {
      const [reference] = call.inputs;
      const colors = String(fields.colors ?? '').split(',');
      const image = reference && { referenceImage: base64Of(reference) };
      const params = { colors, ...text, ...negative, ...image };
      return task('COLOR_GUIDED_GENERATION', 'colorGuidedGenerationParams', params, sized);
    }
    case 'nova-canvas-variation': {
      const images = call.inputs.map((input) => base64Of(input));
      const { similarityStrength } = fields;
      const params = { images, ...text, ...negative, similarityStrength };
      return task('IMAGE_VARIATION', 'imageVariationParams', params, sized);
    }
    case 'nova-canvas-inpainting':
    case 'nova-canvas-outpainting': {
      const inside = call.model.id === 'nova-canvas-inpainting';
      const params = {
        image: base64Of(theInput(call)),
        ...(await novaMask(call, inside ? 'black' : 'white')),
        ...text,
        ...negative,
      };
      return inside
        ? task('INPAINTING', 'inPaintingParams', params, config)
        : task(
            'OUTPAINTING',
            'outPaintingParams',
            { ...params, outPaintingMode: fields.outPaintingMode },
            config,
          );
    }
    case 'nova-canvas-background-removal':
      return task('BACKGROUND_REMOVAL', 'backgroundRemovalParams', {
        image: base64Of(theInput(call)),
      });
    case 'nova-canvas-virtual-try-on':
      return task('VIRTUAL_TRY_ON', 'virtualTryOnParams', await tryOn(call, fields), config);
    default:
      throw new Error(`no Nova task for ${call.model.id}`);
  }
}

async function novaMask(call: Call, changes: 'black' | 'white'): Promise<Document> {
  if (call.mask === null) return { maskPrompt: call.parameters.maskPrompt };
  return { maskImage: toBase64(await maskBytes(call.mask, changes)) };
}

async function tryOn(call: Call, fields: Call['parameters']): Promise<Document> {
  const { maskShape, garmentClass, maskPrompt, mergeStyle, returnMask } = fields;
  const [source, reference] = call.inputs.map((input) => base64Of(input));
  const how =
    call.mask !== null
      ? {
          maskType: 'IMAGE',
          imageBasedMask: { maskImage: toBase64(await maskBytes(call.mask, 'black')) },
        }
      : maskPrompt !== undefined
        ? { maskType: 'PROMPT', promptBasedMask: { maskShape, maskPrompt } }
        : { maskType: 'GARMENT', garmentBasedMask: { maskShape, garmentClass } };
  return { sourceImage: source, referenceImage: reference, ...how, mergeStyle, returnMask };
}
