/** All rows, and what a row means today. */
import type { Model, ModelStatus } from '../../contract.ts';
import { noteEvent } from '../http/log.ts';
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

const statuses: readonly unknown[] = ['active', 'legacy', 'retired'] satisfies ModelStatus[];

/**
 * Settings may overrule the file: a private arrangement keeps a retired model alive. What cannot
 * be read, or names no row of the catalogue or no status, is said in the log and does not count.
 */
export function learntFrom(env: Env): Readonly<Record<string, Learnt>> {
  if (!env.MODEL_STATUS) return {};
  const entries = Object.entries(objectIn(env.MODEL_STATUS) ?? { '': 'no object in JSON' });
  const isMeant = ([id, status]: [string, unknown]): boolean =>
    byId.has(id) && statuses.includes(status);
  for (const entry of entries.filter((entry) => !isMeant(entry))) {
    noteEvent('bad_setting', { setting: 'MODEL_STATUS', entry: JSON.stringify(entry) });
  }
  const meant = entries.filter(isMeant) as [string, ModelStatus][];
  return Object.fromEntries(meant.map(([id, status]) => [id, { status }]));
}

function objectIn(json: string): object | null {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === 'object' ? value : null;
  } catch {
    return null;
  }
}
