/** The daily look at what vendors say about their own models. Rows are flipped, never deleted. */
import type { Model } from '../../contract.ts';
import { configured } from '../http/keys.ts';
import { house } from '../http/signing.ts';
import { wireTo } from '../http/wire.ts';
import { awsRegion } from '../settings.ts';
import type { Wire } from '../vendors/adapter.ts';
import { at, list, readJson, text } from '../vendors/reading.ts';
import { catalogue, type Learnt } from './catalogue.ts';

type Signal = ReadonlyMap<string, Learnt>;

async function openaiSignal(wire: Wire): Promise<Signal> {
  const response = await wire.ask({ method: 'GET', path: '/v1/models' });
  if (!response.ok) return new Map();
  const alive = new Map(
    list(at(await readJson(response), 'data')).map((row) => [
      text(at(row, 'id')) ?? '',
      text(at(row, 'shutdown_date')),
    ]),
  );
  return verdicts('openai', (model) => {
    if (!alive.has(model)) return { status: 'retired' };
    const date = alive.get(model);
    return date === undefined ? { status: 'active' } : { status: 'legacy', retiresOn: date };
  });
}

async function geminiSignal(wire: Wire): Promise<Signal> {
  const response = await wire.ask({ method: 'GET', path: '/v1beta/models?pageSize=1000' });
  if (!response.ok) return new Map();
  const body = await readJson(response);
  const names = list(at(body, 'models')).map((row) => text(at(row, 'name')));
  // A list that goes on says nothing about what is missing from its first page.
  if (names.length === 0 || at(body, 'nextPageToken') !== undefined) return new Map();
  return verdicts('gemini', (model) =>
    names.includes(`models/${model}`) ? null : { status: 'retired' },
  );
}

async function replicateSignal(wire: Wire): Promise<Signal> {
  const found = new Map<string, Learnt>();
  for (const model of living('replicate')) {
    const response = await wire.ask({ method: 'GET', path: `/v1/models/${model.vendorModel}` });
    if (response.status === 404) found.set(model.id, { status: 'retired' });
    await response.body?.cancel();
  }
  return found;
}

function living(vendor: Model['vendor']): readonly Model[] {
  return catalogue.filter((model) => model.vendor === vendor && model.status !== 'retired');
}

function verdicts(vendor: Model['vendor'], judge: (vendorModel: string) => Learnt | null): Signal {
  const found = new Map<string, Learnt>();
  for (const model of living(vendor)) {
    const learnt = judge(model.vendorModel);
    // "Still there" is no reason to promote a row that the file calls legacy.
    if (learnt !== null && learnt.status !== 'active') found.set(model.id, learnt);
  }
  return found;
}

const signals = { openai: openaiSignal, gemini: geminiSignal, replicate: replicateSignal } as const;

/** Asks every vendor that has a key and a signal; a vendor that does not answer changes nothing. */
export async function checkLifecycle(env: Env, today: string): Promise<void> {
  const keys = configured(env);
  for (const vendor of ['openai', 'gemini', 'replicate'] as const) {
    if (!keys[vendor]) continue;
    try {
      const wire = wireTo(env, vendor, { region: awsRegion(env), webhookSecret: null });
      for (const [id, learnt] of await signals[vendor](wire)) {
        await house(env).learnModel(id, { ...learnt, checkedOn: today });
      }
    } catch {
      console.error('lifecycle check failed', vendor);
    }
  }
}
