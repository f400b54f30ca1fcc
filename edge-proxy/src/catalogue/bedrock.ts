/** https://docs.aws.amazon.com/bedrock/latest/userguide/models-supported.html and model-lifecycle. */
import type { Model } from '../../contract.ts';
import { pick, pickFrom, real, row, usd, whole, words } from './row.ts';
import { stabilityOnBedrock } from './stability.ts';

const vendor = 'bedrock' as const;
const nova = 'amazon.nova-canvas-v1:0';
const ended = { status: 'retired', retiresOn: '2026-09-30' } as const;
const side = whole(320, 4096, 1024, 16);
const quality = pickFrom('standard', 'standard', 'premium');
const price: Model['price'] = {
  unit: 'image',
  micros: usd(0.06),
  estimate: false,
  count: 'numberOfImages',
  by: { quality: { standard: 1, premium: 8 / 6 } },
};
const settings = {
  quality,
  cfgScale: real(1.1, 10),
  seed: whole(0, 2_147_483_646),
  numberOfImages: whole(1, 5, 1),
};
const styles = pick(
  ...['3D_ANIMATED_FAMILY_FILM', 'DESIGN_SKETCH', 'FLAT_VECTOR_ILLUSTRATION'],
  ...['GRAPHIC_NOVEL_ILLUSTRATION', 'MAXIMALISM', 'MIDCENTURY_RETRO', 'PHOTOREALISM'],
  'SOFT_DIGITAL_PAINTING',
);

const canvas = (name: string, more: Partial<Model> & Pick<Model, 'tasks' | 'replacedBy'>): Model =>
  row({
    id: `nova-canvas-${name}`,
    title: `Nova Canvas ${name}`,
    vendor,
    vendorModel: nova,
    price,
    promptMaxLength: 1024,
    ...ended,
    ...more,
  });
const one = { min: 1, max: 1 };

export const bedrockModels: readonly Model[] = [
  ...stabilityOnBedrock,
  row({
    id: 'claude-sonnet',
    title: 'Claude Sonnet (Bedrock)',
    vendor,
    vendorModel: 'us.anthropic.claude-sonnet-4-5-20250929-v1:0',
    tasks: ['assist'],
    inputs: { min: 0, max: 1 },
    output: 'text',
    price: { unit: 'token', micros: usd(0.03), estimate: true, perInputMicros: usd(0.01) },
  }),
  canvas('text-image', {
    tasks: ['create'],
    replacedBy: 'bedrock-core',
    inputs: { min: 0, max: 1 },
    parameters: {
      ...settings,
      width: side,
      height: side,
      style: styles,
      negativeText: words(1024),
      controlMode: pick('CANNY_EDGE', 'SEGMENTATION'),
      controlStrength: real(0, 1),
    },
  }),
  canvas('color-guided', {
    tasks: ['create'],
    replacedBy: 'bedrock-core',
    inputs: { min: 0, max: 1 },
    parameters: {
      ...settings,
      width: side,
      height: side,
      colors: words(79, '#1f2937,#f59e0b'),
      negativeText: words(1024),
    },
  }),
  canvas('variation', {
    tasks: ['edit'],
    replacedBy: 'bedrock-structure',
    inputs: { min: 1, max: 5 },
    parameters: {
      ...settings,
      width: side,
      height: side,
      similarityStrength: real(0.2, 1),
      negativeText: words(1024),
    },
  }),
  canvas('inpainting', {
    tasks: ['inpaint'],
    replacedBy: 'bedrock-inpaint',
    inputs: one,
    // Without words the named or masked thing is removed.
    promptRequired: false,
    mask: 'optional',
    parameters: { ...settings, maskPrompt: words(1024), negativeText: words(1024) },
  }),
  canvas('outpainting', {
    tasks: ['inpaint'],
    replacedBy: 'bedrock-outpaint',
    inputs: one,
    mask: 'optional',
    parameters: {
      ...settings,
      maskPrompt: words(1024),
      negativeText: words(1024),
      outPaintingMode: pick('DEFAULT', 'PRECISE'),
    },
  }),
  canvas('background-removal', {
    tasks: ['remove-background'],
    replacedBy: 'bedrock-remove-background',
    inputs: one,
    promptMaxLength: 0,
  }),
  canvas('virtual-try-on', {
    tasks: ['edit'],
    replacedBy: 'gemini-3.1-flash-image',
    inputs: { min: 2, max: 2 },
    promptRequired: false,
    mask: 'optional',
    parameters: {
      ...settings,
      maskPrompt: words(1024),
      maskShape: pick('BOUNDING_BOX', 'CONTOUR', 'DEFAULT'),
      garmentClass: pick('UPPER_BODY', 'LOWER_BODY', 'FULL_BODY', 'FOOTWEAR'),
      mergeStyle: pick('BALANCED', 'SEAMLESS', 'DETAILED'),
      returnMask: { kind: 'boolean' },
    },
  }),
];
