import { createGate } from './gate.ts';

export interface Bounds<Item> {
  /** How many items may be under way. */
  readonly items: number;
  /** What all items under way may weigh together; a heavier one is worked on alone. */
  readonly weight: number;
  readonly weigh: (item: Item) => number;
  /** Asked before every start: no further item is begun once it says so. */
  readonly isStopped?: () => boolean;
}

/**
 * Works on items in their order, several at a time, and takes the next one only when there is
 * room for it: back-pressure for a pipeline whose stages are the steps of `work`.
 *
 * @returns when everything that was begun has ended
 * @throws what `work` threw first; nothing is begun after it
 */
export async function forEachBounded<Item>(
  list: Iterable<Item>,
  { items, weight, weigh, isStopped = () => false }: Bounds<Item>,
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const places = createGate(items);
  const load = createGate(weight);
  const underWay = new Set<Promise<void>>();
  const thrown: unknown[] = [];

  for (const item of list) {
    const leavePlace = await places.enter();
    const leaveLoad = await load.enter(weigh(item));
    const leave = () => {
      leavePlace();
      leaveLoad();
    };
    if (isStopped() || thrown.length > 0) {
      leave();
      break;
    }
    const job: Promise<void> = work(item)
      .catch((error: unknown) => void thrown.push(error))
      .finally(() => {
        underWay.delete(job);
        leave();
      });
    underWay.add(job);
  }
  await Promise.all(underWay);
  if (thrown.length > 0) throw thrown[0];
}
