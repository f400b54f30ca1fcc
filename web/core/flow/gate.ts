/** Gives back what was let in; a second call does nothing. */
export type Leave = () => void;

/** Lets in so much at a time and keeps the rest waiting, first come, first served. */
export interface Gate {
  /**
   * Waits for room of `weight`. What is heavier than the whole gate waits until it is empty and
   * is let in alone, so that nothing waits for ever.
   */
  enter(weight?: number): Promise<Leave>;
}

/**
 * A counting semaphore (Dijkstra) whose entrants may weigh differently: slots of a pool with
 * weight 1, or bytes of a memory budget.
 *
 * @param capacity what may be inside at once, above 0, in the unit of the weights
 */
export function createGate(capacity: number): Gate {
  const waiting: { readonly weight: number; readonly open: () => void }[] = [];
  let inside = 0;

  function pump(): void {
    // Only the first may go in: a light one overtaking for ever would starve a heavy one.
    for (let first = waiting[0]; first; first = waiting[0]) {
      if (inside > 0 && inside + first.weight > capacity) return;
      inside += first.weight;
      waiting.shift();
      first.open();
    }
  }

  return {
    enter(weight = 1) {
      const mine = Math.min(weight, capacity);
      return new Promise((resolve) => {
        let isInside = true;
        waiting.push({
          weight: mine,
          open: () =>
            resolve(() => {
              if (!isInside) return;
              isInside = false;
              inside -= mine;
              pump();
            }),
        });
        pump();
      });
    },
  };
}
