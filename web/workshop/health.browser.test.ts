import { createRoot } from 'solid-js';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type HealthReport, variantFinding } from '../core/dataset/health.ts';
import type { CheckRequest } from '../workers/health/contract.ts';
import { createHealthCheck, type Health } from './health.ts';
import type { Services } from './services.ts';
import { itemsOf, type OpenWorkshop, openWorkshop, pictureFile } from './testing/hand.ts';

type Check = Services['health']['check'];

let workshop: OpenWorkshop;
let health: Health;
let dispose: () => void;
let answers: ((report: HealthReport) => void)[];
let asked: CheckRequest[];
let tell: Parameters<Check>[1];

/** A worker whose answers the test gives. */
const check: Check = (request, onProgress) => {
  asked.push(request);
  tell = onProgress;
  return new Promise((resolve) => {
    answers.push((value) => resolve({ ok: true, value }));
  });
};

const found = (photo: string): HealthReport => {
  const failed = variantFinding(
    { key: 'k', photo, templateId: 't', status: 'failed', problem: { kind: 'nothing-found' } },
    { width: 80, height: 60 },
    'same-place',
  );
  return { findings: failed ? [failed] : [], classes: [], compared: 0, judged: 1 };
};

function start(): void {
  const services = {
    ...workshop.services,
    health: { check, cancel: async () => undefined, dispose: () => undefined },
  };
  createRoot((end) => {
    dispose = end;
    const { segmenter, photos, variants } = workshop;
    health = createHealthCheck(services, segmenter, photos, variants);
  });
}

/** Checks, and lets the worker answer with a finding on the first photo. */
async function checkAndFind(): Promise<void> {
  const done = health.check();
  answers.at(-1)?.(found(workshop.photos.list[0].hash));
  await done;
}

beforeEach(async () => {
  answers = [];
  asked = [];
  workshop = openWorkshop();
  await workshop.load();
  await workshop.photos.add(
    itemsOf(await pictureFile('a.png', 80), await pictureFile('b.png', 90)),
  );
  start();
});

afterEach(async () => {
  dispose();
  await workshop.close();
});

test('a check is of the dataset as it is; a change makes it stale', async () => {
  expect(health.isStale()).toBe(true);
  await checkAndFind();
  expect(asked[0].photos.map(({ width }) => width)).toEqual([80, 90]);
  expect(health.isStale()).toBe(false);
  expect(health.findings()).toHaveLength(1);
  await workshop.photos.add(itemsOf(await pictureFile('c.png', 70)));
  expect(health.isStale()).toBe(true);
});

test('a reading that comes after the answer does not bring the progress back', async () => {
  await checkAndFind();
  tell({ stage: 'pairs', done: 1, total: 1, rate: null, secondsLeft: null });
  expect(health.progress()).toBeNull();
});

test('only the newest check counts, and a cancelled one does not', async () => {
  const first = health.check();
  const second = health.check();
  answers[1]({ findings: [], classes: [], compared: 2, judged: 0 });
  await second;
  answers[0](found(workshop.photos.list[0].hash));
  await first;
  expect(health.report()?.compared).toBe(2);
  const third = health.check();
  health.cancel();
  expect(health.progress()).toBeNull();
  answers[2](found(workshop.photos.list[0].hash));
  await third;
  expect(health.findings()).toEqual([]);
});

test('a finding goes with its photo and comes back with it', async () => {
  await checkAndFind();
  await workshop.photos.remove([workshop.photos.list[0].hash]);
  expect(health.findings()).toEqual([]);
  await workshop.notices
    .list()
    .find(({ action }) => action)
    ?.action?.run();
  await expect.poll(() => health.findings().length).toBe(1);
});

test('what was dismissed stays so after a restart, until it is taken back', async () => {
  await checkAndFind();
  health.dismiss(health.findings()[0].id);
  expect(health.findings()).toEqual([]);
  expect(health.dismissed()).toBe(1);
  dispose();
  start();
  await expect
    .poll(async () => {
      await health.load();
      await checkAndFind();
      return health.dismissed();
    })
    .toBe(1);
  health.restore();
  expect(health.findings()).toHaveLength(1);
});
