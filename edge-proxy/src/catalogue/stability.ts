/**
 * https://platform.stability.ai/docs/api-reference. The same services are on Bedrock with the same
 * field names, so both vendors' rows are made from one list.
 */
import type { Model, Task } from '../../contract.ts';
import { pick, pickFrom, real, row, usd, whole, words } from './row.ts';

const seed = whole(0, 4_294_967_294);
const style = pick(
  ...['enhance', 'anime', 'photographic', 'digital-art', 'comic-book', 'fantasy-art'],
  ...['line-art', 'analog-film', 'neon-punk', 'isometric', 'low-poly', 'origami'],
  ...['modeling-compound', 'cinematic', '3d-model', 'pixel-art', 'tile-texture'],
);
const format = pickFrom('png', 'png', 'jpeg', 'webp');
const ratio = pickFrom(
  '1:1',
  ...['21:9', '16:9', '3:2', '5:4', '1:1', '4:5', '2:3', '9:16', '9:21'],
);
const negative = words(10_000);
const side = whole(0, 2000);
const common = { seed, output_format: format };

interface Service {
  /** Path behind `/v2beta/stable-image/`, or null where only Bedrock has it. */
  readonly path: string | null;
  /** Bedrock model id, or null where only the vendor's own API has it. */
  readonly bedrock: string | null;
  readonly name: string;
  readonly task: Task;
  readonly credits: number;
  readonly more?: Partial<Model>;
}

const one = { inputs: { min: 1, max: 1 } } as const;
const create = (more: Model['parameters']): Partial<Model> => ({
  parameters: { aspect_ratio: ratio, negative_prompt: negative, ...common, ...more },
});
const edit = (more: Model['parameters'], mask: Model['mask'] = 'none'): Partial<Model> => ({
  ...one,
  mask,
  parameters: { ...common, ...more },
});
const us = (name: string): string => `us.stability.${name}-v1:0`;

const services: readonly Service[] = [
  {
    path: 'generate/core',
    bedrock: 'stability.stable-image-core-v1:1',
    name: 'core',
    task: 'create',
    credits: 3,
    more: create({}),
  },
  {
    path: 'generate/ultra',
    bedrock: 'stability.stable-image-ultra-v1:1',
    name: 'ultra',
    task: 'create',
    credits: 8,
    more: create({}),
  },
  {
    path: 'generate/sd3',
    bedrock: 'stability.sd3-5-large-v1:0',
    name: 'sd3.5',
    task: 'create',
    credits: 6.5,
    more: create({}),
  },
  {
    path: 'edit/inpaint',
    bedrock: us('stable-image-inpaint'),
    name: 'inpaint',
    task: 'inpaint',
    credits: 5,
    more: edit(
      { negative_prompt: negative, grow_mask: whole(0, 20), style_preset: style },
      'required',
    ),
  },
  {
    path: 'edit/erase',
    bedrock: us('stable-image-erase-object'),
    name: 'erase',
    task: 'inpaint',
    credits: 5,
    more: { ...edit({ grow_mask: whole(0, 20) }, 'required'), promptMaxLength: 0 },
  },
  {
    path: 'edit/outpaint',
    bedrock: us('stable-outpaint'),
    name: 'outpaint',
    task: 'edit',
    credits: 4,
    more: {
      ...edit({ left: side, right: side, up: side, down: side, creativity: real(0, 1) }),
      promptRequired: false,
    },
  },
  {
    path: 'edit/search-and-replace',
    bedrock: us('stable-image-search-replace'),
    name: 'search-and-replace',
    task: 'edit',
    credits: 5,
    more: edit({
      search_prompt: words(10_000),
      negative_prompt: negative,
      grow_mask: whole(0, 20),
    }),
  },
  {
    path: 'edit/search-and-recolor',
    bedrock: us('stable-image-search-recolor'),
    name: 'search-and-recolor',
    task: 'edit',
    credits: 5,
    more: edit({
      select_prompt: words(10_000),
      negative_prompt: negative,
      grow_mask: whole(0, 20),
    }),
  },
  {
    path: 'edit/remove-background',
    bedrock: us('stable-image-remove-background'),
    name: 'remove-background',
    task: 'remove-background',
    credits: 5,
    more: {
      ...one,
      promptMaxLength: 0,
      parameters: { output_format: pickFrom('png', 'png', 'webp') },
    },
  },
  {
    path: 'control/sketch',
    bedrock: us('stable-image-control-sketch'),
    name: 'sketch',
    task: 'edit',
    credits: 5,
    more: edit({ control_strength: real(0, 1), negative_prompt: negative }),
  },
  {
    path: 'control/structure',
    bedrock: us('stable-image-control-structure'),
    name: 'structure',
    task: 'edit',
    credits: 5,
    more: edit({ control_strength: real(0, 1), negative_prompt: negative }),
  },
  {
    path: 'control/style',
    bedrock: us('stable-image-style-guide'),
    name: 'style-guide',
    task: 'edit',
    credits: 5,
    more: edit({ fidelity: real(0, 1), aspect_ratio: ratio, negative_prompt: negative }),
  },
  {
    path: 'upscale/fast',
    bedrock: us('stable-fast-upscale'),
    name: 'fast-upscale',
    task: 'upscale',
    credits: 2,
    more: { ...one, promptMaxLength: 0, parameters: { output_format: format } },
  },
  {
    path: 'upscale/conservative',
    bedrock: us('stable-conservative-upscale'),
    name: 'conservative-upscale',
    task: 'upscale',
    credits: 40,
    more: edit({ creativity: real(0.2, 0.5), negative_prompt: negative }),
  },
  {
    path: 'upscale/creative',
    bedrock: us('stable-creative-upscale'),
    name: 'creative-upscale',
    task: 'upscale',
    credits: 60,
    more: edit({ creativity: real(0.1, 0.5), negative_prompt: negative }),
  },
];

function rows(vendor: 'stability' | 'bedrock'): readonly Model[] {
  return services.flatMap((service) => {
    const vendorModel = vendor === 'stability' ? service.path : service.bedrock;
    if (vendorModel === null) return [];
    return row({
      id: `${vendor}-${service.name}`,
      title: `Stability ${service.name}${vendor === 'bedrock' ? ' (Bedrock)' : ''}`,
      vendor,
      vendorModel,
      tasks: [service.task],
      // The direct API publishes credits at one cent; Bedrock's own list is not confirmed.
      price: {
        unit: 'run',
        micros: usd(service.credits / 100),
        estimate: vendor === 'bedrock',
      },
      ...service.more,
    });
  });
}

export const stabilityModels = rows('stability');
export const stabilityOnBedrock = rows('bedrock');
