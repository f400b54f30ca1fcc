import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { openNodeSam } from '../../models/node-sam.ts';
import { type Chooser, chooseByLook, chooseLikeSam } from '../../web/core/segmentation/choose.ts';
import { pairNames, readPair } from './pairs.ts';
import { type Summary, scorePhoto, summarise } from './score.ts';

const FOLDER = resolve(import.meta.dirname, '../../../shared/data/clicks');

/** The packaged decoder on these eight photos, native runtime, the same simulated clicks. */
const REFERENCE = { at1: 0.749, at3: 0.866, at5: 0.949 };
const TOLERANCE = 0.01;

// Photographs under research terms, not part of the repository.
describe.skipIf(!existsSync(join(FOLDER, '106024.jpg')))('on photographs with ground truth', () => {
  const summaries = new Map<Chooser, Summary>();

  beforeAll(async () => {
    const sam = await openNodeSam();
    const scores = new Map<Chooser, (readonly number[])[]>([
      [chooseLikeSam, []],
      [chooseByLook, []],
    ]);
    for (const file of pairNames(FOLDER)) {
      const { photo, truth } = await readPair(FOLDER, file);
      const encoded = await sam.encode(photo, 'reference');
      for (const [choose, ious] of scores) ious.push(await scorePhoto(encoded, truth, choose));
    }
    for (const [choose, ious] of scores) summaries.set(choose, summarise(ious));
  }, 180_000);

  test.each([
    ['SAM’s own rule', chooseLikeSam],
    ['Maskwright’s choice', chooseByLook],
  ])('%s is not below the reference', (_, choose) => {
    const { at1, at3, at5 } = summaries.get(choose) ?? summarise([]);
    expect(at1).toBeGreaterThan(REFERENCE.at1 - TOLERANCE);
    expect(at3).toBeGreaterThan(REFERENCE.at3 - TOLERANCE);
    expect(at5).toBeGreaterThan(REFERENCE.at5 - TOLERANCE);
  });

  test('one click is better chosen than by SAM’s own rule', () => {
    const ours = summaries.get(chooseByLook)?.at1 ?? 0;
    expect(ours).toBeGreaterThan((summaries.get(chooseLikeSam)?.at1 ?? 1) + 0.02);
  });
});
