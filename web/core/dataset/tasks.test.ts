import { expect, test } from 'vitest';
import { NEUTRAL_EDITS } from '../edits/edits.ts';
import type { EditSettings } from '../edits/settings.ts';
import { OUTPUT_DEFAULTS } from '../export/recipe.ts';
import { createMask } from '../mask/mask.ts';
import type { Photo } from './photo.ts';
import { layersOf, planVariants } from './tasks.ts';
import type { Template } from './template.ts';
import { photoOf } from './testing/photos.ts';

const photo = (name: string, order: number): Photo =>
  photoOf(name.repeat(64), { name: `${name}.jpg`, width: 30, height: 20, bytes: 100, order });

function template(name: string, edits: Partial<EditSettings>, count?: number): Template {
  const part = { prompts: { points: [], box: null }, edits: { ...NEUTRAL_EDITS, ...edits } };
  return {
    id: name,
    name,
    className: 'sheep',
    placement: 'whole-image',
    reference: '',
    components: [
      { name: 'head', ...part },
      { name: 'body', ...part },
    ],
    ...(count !== undefined && { count }),
  };
}

const PHOTOS = [photo('a', 0), photo('b', 1), photo('c', 2)];
const HUES = { hue: { from: -30, to: 30 } };
const plan = (photos: readonly Photo[], templates: readonly Template[], seed = 1) =>
  planVariants(photos, templates, { ...OUTPUT_DEFAULTS, seed }, 'model');

test('there is one variant of each photo and template, and a count of them where edits vary', () => {
  const made = plan(PHOTOS, [template('fixed', { hue: 3 }, 5), template('varied', HUES, 4)]);
  expect(made.map(({ photo, template, sample }) => [photo.name, template.name, sample])).toEqual(
    PHOTOS.flatMap(({ name }) => [
      [name, 'fixed', 0],
      ...[0, 1, 2, 3].map((sample) => [name, 'varied', sample]),
    ]),
  );
});

test('no two variants share a fingerprint, not even where the same value is drawn', () => {
  const narrow = template('varied', { hue: { from: 5, to: 5 } }, 6);
  const made = plan(PHOTOS, [narrow, template('fixed', {})]);
  expect(new Set(made.map(({ fingerprint }) => fingerprint)).size).toBe(made.length);
});

test('a photo has the same edits whatever stands before it and whatever else is made', () => {
  const varied = template('varied', HUES, 4);
  const ofB = (made: ReturnType<typeof plan>) =>
    made.filter(({ photo, template }) => photo.name === 'b.jpg' && template.name === 'varied');
  const before = ofB(plan(PHOTOS, [varied]));
  const turned = plan([...PHOTOS].reverse(), [template('other', HUES, 2), varied]);
  expect(ofB(turned)).toEqual(before);
});

test('photos, parts, the seed and the shuffle each draw other values', () => {
  const huesOf = (seed: number, shuffle: number) => {
    const varied = { ...template('varied', HUES, 3), shuffle };
    return plan(PHOTOS, [varied], seed).flatMap(({ edits }) => edits.map(({ hue }) => hue));
  };
  const all = [huesOf(1, 0), huesOf(2, 0), huesOf(1, 1)];
  expect(new Set(all.map(String)).size).toBe(3);
  // Values are tenths of 60 degrees; a few of 18 may meet.
  for (const hues of all) expect(new Set(hues).size).toBeGreaterThan(12);
});

test('later samples have grain of their own; the first has that of a template without ranges', () => {
  const [first, second] = plan([PHOTOS[0]], [template('varied', { ...HUES, noise: 0.1 }, 2)]);
  const masks = [createMask(30, 20), createMask(30, 20)];
  const ids = [first, second].map((one) => layersOf(one, masks).map((layer) => layer.componentId));
  expect(ids).toEqual([
    ['varied/head', 'varied/body'],
    ['varied/head#2', 'varied/body#2'],
  ]);
});
