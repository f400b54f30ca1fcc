/** https://docs.bfl.ai; prices from the vendor's own skill files, settled with the API's `cost`. */
import type { Model } from '../../contract.ts';
import { flag, pickFrom, real, row, usd, whole } from './row.ts';

const vendor = 'bfl' as const;
const common = { seed: whole(0, 2_147_483_647), output_format: pickFrom('png', 'jpeg', 'png') };
const classic = { ...common, safety_tolerance: whole(0, 6, 2), prompt_upsampling: flag() };
const flat = (dollars: number, estimate = false): Model['price'] => ({
  unit: 'image',
  micros: usd(dollars),
  estimate,
});
const one = { min: 1, max: 1 };
const side = whole(256, 1440, 1024, 32);
const edge = whole(0, 2048);

const flux2 = (
  name: string,
  first: number,
  further: number,
  references: number,
  more = {},
): Model =>
  row({
    id: `bfl-${name}`,
    title: name.toUpperCase(),
    vendor,
    vendorModel: name,
    tasks: ['create', 'edit'],
    inputs: { min: 0, max: references },
    price: {
      unit: 'megapixel',
      micros: usd(first / 100),
      furtherMicros: usd(further / 100),
      perInputMicros: usd((4 * further) / 100),
      estimate: false,
    },
    parameters: {
      width: whole(64, 2048, 1024, 16),
      height: whole(64, 2048, 1024, 16),
      safety_tolerance: whole(0, 5, 2),
      ...common,
      ...more,
    },
  });

const legacy = (more: Partial<Model> & Pick<Model, 'vendorModel' | 'price' | 'tasks'>): Model =>
  row({
    id: `bfl-${more.vendorModel}`,
    title: more.vendorModel,
    vendor,
    status: 'legacy',
    replacedBy: 'bfl-flux-2-pro',
    parameters: classic,
    ...more,
  });

export const bflModels: readonly Model[] = [
  flux2('flux-2-pro', 3, 1.5, 8),
  flux2('flux-2-max', 7, 3, 8),
  flux2('flux-2-flex', 5, 5, 8, { steps: whole(1, 50), guidance: real(1.5, 10) }),
  flux2('flux-2-klein-4b', 1.4, 0, 4),
  flux2('flux-2-klein-9b', 1.5, 0, 4),
  row({
    id: 'bfl-erase',
    title: 'FLUX Erase',
    vendor,
    vendorModel: 'flux-tools/erase-v1',
    tasks: ['inpaint'],
    inputs: one,
    mask: 'required',
    promptMaxLength: 0,
    price: flat(0.05, true),
    parameters: { dilate_pixels: whole(0, 25), ...common },
  }),
  legacy({
    vendorModel: 'flux-pro-1.0-fill',
    tasks: ['inpaint'],
    inputs: one,
    mask: 'required',
    price: flat(0.05),
    parameters: { ...classic, steps: whole(15, 50), guidance: real(1.5, 100) },
  }),
  legacy({
    vendorModel: 'flux-pro-1.0-expand',
    tasks: ['edit'],
    inputs: one,
    promptRequired: false,
    price: flat(0.05, true),
    parameters: { ...classic, top: edge, bottom: edge, left: edge, right: edge },
  }),
  legacy({
    vendorModel: 'flux-kontext-pro',
    tasks: ['create', 'edit'],
    inputs: { min: 0, max: 4 },
    price: flat(0.04),
    parameters: {
      ...classic,
      safety_tolerance: whole(0, 2, 2),
      aspect_ratio: pickFrom('1:1', '1:1', '16:9', '9:16', '4:3', '3:4', '21:9', '9:21'),
    },
  }),
  legacy({
    vendorModel: 'flux-kontext-max',
    tasks: ['create', 'edit'],
    inputs: { min: 0, max: 4 },
    price: flat(0.08),
    parameters: {
      ...classic,
      safety_tolerance: whole(0, 2, 2),
      aspect_ratio: pickFrom('1:1', '1:1', '16:9', '9:16', '4:3', '3:4', '21:9', '9:21'),
    },
  }),
  legacy({
    vendorModel: 'flux-pro-1.1',
    tasks: ['create'],
    price: flat(0.04),
    parameters: { ...classic, width: side, height: side },
  }),
  legacy({
    vendorModel: 'flux-pro-1.1-ultra',
    tasks: ['create'],
    price: flat(0.06),
    parameters: {
      ...classic,
      raw: flag(),
      aspect_ratio: pickFrom('1:1', '1:1', '16:9', '9:16', '4:3', '3:4', '21:9', '9:21'),
    },
  }),
];
