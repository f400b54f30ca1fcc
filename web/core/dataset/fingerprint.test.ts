import { expect, test } from 'vitest';
import { NEUTRAL_EDITS } from '../edits/edits.ts';
import { OUTPUT_DEFAULTS } from '../export/recipe.ts';
import { variantFingerprint } from './fingerprint.ts';
import type { Template } from './template.ts';

const template: Template = {
  id: 'one',
  name: 'a',
  className: 'b',
  placement: 'same-place',
  reference: 'r',
  components: [
    {
      name: 'c',
      prompts: { points: [{ x: 0.5, y: 0.5, include: true }], box: null },
      edits: NEUTRAL_EDITS,
    },
  ],
};
const png = OUTPUT_DEFAULTS;

function print(
  change: Partial<Template> = {},
  output: Parameters<typeof variantFingerprint>[2] = png,
) {
  return variantFingerprint('photo', { ...template, ...change }, output, 'model');
}

test('what does not change the bytes does not change the fingerprint', () => {
  expect(print({ id: 'two', className: 'x', reference: 'y' })).toBe(print());
  const others = {
    ...png,
    quality: 10,
    masks: false,
    annotations: ['yolo', 'voc'],
    splits: { train: 0.5, val: 0.5 },
    seed: 7,
  } as const;
  expect(print({}, others)).toBe(print());
});

test('the clicks count only where they are used', () => {
  const moved = [{ ...template.components[0], prompts: { points: [], box: null } }];
  expect(print({ components: moved })).not.toBe(print());
  expect(print({ placement: 'whole-image', components: moved })).toBe(
    print({ placement: 'whole-image' }),
  );
});

test('what changes the bytes changes the fingerprint', () => {
  const edited = [{ ...template.components[0], edits: { ...NEUTRAL_EDITS, hue: 1 } }];
  expect(print({ components: edited })).not.toBe(print());
  expect(print({ name: 'z' })).not.toBe(print());
  expect(print({}, { ...png, format: 'webp' })).not.toBe(print());
  expect(print({}, { format: 'webp', quality: 1 })).not.toBe(
    print({}, { format: 'webp', quality: 2 }),
  );
  expect(variantFingerprint('other', template, png, 'model')).not.toBe(print());
  expect(variantFingerprint('photo', template, png, 'other')).not.toBe(print());
});
