/** One's own GPU behind the contract of docs/proxy.md: no bill per call. */
import type { Model } from '../../contract.ts';
import { pickFrom, real, row, whole, words } from './row.ts';

export const selfHostedModels: readonly Model[] = [
  row({
    id: 'self-hosted-qwen-image',
    title: 'Qwen-Image (own GPU)',
    vendor: 'self-hosted',
    vendorModel: 'qwen-image',
    tasks: ['create', 'edit', 'inpaint'],
    inputs: { min: 0, max: 3 },
    mask: 'optional',
    price: { unit: 'run', micros: 0, estimate: false },
    parameters: {
      width: whole(256, 2048, 1024, 16),
      height: whole(256, 2048, 1024, 16),
      steps: whole(1, 100),
      true_cfg_scale: real(0, 20),
      negative_prompt: words(2000),
      seed: whole(0, 2_147_483_647),
      output_format: pickFrom('png', 'png', 'jpeg', 'webp'),
    },
  }),
];
