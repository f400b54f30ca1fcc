/** Where vendors say that a model will end or has ended, one reader each. */
import type { Model } from '../../contract.ts';
import { awsRequest } from '../http/aws.ts';
import { sendOnce, wireTo } from '../http/wire.ts';
import { awsRegion } from '../settings.ts';
import type { Wire } from '../vendors/adapter.ts';
import { at, type Json, list, readJson, text } from '../vendors/reading.ts';
import { catalogue, type Learnt } from './catalogue.ts';

/** By row: what the vendor says, or null where it lists the model without an end. */
export type Signal = ReadonlyMap<string, Learnt | null>;

const nothing: Signal = new Map();

/** https://developers.openai.com/api/reference/resources/models: `shutdown_date`, absence. */
async function openai(wire: Wire): Promise<Signal> {
  const response = await wire.ask({ method: 'GET', path: '/v1/models' });
  if (!response.ok) return nothing;
  const ends = new Map(
    list(at(await readJson(response), 'data')).map((row) => [
      text(at(row, 'id')),
      text(at(row, 'shutdown_date')),
    ]),
  );
  if (ends.size === 0) return nothing;
  return verdicts('openai', ({ vendorModel, retiresOn }) => {
    if (!ends.has(vendorModel)) return { status: 'retired' };
    return ending(ends.get(vendorModel) ?? null, retiresOn);
  });
}

/** https://ai.google.dev/api/models: absence. Dates come with each answer, see vendors/gemini.ts. */
async function gemini(wire: Wire): Promise<Signal> {
  const response = await wire.ask({ method: 'GET', path: '/v1beta/models?pageSize=1000' });
  if (!response.ok) return nothing;
  const body = await readJson(response);
  const names = list(at(body, 'models')).map((row) => text(at(row, 'name')));
  // A list that goes on says nothing about what is missing from its first page.
  if (names.length === 0 || at(body, 'nextPageToken') !== undefined) return nothing;
  const found = new Map<string, Learnt | null>();
  for (const { id, vendorModel } of living('gemini')) {
    // Still listed: what an answer said about its end stands.
    if (!names.includes(`models/${vendorModel}`)) found.set(id, { status: 'retired' });
  }
  return found;
}

/** https://replicate.com/docs/reference/http#models.get: 404, or no version left to run. */
async function replicate(wire: Wire): Promise<Signal> {
  const found = new Map<string, Learnt | null>();
  for (const { id, vendorModel } of living('replicate')) {
    const response = await wire.ask({ method: 'GET', path: `/v1/models/${vendorModel}` });
    if (response.status === 404) found.set(id, { status: 'retired' });
    if (!response.ok) await response.body?.cancel();
    else {
      const gone = at(await readJson(response), 'latest_version') === null;
      found.set(id, gone ? { status: 'retired' } : null);
    }
  }
  return found;
}

/**
 * https://docs.aws.amazon.com/bedrock/latest/APIReference/API_FoundationModelLifecycle.html.
 * The list is a region's own and names no inference profile: absence says nothing.
 */
async function bedrock(env: Env): Promise<Signal> {
  const request = await awsRequest(env, 'bedrockControl', '/foundation-models', { method: 'GET' });
  if (request === null) return nothing;
  const { headers } = request;
  const response = await sendOnce('bedrock', new URL(request.url), { method: 'GET', headers });
  if (!response.ok) return nothing;
  const states = new Map(
    list(at(await readJson(response), 'modelSummaries')).map((row) => [
      text(at(row, 'modelId')),
      at(row, 'modelLifecycle'),
    ]),
  );
  return verdicts('bedrock', ({ vendorModel, retiresOn }) => {
    const state = states.get(vendorModel.replace(/^(?:us|eu|apac|jp|au|global)\./, ''));
    if (at(state, 'status') === 'ACTIVE') return null;
    return at(state, 'status') === 'LEGACY'
      ? (ending(dayOf(at(state, 'endOfLifeTime')), retiresOn) ?? { status: 'legacy' })
      : undefined;
  });
}

/** AWS writes times as ISO 8601 or as seconds. */
function dayOf(time: Json | undefined): string | null {
  const ms = typeof time === 'number' ? time * 1000 : Date.parse(text(time) ?? '');
  return Number.isFinite(ms) ? new Date(ms).toISOString().slice(0, 10) : null;
}

/** A date of the vendor's, else the file's. */
function ending(day: string | null, fallback: string | undefined): Learnt | null {
  if (day === null) return null;
  const retiresOn = /^\d{4}-\d\d-\d\d/.exec(day)?.[0] ?? fallback;
  return { status: 'legacy', ...(retiresOn !== undefined && { retiresOn }) };
}

function living(vendor: Model['vendor']): readonly Model[] {
  return catalogue.filter((model) => model.vendor === vendor && model.status !== 'retired');
}

/** @param judge undefined: the vendor says nothing about this one */
function verdicts(
  vendor: Model['vendor'],
  judge: (model: Model) => Learnt | null | undefined,
): Signal {
  const found = new Map<string, Learnt | null>();
  for (const model of living(vendor)) {
    const learnt = judge(model);
    if (learnt !== undefined) found.set(model.id, learnt);
  }
  return found;
}

const byWire = { openai, gemini, replicate } as const;

/** Vendors that can be asked; of the others only a refused call tells. */
export const signalling = ['openai', 'gemini', 'replicate', 'bedrock'] as const;

/** @throws when the vendor cannot be reached. */
export function signalOf(env: Env, vendor: (typeof signalling)[number]): Promise<Signal> {
  if (vendor === 'bedrock') return bedrock(env);
  return byWire[vendor](wireTo(env, vendor, { region: awsRegion(env), webhookSecret: null }));
}
