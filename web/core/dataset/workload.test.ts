import { expect, test } from 'vitest';
import { NEUTRAL_EDITS } from '../edits/edits.ts';
import type { Template } from './template.ts';
import { workloadText } from './workload.ts';

const photos = Array.from({ length: 150 }, (_, index) => ({ hash: `${index}` }));

function template(count: number, change: Partial<Template> = {}): Template {
  const hue = count > 1 ? { from: -9, to: 9 } : 9;
  return {
    id: 't',
    name: 't',
    className: 'c',
    placement: 'whole-image',
    reference: '',
    components: [
      { name: 'a', prompts: { points: [], box: null }, edits: { ...NEUTRAL_EDITS, hue } },
    ],
    count,
    ...change,
  };
}

test.each([
  [[template(1)], '1 template × 150 photos = 150 variants'],
  [[template(5), template(5), template(5)], '3 templates × 150 photos × 5 = 2,250 variants'],
  [[template(1), template(5)], '150 photos × (1 + 5) = 900 variants'],
  [
    [template(2), template(1, { placement: 'given-masks', given: { 3: 'x', 4: 'y' } })],
    '2 templates, not each on all of 150 photos = 302 variants',
  ],
  [[], '0 templates × 150 photos = 0 variants'],
])('%#: the sum is said', (templates, text) => {
  expect(workloadText(photos, templates)).toBe(text);
});
