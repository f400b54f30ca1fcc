import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createGate, type Leave } from './gate.ts';

const turn = () => new Promise<void>((done) => setImmediate(done));

test('what is inside never weighs more than the gate, and everyone gets in, in order', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 10 }),
      fc.array(fc.integer({ min: 1, max: 15 }), { maxLength: 20 }),
      async (capacity, weights) => {
        const gate = createGate(capacity);
        const inside: { weight: number; leave: Leave }[] = [];
        const order: number[] = [];
        weights.forEach((weight, index) => {
          void gate.enter(weight).then((leave) => {
            order.push(index);
            inside.push({ weight, leave });
          });
        });
        for (let left = weights.length; left > 0; left--) {
          await turn();
          const sum = inside.reduce((total, { weight }) => total + weight, 0);
          expect(sum <= capacity || inside.length === 1).toBe(true);
          inside.shift()?.leave();
        }
        await turn();
        expect(order).toEqual(weights.map((_, index) => index));
      },
    ),
  );
});

test('leaving twice gives room once', async () => {
  const gate = createGate(1);
  const leave = await gate.enter();
  const entered: string[] = [];
  void gate.enter().then(() => entered.push('second'));
  void gate.enter().then(() => entered.push('third'));
  leave();
  leave();
  await turn();
  expect(entered).toEqual(['second']);
});
