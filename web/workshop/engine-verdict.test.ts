import 'fake-indexeddb/auto';
import { expect, test } from 'vitest';
import { createDatabase } from '../storage/database.ts';
import { putSetting } from '../storage/settings.ts';
import { keepVerdict, readVerdict } from './engine-verdict.ts';

const DAY = 86_400_000;
const NOW = Date.UTC(2026, 10, 22);
const unknown = { key: 'files', iou: 0, areManyBetter: null, comparedAt: 0 };

test('a proof holds for its files, a comparison of encoders for a week', async () => {
  const database = createDatabase('verdict');
  expect(await readVerdict(database, 'files', NOW)).toEqual(unknown);
  const verdict = { key: 'files', iou: 0.997, areManyBetter: true, comparedAt: NOW };
  await keepVerdict(database, verdict);
  expect(await readVerdict(database, 'files', NOW + 6 * DAY)).toEqual(verdict);
  const later = await readVerdict(database, 'files', NOW + 8 * DAY);
  expect(later).toEqual({ ...unknown, iou: 0.997 });
  expect(await readVerdict(database, 'other files', NOW)).toEqual({
    ...unknown,
    key: 'other files',
  });
});

test('a comparison of which nobody wrote when it was made is made again', async () => {
  const database = createDatabase('verdict of an older version');
  await putSetting(database, 'engine verdict', { key: 'files', iou: 0.995, areManyBetter: false });
  const { iou, areManyBetter } = await readVerdict(database, 'files', NOW);
  expect([iou, areManyBetter]).toEqual([0.995, null]);
});
