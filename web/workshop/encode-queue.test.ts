import { expect, test, vi } from 'vitest';
import { createEncodeQueue } from './encode-queue.ts';

/** A queue whose work is finished by hand. */
function makeQueue(lanes = 1) {
  const started: string[] = [];
  const finish = new Map<string, (outcome: string) => void>();
  const queue = createEncodeQueue<string, string>({
    keyOf: (photo) => photo,
    work: (photo) =>
      new Promise((resolve) => {
        started.push(photo);
        finish.set(photo, resolve);
      }),
    dropped: 'dropped',
    onChange: () => {},
    lanes: () => lanes,
  });
  return { queue, started, done: (photo: string) => finish.get(photo)?.(`${photo} encoded`) };
}

test('photos are encoded in the order in which they were asked for', async () => {
  const { queue, started, done } = makeQueue();
  const answers = ['a', 'b', 'c'].map((photo) => queue.request(photo, false));
  for (const [index, photo] of ['a', 'b', 'c'].entries()) {
    done(photo);
    expect(await answers[index]).toBe(`${photo} encoded`);
  }
  expect(started).toEqual(['a', 'b', 'c']);
  expect(queue.size()).toBe(0);
});

test('an urgent lane is one more, not one for each click', async () => {
  const { queue, started, done } = makeQueue(2);
  for (const photo of ['a', 'b', 'c', 'd', 'e']) void queue.request(photo, false);
  void queue.request('d', true);
  void queue.request('e', true);
  expect(started).toEqual(['a', 'b', 'd']);
  done('a');
  await vi.waitFor(() => expect(started).toEqual(['a', 'b', 'd', 'e']));
});

test('what the user waits for goes first, at once, also when it was already waiting', async () => {
  const { queue, started, done } = makeQueue();
  for (const photo of ['a', 'b', 'c']) void queue.request(photo, false);
  const urgent = queue.request('c', true);
  expect(started).toEqual(['a', 'c']);
  done('c');
  expect(await urgent).toBe('c encoded');
});

test('a photo asked for twice is encoded once and answers both', async () => {
  const { queue, started, done } = makeQueue();
  const both = Promise.all([queue.request('a', false), queue.request('a', true)]);
  done('a');
  expect(await both).toEqual(['a encoded', 'a encoded']);
  expect(started).toEqual(['a']);
});

test('a removed photo leaves the line and its waiters hear of it', async () => {
  const { queue, started, done } = makeQueue();
  void queue.request('a', false);
  const dropped = queue.request('b', false);
  queue.drop((photo) => photo === 'b');
  expect(await dropped).toBe('dropped');
  done('a');
  await vi.waitFor(() => expect(queue.size()).toBe(0));
  expect(started).toEqual(['a']);
});

test('no more are under way than there are lanes', async () => {
  const { queue, started, done } = makeQueue(2);
  for (const photo of ['a', 'b', 'c', 'd']) void queue.request(photo, false);
  expect(started).toEqual(['a', 'b']);
  done('b');
  await vi.waitFor(() => expect(started).toEqual(['a', 'b', 'c']));
});
