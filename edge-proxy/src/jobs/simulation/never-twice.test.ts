import { runInDurableObject } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { describe, expect, it } from 'vitest';
import { isOver } from '../../ledger/job.ts';
import { debit } from '../../ledger/machine.ts';
import { type Books, type Faults, openBooks, World } from './world.ts';

const schedules = Number(env.SCHEDULES ?? 10_000);
const natures = [
  { sync: false, lists: true },
  { sync: false, lists: false },
  { sync: true, lists: false },
];

function faultsOf(seed: number): Faults {
  const level = (seed % 7) / 6;
  return {
    request: 0.25 * level,
    reply: 0.3 * level,
    crash: 0.12 * (((seed >> 3) % 5) / 4),
    webhook: ((seed >> 5) % 3) / 2,
  };
}

async function play(books: Books, seed: number): Promise<World> {
  const nature = natures[seed % natures.length]!;
  const world = new World(books, seed, nature, faultsOf(seed));
  const clicks = 1 + (seed % 5);
  for (let n = 0; n < clicks; n += 1) world.click(`k${n}`, 90_000);
  await world.run(3 * 3_600_000);
  return world;
}

/** What is wrong with the end of one schedule; empty when all is well. */
function verdict(world: World): string[] {
  const wrong = [...world.problems];
  let houseWanted = 0;
  for (const job of world.jobs()) {
    const charges = world.vendor.charges.get(job.id) ?? [];
    const charged = charges.reduce((sum, micros) => sum + micros, 0);
    if (charges.length > 1) wrong.push(`${job.id} charged ${charges.length} times`);
    if (!isOver(job.state) || job.nextAt !== null) wrong.push(`${job.id} stuck in ${job.state}`);
    if (job.payment === 'settled' && job.settledMicros !== charged && charged > 0) {
      wrong.push(`${job.id} settled ${job.settledMicros}, charged ${charged}`);
    }
    if (job.payment === 'settled' && charged === 0) wrong.push(`${job.id} settled for nothing`);
    if (job.payment === 'released' && charged > 0) wrong.push(`${job.id} released but charged`);
    if (job.payment === 'reserved' || job.payment === 'sent') wrong.push(`${job.id} undecided`);
    if (job.state === 'succeeded' && job.outputs.length === 0) wrong.push(`${job.id} empty`);
    if (job.request !== null) wrong.push(`${job.id} kept its prompt`);
    houseWanted += debit(job.payment, job.reservedMicros, job.settledMicros);
  }
  const house = world.house.spend('192.0.2.1', world.clock.now).monthMicros;
  if (house !== houseWanted) wrong.push(`house ${house}, accounts ${houseWanted}`);
  return wrong;
}

describe('never twice', () => {
  it(`holds over ${schedules} seeded schedules`, { timeout: 600_000 }, async () => {
    const stub = env.ACCOUNT.get(env.ACCOUNT.idFromName('simulation'));
    await runInDurableObject(stub, async (_object, state) => {
      const books = openBooks(state.storage);
      const deaths = new Set<string>();
      let unknown = 0;
      let jobs = 0;
      for (let seed = 1; seed <= schedules; seed += 1) {
        const world = await play(books, seed);
        const wrong = verdict(world);
        expect(wrong, `seed ${seed}`).toEqual([]);
        for (const where of world.deaths.keys()) deaths.add(where);
        jobs += world.jobs().length;
        unknown += world.jobs().filter((job) => job.payment === 'unknown').length;
      }
      // The schedules really visit every await, and really lose calls.
      expect(deaths.size).toBe(18);
      expect(unknown).toBeGreaterThan(0);
      expect(unknown).toBeLessThan(jobs / 2);
    });
  });
});
