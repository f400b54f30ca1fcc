import { expect, test } from 'vitest';
import type { VariantTask } from '../dataset/tasks.ts';
import type { Template } from '../dataset/template.ts';
import { photoOf } from '../dataset/testing/photos.ts';
import { NEUTRAL_EDITS } from '../edits/edits.ts';
import { OUTPUT_DEFAULTS } from '../export/recipe.ts';
import { planRun, tasksLeft } from './plan.ts';

const template = (id: string): Template => ({
  id,
  name: id,
  className: 'thing',
  placement: 'whole-image',
  reference: 'a',
  components: [],
});

const photos = [photoOf('a'), photoOf('b')];
const templates = [template('t'), template('u')];
const tasks: VariantTask[] = photos.flatMap((one) =>
  templates.map((other, sample) => ({
    key: `${one.hash}${other.id}`,
    photo: one,
    template: other,
    sample,
    edits: [NEUTRAL_EDITS],
  })),
);

test('a plan gives back the tasks it was made of', () => {
  const { plan, items } = planRun(tasks, OUTPUT_DEFAULTS, 'model');
  expect(plan.templates).toEqual(templates);
  const left = tasksLeft(plan, [...items].reverse(), photos, () => true);
  expect(left.tasks).toEqual(tasks.map((task, index) => ({ ...task, index })));
  expect(left.gone).toEqual([]);
});

test('what is left keeps the templates as they were when the run was begun', () => {
  const { plan, items } = planRun(tasks, OUTPUT_DEFAULTS, 'model');
  const stored = structuredClone({ plan, items });
  const left = tasksLeft(stored.plan, stored.items.slice(1), photos, () => true);
  expect(left.tasks.map(({ key }) => key)).toEqual(['au', 'bt', 'bu']);
  expect(left.tasks[0].template).toEqual(templates[1]);
});

test('items of removed photos and templates are not made', () => {
  const { plan, items } = planRun(tasks, OUTPUT_DEFAULTS, 'model');
  const left = tasksLeft(plan, items, [photos[1]], (id) => id === 't');
  expect(left.tasks.map(({ key }) => key)).toEqual(['bt']);
  expect(left.gone).toEqual([0, 1, 3]);
});
