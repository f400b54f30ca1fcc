import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { UnitPrompts } from '../segmentation/prompts.ts';
import { place, promptsFromUnit, promptsToUnit } from './placement.ts';

const prompts: UnitPrompts = {
  points: [
    { x: 0.25, y: 0.5, include: true, candidate: 2 },
    { x: 1, y: 0, include: false },
  ],
  box: { x0: 0.1, y0: 0.2, x1: 0.5, y1: 1 },
};

test('same place scales by width and height, which differ', () => {
  expect(place('same-place', prompts, { width: 400, height: 100 })).toEqual({
    kind: 'segment',
    prompts: {
      points: [
        { x: 100, y: 50, include: true, candidate: 2 },
        { x: 400, y: 0, include: false },
      ],
      box: { x0: 40, y0: 20, x1: 200, y1: 100 },
    },
  });
});

test('centre point ignores the prompts', () => {
  expect(place('centre-point', prompts, { width: 301, height: 100 })).toEqual({
    kind: 'segment',
    prompts: { points: [{ x: 150.5, y: 50, include: true }], box: null },
  });
});

test('whole image needs no segmentation', () => {
  expect(place('whole-image', prompts, { width: 3, height: 3 })).toEqual({ kind: 'whole-image' });
});

test('to pixels and back is the identity', () => {
  const unit = fc.double({ min: 0, max: 1, noNaN: true });
  const side = fc.integer({ min: 1, max: 20_000 });
  fc.assert(
    fc.property(fc.array(fc.tuple(unit, unit, fc.boolean())), side, side, (list, width, height) => {
      const points = list.map(([x, y, include]) => ({ x, y, include }));
      const size = { width, height };
      const back = promptsToUnit(promptsFromUnit({ points, box: null }, size), size);
      back.points.forEach((point, i) => {
        expect(point.x).toBeCloseTo(points[i].x, 12);
        expect(point.y).toBeCloseTo(points[i].y, 12);
        expect(point.include).toBe(points[i].include);
      });
    }),
  );
});
