import { createRoot } from 'solid-js';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Variant } from '../core/dataset/variant.ts';
import { putFailure } from '../storage/variants.ts';
import { createRetention, type Retention } from './retention.ts';
import { itemsOf, type OpenWorkshop, openWorkshop, pictureFile } from './testing/hand.ts';

const DAY = 86_400_000;

let workshop: OpenWorkshop;
let now: number;
let dispose: () => void;
let retention: Retention;

/** As after a start of the app: libraries and retention read back what was kept. */
async function reopen(): Promise<void> {
  dispose?.();
  await workshop.load();
  createRoot((end) => {
    dispose = end;
    retention = createRetention(workshop.services, workshop, workshop.notices, () => now);
  });
  await retention.load();
}

async function later(days: number): Promise<void> {
  now += days * DAY;
  await reopen();
}

async function make(key: string): Promise<void> {
  const variant: Variant = {
    key,
    photo: 'p',
    templateId: 't',
    status: 'failed',
    problem: { kind: 'nothing-found' },
  };
  await putFailure(workshop.services.database, variant);
}

const isThere = (key: string) => workshop.variants.variantOf(key) !== undefined;

beforeEach(async () => {
  now = 1_800_000_000_000;
  workshop = openWorkshop();
  await make('old');
  await reopen();
});

afterEach(async () => {
  dispose();
  await workshop.close();
});

test('unless asked for, nothing is ever removed or announced', async () => {
  await later(5000);
  expect(retention.reminder()).toBeNull();
  expect(isThere('old')).toBe(true);
});

test('announced, seen, and gone after its notice; what came later stays', async () => {
  await retention.setSettings({ variantDays: 30, photoDays: null, noticeDays: 7 });
  expect(retention.reminder()).toBeNull();
  await later(20);
  await make('new');
  await later(4);
  expect(retention.reminder()).toMatchObject({ variants: 1, photos: 0, isNew: true });
  expect(retention.reminder()?.removeAt).toBe(now + 7 * DAY);
  await retention.seen();
  expect(retention.reminder()).toMatchObject({ variants: 1, isNew: false });
  await later(6.9);
  expect(isThere('old')).toBe(true);
  await later(0.2);
  expect(isThere('old')).toBe(false);
  expect(isThere('new')).toBe(true);
  expect(workshop.notices.list().at(-1)?.message).toBe('1 result removed, as announced.');
});

test('not seen, it stays however late it is', async () => {
  await retention.setSettings({ variantDays: 1, photoDays: null, noticeDays: 1 });
  await later(300);
  await later(300);
  expect(isThere('old')).toBe(true);
  expect(retention.reminder()).toMatchObject({ isNew: true });
});

test('kept, it has its full time again', async () => {
  await retention.setSettings({ variantDays: 30, photoDays: null, noticeDays: 7 });
  await later(29);
  await retention.seen();
  await retention.keep();
  expect(retention.reminder()).toBeNull();
  await later(22);
  expect(retention.reminder()).toBeNull();
  await later(2);
  expect(retention.reminder()).toMatchObject({ isNew: true });
});

test('a reminder given under other settings does not count', async () => {
  await retention.setSettings({ variantDays: 30, photoDays: null, noticeDays: 7 });
  await later(30);
  await retention.seen();
  await later(3);
  await retention.setSettings({ variantDays: 14, photoDays: null, noticeDays: 7 });
  await later(5);
  expect(isThere('old')).toBe(true);
  expect(retention.reminder()).toMatchObject({ isNew: true });
});

test('removed now, it is gone now', async () => {
  await retention.setSettings({ variantDays: 30, photoDays: null, noticeDays: 7 });
  await later(25);
  await retention.removeNow();
  expect(isThere('old')).toBe(false);
  expect(retention.reminder()).toBeNull();
});

test('photos go the same way and can be brought back; a template’s own photo stays', async () => {
  await workshop.photos.add(
    itemsOf(await pictureFile('a.png', 80), await pictureFile('b.png', 90)),
  );
  const [reference] = workshop.photos.list;
  workshop.editor.show(reference.hash);
  const draft = {
    ...workshop.editor.draft(),
    name: 'n',
    className: 'c',
    reference: reference.hash,
  };
  await workshop.templates.save({ ...draft, placement: 'whole-image' });
  await reopen();
  await retention.setSettings({ variantDays: null, photoDays: 10, noticeDays: 2 });
  await later(9);
  expect(retention.reminder()).toMatchObject({ photos: 1, variants: 0 });
  await retention.seen();
  await later(2);
  expect(workshop.photos.list.map(({ name }) => name)).toEqual(['a.png']);
  const undo = workshop.notices.list().find(({ action }) => action)?.action;
  await undo?.run();
  await expect.poll(() => workshop.photos.list.length).toBe(2);
});
