import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { NEUTRAL_EDITS } from '../core/edits/edits.ts';
import { itemsOf, type OpenWorkshop, openWorkshop, pictureFile } from './testing/hand.ts';

let workshop: OpenWorkshop;

beforeEach(async () => {
  workshop = openWorkshop();
  await workshop.load();
});

afterEach(async () => {
  vi.restoreAllMocks();
  await workshop.close();
});

async function addPhotos(count: number): Promise<void> {
  const files = await Promise.all(
    Array.from({ length: count }, (_, i) => pictureFile(`p${i}.png`, 60 + i)),
  );
  await workshop.photos.add(itemsOf(...files));
}

async function saveTemplate(brightness = 0.2): Promise<void> {
  await workshop.templates.save({
    id: 't',
    name: 'square',
    className: 'thing',
    placement: 'same-place',
    reference: workshop.photos.list[0].hash,
    components: [
      {
        name: 'object',
        prompts: { points: [{ x: 0.5, y: 0.5, include: true }], box: null },
        edits: { ...NEUTRAL_EDITS, brightness },
      },
    ],
  });
}

const states = async () =>
  (await workshop.variants.settled()).map(({ variant }) => variant?.status ?? 'missing');

test('every photo gets its variant', async () => {
  await addPhotos(3);
  await saveTemplate();
  await workshop.run.start();
  expect(await states()).toEqual(['done', 'done', 'done']);
  expect(workshop.run.state().kind).toBe('idle');
});

test('a second run makes only what is missing or has changed', async () => {
  await addPhotos(2);
  await saveTemplate();
  await workshop.run.start();
  const asked = workshop.segmenter.asked;
  await addPhotos(3);
  await workshop.run.start();
  expect(workshop.segmenter.asked).toBe(asked + 1);
  await saveTemplate(0.4);
  expect(await states()).toEqual(['missing', 'missing', 'missing']);
  await vi.waitFor(() => expect(workshop.variants.outdated()).toBe(3));
  await workshop.run.start();
  expect(await states()).toEqual(['done', 'done', 'done']);
});

test('one bad photo is listed with its reason and the rest goes on', async () => {
  await addPhotos(3);
  await saveTemplate();
  const bad = workshop.photos.list[1].hash;
  await workshop.services.database.run((db) => db.put('files', new Blob(['no picture']), bad));
  await workshop.services.pixels.release();
  await workshop.run.start();
  expect(await states()).toEqual(['done', 'failed', 'done']);
  const [, slot] = await workshop.variants.settled();
  expect(slot.variant).toMatchObject({ status: 'failed', problem: { kind: 'not-an-image' } });
  expect(workshop.notices.list().at(-1)?.message).toBe('2 variants made, 1 failed.');
});

test('a failed photo is tried again', async () => {
  await addPhotos(1);
  await saveTemplate();
  workshop.segmenter.fail = true;
  await workshop.run.start();
  expect(await states()).toEqual(['failed']);
  workshop.segmenter.fail = false;
  await workshop.run.start();
  expect(await states()).toEqual(['done']);
});

/** Makes every later write of bytes to `outputs` fail as a full disk does, but for `spared`. */
function fillDisk(spared: string) {
  const put = IDBObjectStore.prototype.put;
  return vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (
    this: IDBObjectStore,
    ...args
  ) {
    if (this.name === 'outputs' && !String(args[1]).startsWith(spared)) {
      throw new DOMException('full', 'QuotaExceededError');
    }
    return put.apply(this, args);
  });
}

test('a full disk stops the run, keeps what was made, says so, and the run goes on', async () => {
  await addPhotos(3);
  await saveTemplate();
  const [first] = await workshop.variants.settled();
  const spy = fillDisk(first.key);
  await workshop.run.start();
  spy.mockRestore();
  expect((await states()).toSorted()).toEqual(['done', 'missing', 'missing']);
  const notice = workshop.notices.list().at(-1);
  expect(notice?.tone).toBe('error');
  expect(notice?.message).toMatch(/^Stopped at p[12]\.png: This device has no room left/);
  expect(notice?.next).toMatch(/Then resume: what was made so far is kept/);
  expect(workshop.run.state()).toMatchObject({
    kind: 'paused',
    standing: { done: 1, failed: 0, total: 3 },
    why: { message: notice?.message },
  });
  await workshop.run.resume();
  expect(await states()).toEqual(['done', 'done', 'done']);
  const told = workshop.notices.list().map(({ message }) => message);
  expect(told).toContain('3 variants made.');
  expect(told).not.toContain(notice?.message);
});

test('cancel keeps what was made and what was in hand, and leaves the rest', async () => {
  await addPhotos(8);
  await saveTemplate();
  workshop.segmenter.onAsk = () => {
    if (workshop.segmenter.asked === 7) workshop.run.cancel();
  };
  await workshop.run.start();
  const list = await states();
  const made = list.filter((state) => state === 'done').length;
  expect(made).toBeGreaterThan(0);
  expect(made).toBeLessThan(8);
  expect(new Set(list)).toEqual(new Set(['done', 'missing']));
  expect(workshop.notices.list().at(-1)?.message).toMatch(
    new RegExp(`^Cancelled\\. ${made} variants? made; they are kept\\.$`),
  );
  expect(workshop.run.state()).toEqual({ kind: 'idle' });
});

test('everything is there again after the page was closed', async () => {
  await addPhotos(2);
  await saveTemplate();
  await workshop.run.start();
  const { name } = workshop;
  await workshop.close();
  workshop = openWorkshop(name);
  await workshop.load();
  expect(workshop.photos.list.map((photo) => photo.name)).toEqual(['p0.png', 'p1.png']);
  expect(workshop.templates.list.map((template) => template.name)).toEqual(['square']);
  expect(await states()).toEqual(['done', 'done']);
});

test('the same photo twice, too many photos, and a bad file are refused by name', async () => {
  workshop.photos.setLimits({ ...workshop.photos.limits(), images: 2 });
  await workshop.photos.add(
    itemsOf(
      await pictureFile('one.png', 70),
      await pictureFile('again.png', 70),
      { ok: true, name: 'notes.jpg', folder: '', blob: new Blob(['hello']) },
      { ok: true, name: 'empty.png', folder: '', blob: new Blob([]) },
      await pictureFile('two.png', 71),
      await pictureFile('three.png', 72),
    ),
  );
  expect(workshop.photos.list.map(({ name }) => name)).toEqual(['one.png', 'two.png']);
  expect(workshop.photos.refused().map(({ message }) => message)).toEqual([
    '“again.png” is the same photo as “one.png”, byte for byte.',
    '“notes.jpg” is a text file.',
    '“empty.png” is empty (0 bytes).',
    '“three.png” was left out: the dataset holds 2 photos already.',
  ]);
});

test('removing photos can be undone', async () => {
  await addPhotos(2);
  await workshop.photos.remove([workshop.photos.list[0].hash]);
  expect(workshop.photos.list).toHaveLength(1);
  workshop.notices.list().at(-1)?.action?.run();
  await vi.waitFor(() =>
    expect(workshop.photos.list.map(({ name }) => name)).toEqual(['p0.png', 'p1.png']),
  );
});
