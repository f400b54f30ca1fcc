import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { NEUTRAL_EDITS } from '../core/edits/edits.ts';
import type { RunState } from './run/state.ts';
import { itemsOf, type OpenWorkshop, openWorkshop, pictureFile } from './testing/hand.ts';

const COUNT = 8;
let here: OpenWorkshop;
const tabs: OpenWorkshop[] = [];

beforeEach(async () => {
  here = await openTab();
  const files = await Promise.all(
    Array.from({ length: COUNT }, (_, i) => pictureFile(`p${i}.png`, 60 + i)),
  );
  await here.photos.add(itemsOf(...files));
  await saveTemplate(here, 0.2);
});

afterEach(async () => {
  vi.restoreAllMocks();
  await Promise.all(tabs.splice(0).map((tab) => tab.close()));
});

/** Another tab of the same project; the first one opens a new project. */
async function openTab(name?: string, workers?: number): Promise<OpenWorkshop> {
  const tab = openWorkshop(name, workers);
  tabs.push(tab);
  await tab.load();
  return tab;
}

async function closeTab(tab: OpenWorkshop): Promise<void> {
  tabs.splice(tabs.indexOf(tab), 1);
  await tab.close();
}

async function saveTemplate(tab: OpenWorkshop, brightness: number): Promise<void> {
  await tab.templates.save({
    id: 't',
    name: 'square',
    className: 'thing',
    placement: 'same-place',
    reference: tab.photos.list[0].hash,
    components: [
      {
        name: 'object',
        prompts: { points: [{ x: 0.5, y: 0.5, include: true }], box: null },
        edits: { ...NEUTRAL_EDITS, brightness, noise: 0.1 },
      },
    ],
  });
}

const made = async (tab: OpenWorkshop) =>
  (await tab.variants.settled()).filter(({ variant }) => variant?.status === 'done').length;

/** Everything that an archive would be made of. */
const results = async (tab: OpenWorkshop) =>
  (await tab.variants.settled()).map(({ variant }) => variant);

/** Lets `doing` happen when so many questions have been asked. */
function atQuestion(tab: OpenWorkshop, question: number, doing: () => void): void {
  tab.segmenter.onAsk = () => {
    if (tab.segmenter.asked === question) doing();
  };
}

async function becomes(tab: OpenWorkshop, kind: RunState['kind']): Promise<void> {
  await vi.waitFor(() => expect(tab.run.state().kind).toBe(kind), { timeout: 20_000 });
}

test('a paused run is offered, by itself it does not go on, and resumed it ends the same', async () => {
  atQuestion(here, 6, () => here.run.pause());
  await here.run.start();
  expect(here.run.state()).toMatchObject({ kind: 'paused', why: null });
  const before = await made(here);
  expect(before).toBeGreaterThan(0);
  expect(before).toBeLessThan(COUNT);

  await closeTab(here);
  const later = await openTab(here.name);
  await later.run.load();
  expect(later.run.state()).toMatchObject({
    kind: 'paused',
    standing: { total: COUNT, done: before, failed: 0 },
  });
  await later.run.resume();
  expect(later.segmenter.asked).toBe(COUNT - before);
  const resumed = await results(later);
  expect(await made(later)).toBe(COUNT);

  await later.variants.clear();
  await later.run.start();
  expect(await results(later)).toEqual(resumed);
});

test('a run that was cut short goes on by itself where it was', async () => {
  atQuestion(here, 6, () => void closeTab(here));
  await here.run.start();
  const later = await openTab(here.name);
  const before = await made(later);
  expect(before).toBeLessThan(COUNT);
  await later.run.load();
  expect(later.run.state()).toEqual({ kind: 'idle' });
  expect(await made(later)).toBe(COUNT);
  expect(later.segmenter.asked).toBe(COUNT - before);
});

test('a run keeps to the settings it was begun with', async () => {
  atQuestion(here, 5, () => here.run.pause());
  await here.run.start();
  await saveTemplate(here, 0.4);
  expect(await made(here)).toBe(0);
  await here.run.resume();
  expect(await made(here)).toBe(0);
  await vi.waitFor(() => expect(here.variants.outdated()).toBe(COUNT));
  await saveTemplate(here, 0.2);
  expect(await made(here)).toBe(COUNT);
});

test('what was removed meanwhile is not made', async () => {
  atQuestion(here, 5, () => here.run.pause());
  await here.run.start();
  const left = (await here.variants.settled()).filter(({ variant }) => !variant);
  await here.photos.remove([left[0].photo.hash]);
  const asked = here.segmenter.asked;
  await here.run.resume();
  expect(here.segmenter.asked - asked).toBe(left.length - 1);
  expect(here.run.state()).toEqual({ kind: 'idle' });
  expect(await made(here)).toBe(COUNT - 1);
});

test('discarding keeps what was made; retrying makes what failed and nothing else', async () => {
  here.segmenter.fail = true;
  atQuestion(here, 6, () => here.run.pause());
  await here.run.start();
  expect(here.run.state().kind).toBe('paused');
  here.run.cancel();
  await becomes(here, 'idle');
  const failed = here.variants.counts().failed;
  expect(failed).toBeGreaterThan(0);

  here.segmenter.fail = false;
  const asked = here.segmenter.asked;
  await here.run.retryFailed();
  expect(here.segmenter.asked - asked).toBe(failed);
  expect(await made(here)).toBe(failed);
  const later = await openTab(here.name);
  await later.run.load();
  expect(later.run.state()).toEqual({ kind: 'idle' });
});

test('without a model a run waits instead of failing photo after photo', async () => {
  const state = vi.spyOn(here.segmenter, 'state').mockReturnValue({
    kind: 'failed',
    problem: { kind: 'model-unavailable', file: 'decoder.onnx', status: 0 },
  });
  here.segmenter.fail = true;
  await here.run.start();
  expect(here.run.state()).toMatchObject({
    kind: 'paused',
    standing: { done: 0, failed: 0, total: COUNT },
    why: { message: 'The model file decoder.onnx could not be fetched.' },
  });
  state.mockRestore();
  here.segmenter.fail = false;
  await here.run.resume();
  expect(await made(here)).toBe(COUNT);
});

test('a run does not go on with another model than it was planned with', async () => {
  const planned = here.variants.model();
  const model = vi.spyOn(here.variants, 'model').mockReturnValue(planned);
  atQuestion(here, 5, () => model.mockReturnValue('another'));
  await here.run.start();
  expect(here.run.state()).toMatchObject({
    kind: 'paused',
    why: { message: expect.stringContaining('another model') },
  });
  const { asked } = here.segmenter;
  await here.run.resume();
  expect(here.run.state().kind).toBe('paused');
  expect(here.segmenter.asked).toBe(asked);
  model.mockReturnValue(planned);
  await here.run.resume();
  expect(await made(here)).toBe(COUNT);
});

test('a second tab watches, sees every result, and can pause the first', async () => {
  const other = await openTab(here.name);
  atQuestion(here, 6, () => other.run.pause());
  // The first tab waits at its third question until the second one shows how it goes.
  const segment = here.segmenter.segment.bind(here.segmenter);
  here.segmenter.segment = async (...question) => {
    if (here.segmenter.asked === 2) {
      await vi.waitFor(() =>
        expect(other.run.state()).toMatchObject({
          kind: 'working',
          by: 'another-tab',
          progress: { total: COUNT },
        }),
      );
      await other.run.start();
    }
    return segment(...question);
  };
  await here.run.start();
  expect(other.segmenter.asked).toBe(0);
  expect(here.run.state()).toMatchObject({ kind: 'paused' });
  await becomes(other, 'paused');
  await vi.waitFor(async () => expect(await made(other)).toBe(await made(here)));

  await other.run.resume();
  await becomes(here, 'idle');
  await vi.waitFor(async () => expect(await made(here)).toBe(COUNT));
  expect(other.segmenter.asked).toBeGreaterThan(0);
});

test('when the tab that works is lost another one takes over', async () => {
  const other = await openTab(here.name);
  atQuestion(here, 6, () => void closeTab(here));
  await here.run.start();
  await vi.waitFor(async () => expect(await made(other)).toBe(COUNT), { timeout: 20_000 });
  await becomes(other, 'idle');
  expect(other.segmenter.asked).toBeGreaterThan(0);
  expect(other.segmenter.asked).toBeLessThan(COUNT);
});

test('one worker and three make the same', async () => {
  await here.run.start();
  const two = await results(here);
  await here.variants.clear();
  const { name } = here;
  for (const workers of [1, 3]) {
    const tab = await openTab(name, workers);
    await tab.run.start();
    expect(await results(tab)).toEqual(two);
    await tab.variants.clear();
    await closeTab(tab);
  }
});
