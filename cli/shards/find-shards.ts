import { Failure } from '../problem.ts';
import { getText, type Store } from '../stores/store.ts';
import { HEADER, readJson, type ShardHeader, type WorkIdentity } from './records.ts';

export interface FoundShards {
  /** One for each shard, in their order. */
  readonly stores: readonly Store[];
  readonly identity: WorkIdentity;
}

interface Found {
  readonly store: Store;
  readonly header: ShardHeader;
}

/**
 * The shards in some places, each a shard's folder or a folder of such. A shard that is there
 * twice, because two workers did it, counts once.
 * @throws Failure when one is missing, unfinished, or of another work than the others
 */
export async function findShards(places: readonly Store[]): Promise<FoundShards> {
  const found: Found[] = [];
  for (const place of places) {
    const headers = await headersIn(place);
    if (headers.length === 0) {
      throw new Failure(
        'input',
        `${place.where} holds no shard.`,
        'Name the folders shard-… that maskwright run --shard wrote, or the folder of them.',
      );
    }
    found.push(...headers);
  }
  const [first] = found;
  const { of } = first.header.shard;
  for (const { store, header } of found) requireSame(first, store, header);

  const stores: Store[] = [];
  const missing: number[] = [];
  for (let index = 1; index <= of; index++) {
    const complete = found.find(({ header }) => header.shard.index === index && header.isComplete);
    if (complete) stores.push(complete.store);
    else missing.push(index);
  }
  if (missing.length > 0) {
    throw new Failure(
      'input',
      `Of ${of} shards ${listed(missing)} ${missing.length === 1 ? 'is' : 'are'} missing or not finished.`,
      `Run ${missing.length === 1 ? 'it' : 'them'} with --resume, such as --shard ${missing[0]}/${of}, then merge again.`,
    );
  }
  return { stores, identity: first.header.identity };
}

async function headersIn(place: Store): Promise<Found[]> {
  const own = await headerOf(place);
  if (own) return [{ store: place, header: own }];
  const below = (await place.folders()).filter((name) => name.startsWith('shard-'));
  const headers = await Promise.all(
    below.map(async (name) => ({
      store: place.below(name),
      header: await headerOf(place.below(name)),
    })),
  );
  return headers.flatMap(({ store, header }) => (header ? [{ store, header }] : []));
}

async function headerOf(store: Store): Promise<ShardHeader | null> {
  const text = await getText(store, HEADER);
  return text === null ? null : readJson<ShardHeader>(text, `${store.where}/${HEADER}`);
}

/** What each part of an identity is called, and what to do when two shards differ in it. */
const PARTS = [
  ['recipe', 'was made with another recipe'],
  ['listing', 'was made from another list of photos'],
  ['model', 'was made with another model or engine'],
  ['app', 'was made by another version of Maskwright'],
  ['form', 'was written by a version whose files are not read here'],
] as const satisfies readonly (readonly [keyof WorkIdentity, string])[];

function requireSame(first: Found, store: Store, header: ShardHeader): void {
  if (header.shard.of !== first.header.shard.of) {
    throw new Failure(
      'input',
      `${store.where} is one of ${header.shard.of} shards, ${first.store.where} one of ${first.header.shard.of}.`,
      'Merge the shards of one division only.',
    );
  }
  for (const [part, what] of PARTS) {
    const [a, b] = [first.header.identity[part], header.identity[part]].map((value) =>
      JSON.stringify(value),
    );
    if (a === b) continue;
    throw new Failure(
      'input',
      `${store.where} ${what} than ${first.store.where}.`,
      'Run the older ones again with --resume: only what is different is made anew.',
    );
  }
}

function listed(numbers: readonly number[]): string {
  const shown = numbers.slice(0, 8).join(', ');
  return numbers.length > 8 ? `${shown} and ${numbers.length - 8} more` : shown;
}
