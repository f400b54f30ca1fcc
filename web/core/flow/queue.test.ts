import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createJobQueue } from './queue.ts';

function gate() {
  let open: () => void = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open, opened };
}

test('a job that throws rejects alone, the rest goes on', async () => {
  const queue = createJobQueue();
  const bad = queue.add(() => Promise.reject(new Error('no')));
  const good = queue.add(async () => 7);
  await expect(bad).rejects.toThrow('no');
  expect(await good).toEqual({ kind: 'done', value: 7 });
  expect(await queue.add(async () => 8)).toEqual({ kind: 'done', value: 8 });
});

test('never two jobs at once', async () => {
  const queue = createJobQueue();
  let running = 0;
  let most = 0;
  const job = async () => {
    most = Math.max(most, ++running);
    await Promise.resolve();
    running--;
  };
  await Promise.all(Array.from({ length: 20 }, () => queue.add(job)));
  expect(most).toBe(1);
});

test('jobs run in order of rank, then of arrival', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 3 })), async (ranks) => {
      const queue = createJobQueue();
      const order: number[] = [];
      await Promise.all(
        ranks.map((rank, i) => queue.add(async () => void order.push(i), { rank })),
      );
      const expected = ranks.map((_, i) => i).sort((a, b) => ranks[a] - ranks[b] || a - b);
      expect(order).toEqual(expected);
    }),
  );
});

test('promote brings a waiting job to the front, cancel takes it out', async () => {
  const queue = createJobQueue();
  const { open, opened } = gate();
  const order: string[] = [];
  const add = (key: string) => queue.add(async () => void order.push(key), { key });
  const first = queue.add(() => opened);
  await Promise.resolve();
  const rest = [add('a'), add('b'), add('c'), add('d')];
  queue.promote('c');
  queue.promote('d');
  queue.cancel('a');
  open();
  await first;
  expect((await Promise.all(rest)).map(({ kind }) => kind)).toEqual([
    'cancelled',
    'done',
    'done',
    'done',
  ]);
  expect(order).toEqual(['d', 'c', 'b']);
});
