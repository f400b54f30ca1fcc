import 'fake-indexeddb/auto';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { DoneVariant } from '../core/dataset/variant.ts';
import { OUTPUT_DEFAULTS } from '../core/export/recipe.ts';
import type { PlannedItem } from '../core/run/plan.ts';
import { NEVER_TAKEN_UP } from '../core/run/take-up.ts';
import { createDatabase, type Database } from './database.ts';
import { dropItems, endRun, findRun, putPlan, putRun, waitingItems } from './runs.ts';
import type { StoredRun } from './schema.ts';
import { getVariant, putFailure, putVariant } from './variants.ts';

let database: Database;

beforeEach(() => {
  database = createDatabase(crypto.randomUUID());
});
afterEach(async () => {
  vi.restoreAllMocks();
  await database.close();
});

const run: StoredRun = {
  id: 'one',
  phase: 'planned',
  takeUps: NEVER_TAKEN_UP,
  templates: [],
  output: OUTPUT_DEFAULTS,
  model: 'm',
};
const items = (count: number): PlannedItem[] =>
  Array.from({ length: count }, (_, index) => ({
    index,
    key: `k${index}`,
    photo: 'p',
    template: 0,
    sample: 0,
    edits: [],
    state: 'waiting',
  }));
const variant = (key: string): DoneVariant => ({
  key,
  photo: 'p',
  templateId: 't',
  status: 'done',
  format: 'png',
  imageSha256: 'i',
  maskSha256: 'm',
  imageBytes: 1,
  maskBytes: 1,
  maskRle: '',
  components: [],
});
const outputs = { image: new Blob(['i']), mask: new Blob(['m']), thumbnail: new Blob(['t']) };

async function standing() {
  const found = await findRun(database);
  return found.ok ? found.value?.standing : found.problem;
}
async function waiting(): Promise<number[]> {
  const left = await waitingItems(database, 'one');
  return left.ok ? left.value.map(({ index }) => index) : [];
}

test('an item is settled together with its bytes and counted by its state', async () => {
  await putPlan(database, run, items(12));
  expect(await standing()).toEqual({ phase: 'planned', total: 12, done: 0, failed: 0 });
  await putRun(database, { ...run, phase: 'running' });
  await putVariant(database, variant('k10'), outputs, { run: 'one', index: 10 });
  const problem = { kind: 'nothing-found' } as const;
  const failure = { key: 'k0', photo: 'p', templateId: 't', status: 'failed', problem } as const;
  await putFailure(database, failure, { run: 'one', index: 0 });
  expect(await standing()).toEqual({ phase: 'running', total: 12, done: 1, failed: 1 });
  expect(await waiting()).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 11]);
  await dropItems(database, 'one', [1, 2]);
  expect(await standing()).toMatchObject({ total: 10 });
});

test('a full disk settles nothing', async () => {
  await putPlan(database, run, items(1));
  const put = IDBObjectStore.prototype.put;
  vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (
    this: IDBObjectStore,
    ...record
  ) {
    if (this.name === 'runItems') throw new DOMException('full', 'QuotaExceededError');
    return put.apply(this, record);
  });
  const kept = await putVariant(database, variant('k0'), outputs, { run: 'one', index: 0 });
  vi.restoreAllMocks();
  expect(kept).toEqual({ ok: false, problem: { kind: 'storage-full' } });
  expect(await getVariant(database, 'k0')).toEqual({ ok: true, value: undefined });
  expect(await waiting()).toEqual([0]);
});

test('a plan that does not fit leaves the run before it as it was', async () => {
  await putPlan(database, run, items(2));
  let puts = 0;
  const put = IDBObjectStore.prototype.put;
  vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (
    this: IDBObjectStore,
    ...record
  ) {
    if (++puts === 3) throw new DOMException('full', 'QuotaExceededError');
    return put.apply(this, record);
  });
  const kept = await putPlan(database, { ...run, id: 'two' }, items(4));
  expect(kept).toEqual({ ok: false, problem: { kind: 'storage-full' } });
  expect(await findRun(database)).toMatchObject({ value: { run: { id: 'one' } } });
  expect(await waiting()).toEqual([0, 1]);
});

test('a disk that is found full at the end of a transaction says that it is full', async () => {
  await putPlan(database, run, items(1));
  const commit = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (
    this: IDBObjectStore,
  ) {
    // As browsers do it: the transaction carries the reason, its requests only "aborted".
    Object.defineProperty(this.transaction, 'error', {
      value: new DOMException('full', 'QuotaExceededError'),
    });
    this.transaction.abort();
    throw new DOMException('aborted', 'AbortError');
  });
  expect(await putRun(database, run)).toEqual({ ok: false, problem: { kind: 'storage-full' } });
  expect(commit).toHaveBeenCalled();
});

test('what is in hand when a run is cancelled is kept, and the run stays ended', async () => {
  await putPlan(database, run, items(3));
  await endRun(database, { ...run, phase: 'cancelled' });
  await putVariant(database, variant('k1'), outputs, { run: 'one', index: 1 });
  expect(await getVariant(database, 'k1')).toMatchObject({ value: { key: 'k1' } });
  expect(await standing()).toEqual({ phase: 'cancelled', total: 0, done: 0, failed: 0 });
});

test('a run that another has replaced does not come back', async () => {
  await putPlan(database, run, items(2));
  await putPlan(database, { ...run, id: 'two' }, items(1));
  await putRun(database, { ...run, phase: 'paused' });
  await endRun(database, { ...run, phase: 'done' });
  expect(await findRun(database)).toMatchObject({
    value: { run: { id: 'two' }, standing: { phase: 'planned', total: 1 } },
  });
});
