import { expect, test } from 'vitest';
import { NEUTRAL_EDITS } from '../edits/edits.ts';
import { OUTPUT_DEFAULTS, type OutputSettings } from '../export/recipe.ts';
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

interface Change {
  readonly template?: Partial<Template>;
  readonly output?: Partial<OutputSettings>;
  readonly edits?: Partial<typeof NEUTRAL_EDITS>;
  readonly sample?: number;
  readonly photo?: string;
  readonly model?: string;
}

function print({ photo = 'photo', model = 'model', sample = 0, ...change }: Change = {}) {
  return variantFingerprint(
    {
      photo: { hash: photo, width: 300, height: 200 },
      template: { ...template, ...change.template },
      sample,
      edits: [{ ...NEUTRAL_EDITS, ...change.edits }],
    },
    { ...OUTPUT_DEFAULTS, ...change.output },
    model,
  );
}

test('what was made before ranges, sizes and efforts is still up to date', () => {
  const head =
    '[1,"photo","model","a","same-place",[["c",{"points":[{"x":0.5,"y":0.5,"include":true}],"box":null},{"brightness":0,"contrast":0,"gamma":0,"hue":0,"saturation":0,"sharpen":0,"noise":0,"opacity":1}]]';
  expect(print()).toBe(`${head},"png",null]`);
  expect(print({ output: { format: 'webp', quality: 70 } })).toBe(`${head},"webp",70]`);
});

test('what does not change the bytes does not change the fingerprint', () => {
  expect(print({ template: { id: 'two', className: 'x', reference: 'y' } })).toBe(print());
  const others: Partial<OutputSettings> = {
    quality: 10,
    masks: false,
    annotations: ['yolo', 'voc'],
    splits: { train: 0.5, val: 0.5 },
    seed: 7,
    effort: 'best',
    lossless: true,
    maxSide: 300,
  };
  expect(print({ output: others })).toBe(print());
  const exact = { format: 'webp', lossless: true } as const;
  expect(print({ output: { ...exact, quality: 10 } })).toBe(print({ output: exact }));
});

test('the clicks count only where they are used', () => {
  const moved = [{ ...template.components[0], prompts: { points: [], box: null } }];
  expect(print({ template: { components: moved } })).not.toBe(print());
  expect(print({ template: { placement: 'whole-image', components: moved } })).toBe(
    print({ template: { placement: 'whole-image' } }),
  );
});

test('what changes the bytes changes the fingerprint', () => {
  const webp = { format: 'webp' } as const;
  const changes: Change[] = [
    {},
    { edits: { hue: 1 } },
    { template: { name: 'z' } },
    { photo: 'other' },
    { model: 'other' },
    { sample: 1 },
    { sample: 2 },
    { output: { maxSide: 299 } },
    { output: { maxSide: 100 } },
    { output: webp },
    { output: { ...webp, quality: 1 } },
    { output: { ...webp, effort: 'fast' } },
    { output: { ...webp, effort: 'best' } },
    { output: { ...webp, lossless: true } },
    { output: { format: 'jpg' } },
    { output: { format: 'jpg', effort: 'fast' } },
  ];
  expect(new Set(changes.map(print)).size).toBe(changes.length);
});
