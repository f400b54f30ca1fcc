import { afterAll, beforeAll, expect, test } from 'vitest';
import { NEUTRAL_EDITS } from '../core/edits/edits.ts';
import { itemsOf, type OpenWorkshop, openWorkshop, pictureFile } from './testing/hand.ts';
import {
  type FaultKind,
  injectStorageFaults,
  type StorageFaults,
} from './testing/storage-faults.ts';

const COUNT = 3;
let workshop: OpenWorkshop;
let faults: StorageFaults;
let expected: unknown;

const results = async () =>
  (await workshop.variants.settled()).map(({ variant }) => variant ?? null);

/** Keys of everything that runs leave on the disk. */
async function onDisk() {
  const read = await workshop.services.database.run(async (db) => ({
    variants: await db.getAllKeys('variants'),
    outputs: await db.getAllKeys('outputs'),
    waiting: await db.countFromIndex('runItems', 'state'),
  }));
  if (!read.ok) throw new Error(read.problem.kind);
  return read.value;
}

beforeAll(async () => {
  faults = injectStorageFaults();
  workshop = openWorkshop();
  await workshop.load();
  const files = await Promise.all(
    Array.from({ length: COUNT }, (_, i) => pictureFile(`p${i}.png`, 40 + i)),
  );
  await workshop.photos.add(itemsOf(...files));
  await workshop.templates.save({
    id: 't',
    name: 'all',
    className: 'thing',
    placement: 'whole-image',
    reference: workshop.photos.list[0].hash,
    components: [
      {
        name: 'object',
        prompts: { points: [], box: null },
        edits: { ...NEUTRAL_EDITS, brightness: 0.1 },
      },
    ],
  });
  await workshop.run.start();
  expected = await results();
});

afterAll(async () => {
  faults.restore();
  await workshop.close();
});

/** What the user reads after a fault: an error that says what to do next. */
function expectTold(): void {
  const last = workshop.notices.list().at(-1);
  expect(last?.tone).toBe('error');
  expect(last?.next).toMatch(/\.$/);
  const state = workshop.run.state();
  if (state.kind === 'paused') expect(state.why?.message).toBe(last?.message);
}

async function expectConsistent(): Promise<void> {
  const { variants, outputs } = await onDisk();
  const roles = ['image', 'mask', 'thumbnail'];
  expect(outputs).toEqual(variants.flatMap((key) => roles.map((role) => `${key}/${role}`)));
  const seen = (await results()).filter((variant) => variant !== null);
  expect(seen.map(({ key }) => key).sort()).toEqual(variants);
}

test.each<FaultKind>(['full', 'aborted', 'lost'])(
  'whichever storage call of a run fails (%s), it is told, kept apart and made good',
  async (kind) => {
    let hasFired = true;
    let stops = 0;
    for (let nth = 1; hasFired; nth++) {
      await workshop.variants.clear();
      faults.arm(kind, nth);
      await workshop.run.start();
      hasFired = faults.heal();
      await expectConsistent();
      const isComplete = (await results()).every((variant) => variant !== null);
      if (!isComplete) {
        stops++;
        expectTold();
        if (workshop.run.state().kind === 'paused') await workshop.run.resume();
        else await workshop.run.start();
      }
      expect(workshop.run.state()).toEqual({ kind: 'idle' });
      expect(await results()).toEqual(expected);
      await expectConsistent();
      for (const { id } of workshop.notices.list()) workshop.notices.dismiss(id);
    }
    // A lost connection is opened again without the user noticing; the others stop the run.
    if (kind === 'lost') expect(stops).toBe(0);
    else expect(stops).toBeGreaterThan(COUNT);
    expect((await onDisk()).waiting).toBe(0);
  },
);
