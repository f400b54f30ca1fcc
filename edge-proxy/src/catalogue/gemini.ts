/** https://ai.google.dev/gemini-api/docs/models and …/deprecations. */
import type { Model } from '../../contract.ts';
import { pickFrom, retired, row, usd, whole } from './row.ts';

const vendor = 'gemini' as const;
const ratios = ['1:1', '2:3', '3:2', '3:4', '4:3', '4:5', '5:4', '9:16', '16:9', '21:9'];

const image = (
  id: string,
  dollars: number,
  sizes: Readonly<Record<string, number>>,
  extra: readonly string[] = [],
): Model =>
  row({
    id,
    title: id,
    vendor,
    vendorModel: id,
    tasks: ['create', 'edit'],
    inputs: { min: 0, max: 14 },
    promptMaxLength: 32_000,
    price: { unit: 'image', micros: usd(dollars), estimate: true, by: { imageSize: sizes } },
    parameters: {
      aspectRatio: pickFrom('1:1', ...ratios, ...extra),
      imageSize: pickFrom('1K', ...Object.keys(sizes)),
    },
  });

const gone = (
  id: string,
  retiresOn: string,
  replacedBy: string,
  task: 'create' | 'video' = 'create',
): Model => retired({ id, vendor, vendorModel: id, tasks: [task], retiresOn, replacedBy });

const flash = 'gemini-3.1-flash-image';
const pro = 'gemini-3-pro-image';
const omni = 'gemini-omni-1.1-flash';

export const geminiModels: readonly Model[] = [
  image(flash, 0.067, { '1K': 1, '2K': 0.101 / 0.067, '4K': 0.15 / 0.067 }, [
    ...['1:4', '4:1', '1:8', '8:1'],
  ]),
  image(pro, 0.134, { '1K': 1, '2K': 1, '4K': 0.24 / 0.134 }),
  image('gemini-3.1-flash-lite-image', 0.0336, { '1K': 1 }),
  row({
    id: omni,
    title: 'Gemini Omni video',
    vendor,
    vendorModel: omni,
    tasks: ['video'],
    inputs: { min: 0, max: 1 },
    output: 'video',
    price: { unit: 'second', micros: usd(0.1), estimate: true, count: 'duration' },
    parameters: {
      aspect_ratio: pickFrom('16:9', '16:9', '9:16'),
      resolution: pickFrom('720p', '720p', '1080p'),
      duration: whole(3, 10, 8),
    },
  }),
  gone('gemini-2.5-flash-image', '2026-10-02', flash),
  gone('gemini-2.5-flash-image-preview', '2026-01-15', flash),
  gone('gemini-2.0-flash-preview-image-generation', '2025-11-30', flash),
  gone('gemini-3.1-flash-image-preview', '2026-06-25', flash),
  gone('gemini-3-pro-image-preview', '2026-06-25', pro),
  gone('imagen-4.0-generate-001', '2026-08-17', flash),
  gone('imagen-4.0-fast-generate-001', '2026-08-17', flash),
  gone('imagen-4.0-ultra-generate-001', '2026-08-17', pro),
  gone('veo-3.1-generate-preview', '2026-10-22', omni, 'video'),
  gone('veo-3.1-fast-generate-preview', '2026-10-22', omni, 'video'),
  gone('veo-3.1-lite-generate-preview', '2026-10-22', omni, 'video'),
  gone('gemini-omni-flash-preview', '2026-09-30', omni, 'video'),
];
