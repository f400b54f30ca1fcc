/** https://developers.openai.com/api/docs/models and …/deprecations. */
import type { Model } from '../../contract.ts';
import { pick, pickFrom, retired, row, usd, whole } from './row.ts';

const vendor = 'openai' as const;
const tasks = ['create', 'edit', 'inpaint'] as const;

const gpt = (id: string, more: Partial<Model> = {}): Model => {
  const latest = id.startsWith('gpt-image-2.5');
  const qualities = ['low', 'medium', 'high', 'auto', ...(latest ? ['xhigh', 'max'] : [])];
  const sizes = ['auto', '1024x1024', '1536x1024', '1024x1536'];
  const large = id.startsWith('gpt-image-2') ? ['2048x2048', '2560x1440', '1440x2560'] : [];
  return row({
    id,
    title: id,
    vendor,
    vendorModel: id,
    tasks,
    inputs: { min: 0, max: 16 },
    mask: 'optional',
    promptMaxLength: 32_000,
    // Settled by tokens; what is reserved is an upper bound for the quality and size.
    price: {
      unit: 'token',
      micros: usd(0.053),
      estimate: true,
      count: 'n',
      by: {
        quality: { low: 0.15, medium: 1, high: 4, auto: 4, xhigh: 8, max: 16 },
        size: { '1024x1024': 1, '2048x2048': 4, '2560x1440': 3.6, '1440x2560': 3.6, auto: 1.5 },
      },
      perInputMicros: usd(0.05),
      perThousandCharsMicros: usd(0.002),
    },
    parameters: {
      n: whole(1, 10, 1),
      size: pickFrom('auto', ...sizes, ...large),
      quality: pickFrom('medium', ...qualities),
      background: pick('transparent', 'opaque', 'auto'),
      output_format: pickFrom('png', 'png', 'jpeg', 'webp'),
      moderation: pick('auto', 'low'),
    },
    ...more,
  });
};

const dying = { status: 'legacy', retiresOn: '2026-12-01' } as const;

export const openaiModels: readonly Model[] = [
  gpt('gpt-image-2'),
  gpt('gpt-image-2.5-flare'),
  gpt('gpt-image-2.5-sunburst'),
  gpt('gpt-image-1-mini', { ...dying, replacedBy: 'gpt-image-2.5-flare' }),
  gpt('gpt-image-1.5', { ...dying, replacedBy: 'gpt-image-2.5-sunburst' }),
  gpt('chatgpt-image-latest', { ...dying, replacedBy: 'gpt-image-2.5-sunburst' }),
  ...(
    [
      ['gpt-image-1', '2026-10-23'],
      ['dall-e-3', '2026-05-12'],
      ['dall-e-2', '2026-05-12'],
    ] as const
  ).map(([id, retiresOn]) =>
    retired({ id, vendor, vendorModel: id, tasks, retiresOn, replacedBy: 'gpt-image-2' }),
  ),
];
