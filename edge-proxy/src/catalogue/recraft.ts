/** https://www.recraft.ai/docs. Prices are estimates: the vendor bills credits. */
import type { Model } from '../../contract.ts';
import { pick, pickFrom, row, usd, whole } from './row.ts';

const vendor = 'recraft' as const;
const v3Sizes = [
  ...['1024x1024', '1365x1024', '1024x1365', '1536x1024', '1024x1536', '1820x1024', '1024x1820'],
  ...['1024x2048', '2048x1024', '1434x1024', '1024x1434', '1024x1280', '1280x1024'],
  ...['1024x1707', '1707x1024'],
];
const format = { image_format: pickFrom('png', 'png', 'webp') };
const perImage = (dollars: number, count = true): Model['price'] => ({
  unit: 'image',
  micros: usd(dollars),
  estimate: true,
  ...(count ? { count: 'n' } : {}),
});
const one = { min: 1, max: 1 };

const tool = (path: string, more: Partial<Model> & Pick<Model, 'tasks' | 'price'>): Model =>
  row({
    id: `recraft-${path}`,
    title: `Recraft ${path}`,
    vendor,
    vendorModel: path,
    inputs: one,
    promptMaxLength: 0,
    parameters: format,
    ...more,
  });

export const recraftModels: readonly Model[] = [
  row({
    id: 'recraft-v3',
    title: 'Recraft V3',
    vendor,
    vendorModel: 'recraftv3',
    tasks: ['create'],
    promptMaxLength: 1000,
    price: perImage(0.04),
    parameters: {
      n: whole(1, 6, 1),
      size: pickFrom('1024x1024', ...v3Sizes),
      style: pick('any', 'realistic_image', 'digital_illustration', 'logo_raster'),
      random_seed: whole(0, 2_147_483_647),
      ...format,
    },
  }),
  row({
    id: 'recraft-v4.1',
    title: 'Recraft V4.1',
    vendor,
    vendorModel: 'recraftv4_1',
    tasks: ['create'],
    price: perImage(0.04),
    parameters: {
      n: whole(1, 6, 1),
      size: pickFrom('1:1', '1:1', '4:3', '3:4', '16:9', '9:16'),
      ...format,
    },
  }),
  tool('inpaint', {
    tasks: ['inpaint'],
    mask: 'required',
    promptMaxLength: 1000,
    price: perImage(0.04),
    parameters: { n: whole(1, 6, 1), ...format },
  }),
  tool('eraseRegion', { tasks: ['inpaint'], mask: 'required', price: perImage(0.002, false) }),
  tool('removeBackground', { tasks: ['remove-background'], price: perImage(0.01, false) }),
  tool('crispUpscale', { tasks: ['upscale'], price: perImage(0.004, false) }),
  tool('creativeUpscale', { tasks: ['upscale'], price: perImage(0.25, false) }),
];
