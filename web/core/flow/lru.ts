/** A map that forgets what was used longest ago once its entries weigh too much. */
export interface Lru<Value> {
  get(key: string): Value | undefined;
  has(key: string): boolean;
  /** An entry heavier than the limit is kept alone: the newest is always there. */
  set(key: string, value: Value): void;
}

/**
 * @param maxWeight what all entries together may weigh.
 * @param weigh weight of one entry, in the same unit; 1 each when absent.
 */
export function createLru<Value>(
  maxWeight: number,
  weigh: (value: Value) => number = () => 1,
): Lru<Value> {
  // A Map iterates in order of insertion, so its first key is the oldest.
  const entries = new Map<string, Value>();
  let weight = 0;

  const remove = (key: string) => {
    const value = entries.get(key);
    if (value === undefined) return;
    weight -= weigh(value);
    entries.delete(key);
  };

  return {
    get(key) {
      const value = entries.get(key);
      if (value !== undefined) {
        entries.delete(key);
        entries.set(key, value);
      }
      return value;
    },
    has: (key) => entries.has(key),
    set(key, value) {
      remove(key);
      entries.set(key, value);
      weight += weigh(value);
      for (const oldest of entries.keys()) {
        if (weight <= maxWeight || entries.size === 1) break;
        remove(oldest);
      }
    },
  };
}
