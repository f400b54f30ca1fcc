import { expect, test } from 'vitest';
import type { Split } from '../export/annotations/splits.ts';
import { rleToText } from '../mask/rle-text.ts';
import { balanceFinding, duplicateFinding, variantFinding } from './health.ts';
import type { DoneVariant, FailedVariant } from './variant.ts';

const PHOTO = { width: 640, height: 480 };
const AT = { key: 'k', photo: 'p', templateId: 't' };

const done = (counts: number[], some: Partial<DoneVariant> = {}): DoneVariant => ({
  ...AT,
  status: 'done',
  format: 'png',
  imageSha256: '',
  maskSha256: '',
  imageBytes: 1,
  maskBytes: 1,
  maskRle: rleToText(counts),
  components: [{ name: 'object', area: 10, score: null }],
  ...some,
});

test('a mask is judged in its own picture’s size, and says how much it covers', () => {
  const tiny = done([100, 48, 640 * 480 - 148]);
  expect(variantFinding(tiny, PHOTO, 'same-place')).toEqual({
    ...AT,
    kind: 'mask',
    remark: 'tiny',
    share: 48 / (640 * 480),
    id: 'tiny p t 48',
  });
  const small = done([148, 40, 64 * 48 - 188], { size: { width: 64, height: 48 } });
  expect(variantFinding(small, PHOTO, 'same-place')).toBeNull();
});

test('a damaged mask counts as empty, not as fine', () => {
  const damaged = done([], { maskRle: '~~~' });
  expect(variantFinding(damaged, PHOTO, 'same-place')).toMatchObject({ remark: 'empty' });
});

test('a failure keeps its reason', () => {
  const failed: FailedVariant = { ...AT, status: 'failed', problem: { kind: 'nothing-found' } };
  expect(variantFinding(failed, PHOTO, 'same-place')).toEqual({
    ...AT,
    kind: 'failed',
    id: 'nothing-found p t',
    problem: { kind: 'nothing-found' },
  });
});

test('ids tell findings apart and stay the same for the same finding', () => {
  const group = { photos: ['a'.repeat(64), 'b'.repeat(64)], likeness: 0.9 };
  const idOf = (some: Partial<typeof group>) =>
    duplicateFinding({ ...group, ...some }, new Map()).id;
  expect(idOf({ likeness: 0.8 })).toBe(idOf({}));
  expect(idOf({ photos: ['a', 'c'] })).not.toBe(idOf({}));
  const missing = (split: 'train' | 'val') =>
    balanceFinding({ kind: 'class-missing-in-split', className: 'cat', split }).id;
  expect(missing('train')).not.toBe(missing('val'));
});

test('near-duplicates on both sides of the split are told', () => {
  const group = { photos: ['a', 'b', 'not exported'], likeness: 0.9 };
  const isAcross = (b: Split) =>
    duplicateFinding(
      group,
      new Map<string, Split>([
        ['a', 'train'],
        ['b', b],
      ]),
    ).acrossSplits;
  expect(isAcross('val')).toBe(true);
  expect(isAcross('train')).toBe(false);
});
