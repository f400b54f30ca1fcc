import type { Vendor, World } from './types.ts';

/** Model families that a vendor switched off, with the first day of refusal. */
interface Shutdown {
  vendor: Vendor;
  model: RegExp;
  from: string;
}

/**
 * From the vendors' deprecation pages as of 2026-11-21: developers.openai.com/api/docs/deprecations,
 * ai.google.dev/gemini-api/docs/deprecations, docs.aws.amazon.com/bedrock model-lifecycle.
 * Models whose end is not known for sure (Replicate's copies of Imagen 4, nano-banana, Veo) stay
 * alive here; tests that need one dead say so with a `status` fault.
 */
const SHUTDOWNS: readonly Shutdown[] = [
  { vendor: 'openai', model: /^dall-e-[23]$/, from: '2026-05-12' },
  { vendor: 'openai', model: /^gpt-image-1$/, from: '2026-10-23' },
  {
    vendor: 'openai',
    model: /^(gpt-image-1-mini|gpt-image-1\.5|chatgpt-image-latest)$/,
    from: '2026-12-01',
  },
  { vendor: 'gemini', model: /^gemini-2\.0-flash-preview-image-generation$/, from: '2025-11-30' },
  { vendor: 'gemini', model: /^gemini-2\.5-flash-image-preview$/, from: '2026-01-15' },
  { vendor: 'gemini', model: /^gemini-2\.5-flash-image$/, from: '2026-10-02' },
  {
    vendor: 'gemini',
    model: /^gemini-3(\.1-flash|-pro)-image-preview$/,
    from: '2026-06-25',
  },
  { vendor: 'gemini', model: /^imagen-3\.0-/, from: '2025-11-10' },
  { vendor: 'gemini', model: /^imagen-4\.0-/, from: '2026-08-17' },
  { vendor: 'gemini', model: /^veo-[23]\.0-/, from: '2026-10-22' },
  { vendor: 'gemini', model: /^veo-3\.1-(fast-|lite-)?generate-preview$/, from: '2026-10-22' },
  { vendor: 'gemini', model: /^gemini-omni-flash-preview$/, from: '2026-09-30' },
  { vendor: 'bedrock', model: /^amazon\.nova-(canvas|reel)-/, from: '2026-09-30' },
  { vendor: 'bedrock', model: /^amazon\.titan-image-generator-/, from: '2026-09-30' },
];

/** The day from which the vendor refuses the model, or null when no end is announced. */
export function shutdownDate(world: World, vendor: Vendor, model: string): string | null {
  const announced = world.ends.get(`${vendor}:${model}`);
  if (announced !== undefined) return announced;
  return SHUTDOWNS.find((s) => s.vendor === vendor && s.model.test(model))?.from ?? null;
}

/** Whether the vendor refuses the model on the doubles' day. */
export function isShutDown(world: World, vendor: Vendor, model: string): boolean {
  const from = shutdownDate(world, vendor, model);
  return from !== null && from <= world.asOf();
}
