import { createRoot } from 'solid-js';
import { createServices } from '../../web/app/services.ts';
import { DEFAULT_LIMITS } from '../../web/core/dataset/limits.ts';
import type { Photo } from '../../web/core/dataset/photo.ts';
import { NEUTRAL_EDITS } from '../../web/core/edits/edits.ts';
import { frameOf } from '../../web/core/segmentation/model-space.ts';
import type { Tier } from '../../web/core/segmentation/tiers.ts';
import { putPhoto } from '../../web/storage/photos.ts';
import { createWorkshop, type Workshop } from '../../web/workshop/workshop.ts';
import { openBare } from './bare.ts';

/** A photo at 3:2, as most cameras take them. */
const PHOTO = { width: 1536, height: 1024 };
const SAMPLES = ['bison', 'cow', 'hedgehog', 'moose', 'pig', 'sheep'];

/** Bare runs of each tier before every run, and as many after it: single ones differ by a fifth. */
const BARE_RUNS = 6;

const MEASURED = ['quick', 'balanced', 'reference'] as const;
type Measured = (typeof MEASURED)[number];

/** Milliseconds. */
export interface RunTime {
  /** From “Generate” until the last variant is stored, nothing encoded before. */
  readonly wall: number;
  /** Mean of a bare encoder run on the grid of each tier, just before and just after this run. */
  readonly bare: Readonly<Record<Measured, number>>;
}

/** Milliseconds. */
export interface RunTimes {
  readonly photos: number;
  readonly threads: number;
  /** Encoders that worked side by side at the end of the first run. */
  readonly sessions: number;
  readonly balanced: RunTime;
  readonly quick: RunTime;
  readonly reference: RunTime;
  /** The first one again with other edits, in a page opened anew. */
  readonly otherEdits: number;
}

/** JPEGs that differ by a few pixels of their place, so that each is another photo. */
async function drawPhoto(index: number): Promise<Blob> {
  const sample = await fetch(`/samples/${SAMPLES[index % SAMPLES.length]}.jpg`);
  const bitmap = await createImageBitmap(await sample.blob());
  const canvas = new OffscreenCanvas(PHOTO.width, PHOTO.height);
  const scale = 1.2 * Math.max(PHOTO.width / bitmap.width, PHOTO.height / bitmap.height);
  const [width, height] = [bitmap.width * scale, bitmap.height * scale];
  canvas.getContext('2d')?.drawImage(bitmap, -2 * index, -index, width, height);
  bitmap.close();
  return canvas.convertToBlob({ type: 'image/jpeg', quality: 0.9 });
}

/** Puts photos where an import puts them, without encoding them ahead. */
async function importPhotos({ services }: Workshop, count: number): Promise<Photo[]> {
  const photos: Photo[] = [];
  for (let order = 0; order < count; order++) {
    const blob = await drawPhoto(order);
    const name = `${order}.jpg`;
    const inspected = await services.pixels.inspect(name, blob, DEFAULT_LIMITS);
    if (!inspected.ok) throw new Error(inspected.problem.kind);
    const { sha256, thumbnail, ...known } = inspected.value;
    const photo: Photo = { ...known, hash: sha256, name, folder: '', order };
    const kept = await putPhoto(services.database, photo, blob, thumbnail);
    if (!kept.ok) throw new Error(kept.problem.kind);
    photos.push(photo);
  }
  await services.pixels.release();
  return photos;
}

/** Saves the template, clicked in the middle, with this brightness. */
async function saveTemplate(workshop: Workshop, reference: string, brightness: number) {
  const prompts = { points: [{ x: 0.5, y: 0.5, include: true }], box: null };
  const edits = { ...NEUTRAL_EDITS, brightness, hue: 25, saturation: 0.2 };
  await workshop.templates.save({
    id: 'bench',
    name: 'animal',
    className: 'animal',
    placement: 'same-place',
    reference,
    components: [{ name: 'object', prompts, edits }],
  });
}

/** Presses “Generate” and waits for the last variant. */
async function generate(workshop: Workshop, count: number): Promise<number> {
  const begun = performance.now();
  await workshop.run.start();
  const time = performance.now() - begun;
  const { done, failed, missing } = workshop.variants.counts();
  if (done !== count) {
    const ended = JSON.stringify(workshop.run.state());
    throw new Error(`${done} made, ${failed} failed, ${missing} missing: ${ended}`);
  }
  return time;
}

/** A page's state; `load` and the engine's start are not part of a run. */
async function openWorkshop(): Promise<Workshop> {
  const workshop = createRoot(() => createWorkshop(createServices()));
  await workshop.load();
  await workshop.segmenter.start();
  const state = workshop.segmenter.state();
  if (state.kind === 'failed') throw new Error(state.problem.kind);
  return workshop;
}

async function measure(count: number): Promise<RunTimes> {
  const workshop = await openWorkshop();
  const { segmenter, quality, photos: library, services } = workshop;

  const timeBare = async () => {
    const times = { quick: [] as number[], balanced: [] as number[], reference: [] as number[] };
    const opened = await openBare(services.engine, 'encoder');
    for (const tier of MEASURED) {
      const { grid } = frameOf(PHOTO, tier);
      await opened.bare.time(grid);
      for (let i = 0; i < BARE_RUNS; i++) times[tier].push(await opened.bare.time(grid));
    }
    opened.close();
    return times;
  };

  const photos = await importPhotos(workshop, count);
  await saveTemplate(workshop, photos[0].hash, 0.1);
  let before = await timeBare();
  /** The sum of bare runs is what a run is compared with, so slow ones count as they come. */
  const run = async (tier: Tier, open = async () => {}): Promise<RunTime> => {
    quality.setTier(tier);
    const begun = performance.now();
    await open();
    await generate(workshop, count);
    const wall = performance.now() - begun;
    const [earlier, later] = [before, await timeBare()];
    before = later;
    const meanOf = (of: Measured) => mean([...earlier[of], ...later[of]]);
    return {
      wall,
      bare: {
        quick: meanOf('quick'),
        balanced: meanOf('balanced'),
        reference: meanOf('reference'),
      },
    };
  };
  // The list of photos has them encoded ahead, so it is part of the first run.
  const balanced = await run('balanced', () => library.load());
  const sessions = sessionsOf(workshop);
  const quick = await run('quick');
  const reference = await run('reference');
  quality.setTier('balanced');

  // Answers that are still in memory would make a small dataset look better than a large one.
  const reopened = await openWorkshop();
  await saveTemplate(reopened, photos[0].hash, -0.1);
  const otherEdits = await generate(reopened, count);
  const state = segmenter.state();
  return {
    photos: count,
    threads: state.kind === 'ready' ? state.report.threads : 0,
    sessions,
    balanced,
    quick,
    reference,
    otherEdits,
  };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function sessionsOf({ segmenter }: Workshop): number {
  const state = segmenter.state();
  return state.kind === 'ready' ? (state.many?.sessions ?? 1) : 0;
}

Object.assign(globalThis, { measure });
