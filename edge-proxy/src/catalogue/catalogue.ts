/** All rows, and what a row means today. */
import type { Model, ModelStatus } from '../../contract.ts';
import { bedrockModels } from './bedrock.ts';
import { bflModels } from './bfl.ts';
import { geminiModels } from './gemini.ts';
import { openaiModels } from './openai.ts';
import { recraftModels } from './recraft.ts';
import { replicateModels } from './replicate.ts';
import { selfHostedModels } from './self-hosted.ts';
import { stabilityModels } from './stability.ts';

export const catalogue: readonly Model[] = [
  ...replicateModels,
  ...openaiModels,
  ...geminiModels,
  ...stabilityModels,
  ...bedrockModels,
  ...bflModels,
  ...recraftModels,
  ...selfHostedModels,
];

const byId = new Map(catalogue.map((model) => [model.id, model]));

/** What was learnt about a model after this file was written: from vendors, or from settings. */
export interface Learnt {
  readonly status: ModelStatus;
  readonly retiresOn?: string;
  readonly checkedOn?: string;
}

/** @returns the row as of `today` (`YYYY-MM-DD`): a past `retiresOn` retires it. */
export function asOf(model: Model, today: string, learnt?: Learnt): Model {
  const merged = learnt === undefined ? model : { ...model, ...learnt };
  const date = learnt?.status === 'active' ? undefined : merged.retiresOn;
  const past = date !== undefined && date <= today && learnt === undefined;
  const announced = learnt?.retiresOn !== undefined && learnt.retiresOn <= today;
  return past || announced ? { ...merged, status: 'retired' } : merged;
}

export function findModel(id: string): Model | null {
  return byId.get(id) ?? null;
}

/** Settings may overrule the file: a private arrangement keeps a retired model alive. */
export function learntFrom(env: Env): Readonly<Record<string, Learnt>> {
  if (!env.MODEL_STATUS) return {};
  const table = JSON.parse(env.MODEL_STATUS) as Record<string, ModelStatus>;
  return Object.fromEntries(Object.entries(table).map(([id, status]) => [id, { status }]));
}
