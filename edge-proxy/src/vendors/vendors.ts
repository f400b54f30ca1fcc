/** Every vendor's adapter by name. Bedrock's brings an SDK and is loaded when it is first asked. */
import type { Vendor } from '../../contract.ts';
import type { Adapter } from './adapter.ts';
import { bfl } from './bfl.ts';
import { gemini } from './gemini.ts';
import { openai } from './openai.ts';
import { recraft } from './recraft.ts';
import { replicate } from './replicate.ts';
import { selfHosted } from './self-hosted.ts';
import { stability } from './stability.ts';

const light: Readonly<Partial<Record<Vendor, Adapter>>> = {
  replicate,
  openai,
  gemini,
  stability,
  bfl,
  recraft,
  'self-hosted': selfHosted,
};

export async function adapterOf(env: Env, vendor: Vendor): Promise<Adapter> {
  return light[vendor] ?? (await import('./bedrock.ts')).bedrock(env);
}

/** Ms until the next look at a call of this age: eager at first, then the vendor's own pace. */
export function pollEveryMs(vendor: Vendor, ageMs: number): number {
  const [first, later] = light[vendor]?.pollEveryMs ?? [1000, 3000];
  return ageMs < 10_000 ? first : later;
}
